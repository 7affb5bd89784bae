"""The heuristic protects whatever time it gets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kimwerk.reporting.disclosure.audit import Attacker, audit
from kimwerk.reporting.disclosure.clock import Clock
from kimwerk.reporting.disclosure.heuristic import Greedy, Unprotectable
from kimwerk.reporting.disclosure.movement import TINY, Facts
from kimwerk.reporting.disclosure.rules import Cost, Policy, Zeros, task_of
from tests.reporting.disclosure.making import random_table

policies = st.builds(Policy, st.sampled_from([3, 5]), st.sampled_from(Zeros), st.sampled_from(Cost))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), policies, st.sampled_from([0.0, 0.002, 10.0]))
def test_what_time_ended_is_protected_all_the_same(seed: int, policy: Policy, seconds: float) -> None:
    table = random_table(seed)
    task = task_of(table.structure, policy)
    facts = Facts(task)
    everything = audit(table.structure, task.open_cells | set(task.levels), task.levels, task.lowest)
    derived = {*everything.exact, *everything.small, *everything.below}
    greedy, alone, until = Greedy(facts), np.ones(facts.cells), Clock(seconds)
    if derived:
        with pytest.raises(Unprotectable) as refused:
            greedy.complete(facts.hidden, alone, until)
        assert set(refused.value.cells) == derived
        return
    suppressed, proofs = greedy.complete(facts.hidden, alone, until)
    attacker = Attacker(table.structure, np.flatnonzero(suppressed).tolist(), task.lowest)
    assert all(attacker.interval(cell)[1] >= level - 1e-6 for cell, level in task.levels.items())
    for cell, movement in proofs.items():
        assert movement[cell] >= facts.needs[cell] - TINY
        assert not (np.abs(movement) > TINY)[~suppressed].any()


def test_cheapest_movements_hide_less_than_movements_of_many_together() -> None:
    facts = Facts(task_of(random_table(5, largest=30).structure, Policy(5)))
    one_by_one, together = (
        Greedy(facts).complete(facts.hidden, np.ones(facts.cells), Clock(seconds))[0] for seconds in (60.0, 0.0)
    )
    assert facts.costs[one_by_one].sum() < facts.costs[together].sum()


def test_a_share_of_a_clock_is_over_when_the_clock_is() -> None:
    assert Clock(0.0).share(10.0).is_over
    assert Clock(60.0).share(10.0).left == pytest.approx(10.0, abs=1.0)
