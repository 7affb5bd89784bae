"""What the search finds depends on the table, not on the machine and what else it does."""

from __future__ import annotations

import random

import numpy as np
import pytest

from kimwerk.reporting.disclosure.choices import Choices
from kimwerk.reporting.disclosure.clock import Clock, Effort
from kimwerk.reporting.disclosure.engine import protect
from kimwerk.reporting.disclosure.movement import Facts, Mask
from kimwerk.reporting.disclosure.rules import Cost, Policy, Zeros, task_of
from tests.reporting.disclosure.making import baton_in_hand, random_table

ENOUGH = 10_000


def hard_choice(effort: Effort) -> tuple[Mask | None, bool]:
    """The cheapest choice under 120 random conditions of five cells each, within the effort."""
    facts = Facts(task_of(random_table(3, largest=60).structure, Policy(3, Zeros.SUPPRESSIBLE, Cost.SUM)))
    choices, chance = Choices(facts, baton_in_hand()), random.Random(5)  # noqa: S311  # no secret depends on it
    cells = np.flatnonzero(facts.open).tolist()
    for _condition in range(120):
        condition = np.zeros(facts.cells)
        condition[chance.sample(cells, 5)] = 1.0
        choices.learn(condition)
    return choices.near(facts.open, facts.open, Clock(60.0), effort)


def test_effort_is_spent_at_the_same_place_again() -> None:
    efforts = [Effort(ENOUGH), Effort(ENOUGH)]
    (one, certain), (other, _certain) = (hard_choice(effort) for effort in efforts)
    assert certain
    assert one is not None
    assert np.array_equal(one, other)
    assert efforts[0].left == efforts[1].left < ENOUGH


def test_what_effort_ended_is_not_certain() -> None:
    effort = Effort(1)
    _choice, certain = hard_choice(effort)
    assert not certain
    assert effort.left == 0


@pytest.mark.parametrize("seed", [4, 7])
def test_the_same_table_is_protected_in_the_same_way_twice(seed: int) -> None:
    task = task_of(random_table(seed, largest=30).structure, Policy(3, cost=Cost.SUM))
    assert protect(task, seconds=60).suppressed == protect(task, seconds=60).suppressed
