"""What the relations near a small cell tell must be suppressed is suppressed by every set that protects it."""

from __future__ import annotations

from itertools import combinations
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kimwerk.reporting.disclosure.audit import audit
from kimwerk.reporting.disclosure.movement import Facts
from kimwerk.reporting.disclosure.nearby import Nearby
from kimwerk.reporting.disclosure.rules import Policy, Zeros, task_of
from kimwerk.reporting.disclosure.structure import Structure
from kimwerk.reporting.disclosure.tables import Table
from tests.reporting.disclosure.making import flat_table, random_table

tiny = st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=2, max_size=2).map(flat_table)


@settings(max_examples=25, deadline=None)
@given(tiny, st.sampled_from([3, 5]), st.sampled_from(Zeros), st.integers(1, 3), st.randoms(use_true_random=False))
def test_every_set_that_protects_meets_the_conditions(
    table: Table, threshold: int, zeros: Zeros, steps: int, chance: Random
) -> None:
    task = task_of(table.structure, Policy(threshold, zeros))
    facts, movable = Facts(task), sorted(task.open_cells)
    conditions = []
    for cell in facts.primary:
        share = facts.hidden.astype(np.float64)
        for other in movable:
            share[other] = chance.choice([0.0, 0.0, 0.4, 1.0])
        condition = Nearby(facts, steps).condition(cell, share)
        if condition is not None:
            assert condition @ share < 1
            conditions.append(condition)
    for size in range(len(movable) + 1):
        for extra in combinations(movable, size):
            chosen = frozenset(task.levels) | frozenset(extra)
            unmet = [condition for condition in conditions if condition[list(extra)].sum() < 1 - 1e-6]
            if unmet:
                assert not audit(table.structure, chosen, task.levels, task.lowest).is_clean


def test_relations_farther_away_tell_more_and_never_less() -> None:
    """Nothing is suppressed: what one step tells is told within three as well."""
    facts = Facts(task_of(random_table(7).structure, Policy(3)))
    nothing = facts.hidden.astype(np.float64)
    near, far = Nearby(facts, 1), Nearby(facts, 3)
    for cell in facts.primary:
        if near.condition(cell, nothing) is not None:
            assert far.condition(cell, nothing) is not None


def test_a_number_in_no_sum_is_told_by_nothing() -> None:
    facts = Facts(task_of(Structure((2,), ()), Policy(3)))
    assert Nearby(facts, 2).condition(0, facts.hidden.astype(np.float64)) is None
