"""The integer programme says what no choice can cost less than, and is right about it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kimwerk.reporting.disclosure.choices import Choices
from kimwerk.reporting.disclosure.clock import Clock, Effort
from kimwerk.reporting.disclosure.heuristic import Greedy
from kimwerk.reporting.disclosure.movement import Facts, Reach, Vector
from kimwerk.reporting.disclosure.optimum import Optimiser
from kimwerk.reporting.disclosure.rules import Cost, Policy, Zeros, task_of
from tests.reporting.disclosure.making import baton_in_hand, random_table

conditions = st.lists(st.sets(st.integers(0, 9), min_size=1, max_size=4), min_size=1, max_size=8)


def asking(seed: int, cost: Cost, sets: list[set[int]]) -> tuple[Facts, NDArray[np.int64], list[Vector], Choices]:
    """A programme that learnt conditions about the first ten open cells of a random table."""
    facts = Facts(task_of(random_table(seed, largest=30).structure, Policy(3, Zeros.SUPPRESSIBLE, cost)))
    cells = np.flatnonzero(facts.open)[:10].astype(np.int64)
    asked = [np.isin(np.arange(10), list(members)).astype(np.float64) for members in sets]
    programme = Choices(facts, baton_in_hand())
    for of_cells in asked:
        condition = np.zeros(facts.cells)
        condition[cells] = of_cells
        programme.learn(condition)
    return facts, cells, asked, programme


def cheapest(costs: Vector, asked: list[Vector]) -> float:
    """By trying every choice of ten cells."""
    choices = (np.arange(2**10)[:, None] >> np.arange(10)) & 1
    good = np.all(choices @ np.array(asked).T >= 1, axis=1)
    return float((choices @ costs)[good].min())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(Cost), conditions)
def test_a_whole_choice_costs_its_bound_and_nothing_is_cheaper(seed: int, cost: Cost, sets: list[set[int]]) -> None:
    facts, cells, asked, programme = asking(seed, cost, sets)
    choice, bound = programme.whole(0.0, Clock(20.0), facts.open)
    assert abs(float(facts.costs @ choice) - bound) < 1e-6
    assert abs(bound - cheapest(facts.costs[cells], asked)) < 1e-6


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(Cost), conditions, st.integers(0, 20))
def test_no_choice_of_a_cost_suppresses_what_is_called_impossible_for_it(
    seed: int, cost: Cost, sets: list[set[int]], more: int
) -> None:
    facts, cells, asked, programme = asking(seed, cost, sets)
    limit = cheapest(facts.costs[cells], asked) + more
    possible = programme.possible(limit)[cells]
    choices = (np.arange(2**10)[:, None] >> np.arange(10)) & 1
    good = np.all(choices @ np.array(asked).T >= 1, axis=1) & (choices @ facts.costs[cells] <= limit)
    assert possible[choices[good].any(axis=0)].all()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(Cost), conditions, st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_what_replaces_a_part_of_a_choice_is_the_cheapest_that_keeps_the_rest(
    seed: int, cost: Cost, sets: list[set[int]], chosen: set[int], left_out: set[int]
) -> None:
    facts, cells, asked, programme = asking(seed, cost, sets)
    chosen |= {min(members) for members in sets}
    known, part = facts.mask(cells[sorted(chosen)].tolist()), facts.mask(cells[sorted(chosen & left_out)].tolist())
    found, certain = programme.near(known, part, Clock(20.0), Effort(10_000))
    kept, costs = (known & ~part)[cells], facts.costs[cells]
    rest = [condition for condition in asked if not kept @ condition >= 1]
    least = float(costs @ kept) + (cheapest(np.where(kept, 0.0, costs), rest) if rest else 0.0)
    assert certain
    if found is None:
        assert float(facts.costs[known].sum()) == least
    else:
        assert float(facts.costs[found].sum()) == least < float(facts.costs[known].sum())
        assert found[cells][kept].all()
        assert all(found[cells] @ condition >= 1 for condition in asked)


@pytest.mark.parametrize(("seed", "cost"), [(0, Cost.SUM), (3, Cost.CELLS)])
def test_a_small_table_is_proven_optimal_at_once(seed: int, cost: Cost) -> None:
    """Begun at a set that is known, the solver forgot part of the cost and returned that set again and again."""
    facts = Facts(task_of(random_table(seed).structure, Policy(3, Zeros.SUPPRESSIBLE, cost)))
    reach, greedy = Reach(facts), Greedy(facts)
    known, _proofs = greedy.complete(facts.hidden, np.ones(facts.cells), Clock(20.0))
    optimiser = Optimiser(facts, reach, greedy)
    with optimiser.baton:
        optimiser.begin(Clock(20.0))
        for _turn in range(20):
            known = known if optimiser.is_proven(known) else optimiser.turn(known, Clock(20.0))
    assert optimiser.is_proven(known)
