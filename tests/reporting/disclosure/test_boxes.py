"""Large tables are protected by boxes; the audit recounts each of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kimwerk.reporting.disclosure.audit import Attacker, audit
from kimwerk.reporting.disclosure.bounds import cost_bound
from kimwerk.reporting.disclosure.boxes import Packing
from kimwerk.reporting.disclosure.clock import Clock
from kimwerk.reporting.disclosure.engine import Unprotectable, protect
from kimwerk.reporting.disclosure.movement import Facts
from kimwerk.reporting.disclosure.rules import Cost, Policy, Zeros, task_of
from tests.reporting.disclosure.making import flat_table, random_table

policies = st.builds(Policy, st.sampled_from([3, 5]), st.sampled_from(Zeros), st.sampled_from(Cost))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), policies)
def test_what_boxes_prove_no_attacker_derives(seed: int, policy: Policy) -> None:
    table = random_table(seed)
    task = task_of(table.structure, policy)
    packing = Packing(Facts(task), [table.grid])
    packing.build()
    packing.improve(Clock(0.5))
    hidden = np.flatnonzero(packing.suppressed).tolist()
    attacker = Attacker(table.structure, hidden, task.lowest)
    assert set(packing.witnesses()) | set(packing.unproven) == set(task.levels)
    assert all(attacker.interval(cell)[1] >= task.levels[cell] - 1e-6 for cell in packing.witnesses())
    assert all(attacker.is_shown(cell, task.levels[cell], box) for cell, box in packing.witnesses().items())
    assert set(hidden) <= task.open_cells | set(task.levels)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6), policies)
def test_no_protection_is_cheaper_than_the_bound(seed: int, policy: Policy) -> None:
    task = task_of(random_table(seed).structure, policy)
    try:
        found = protect(task, seconds=5.0)
    except Unprotectable:
        return
    assert 0 <= cost_bound(Facts(task), Clock(0.0)) <= cost_bound(Facts(task), Clock(5.0)) <= found.cost


@pytest.mark.parametrize(
    ("level", "changes"),
    [
        (3, {}),  # reaches nothing
        (3, {0: 2}),  # breaks the sums
        (3, {0: 2, 1: -2, 3: -2, 4: 2, 8: 1}),  # changes a printed cell
        (12, {0: 11, 1: -11, 3: -11, 4: 11}),  # below what a cell is known to be
    ],
)
def test_a_false_witness_is_not_believed(level: int, changes: dict[int, int]) -> None:
    table = flat_table([[1, 9], [9, 9]])
    at = [table.keys.index((row, column)) for row in ("r0", "r1", "all") for column in ("c0", "c1", "all")]
    task = task_of(table.structure, Policy(3))
    attacker = Attacker(table.structure, {at[0], at[1], at[3], at[4]}, task.lowest)
    assert attacker.is_shown(at[0], 3, {at[0]: 2, at[1]: -2, at[3]: -2, at[4]: 2})
    assert not attacker.is_shown(at[0], level, {at[cell]: by for cell, by in changes.items()})


def test_witnesses_do_not_cover_up_what_can_be_derived() -> None:
    table = flat_table([[1, 9], [9, 9]])
    task = task_of(table.structure, Policy(3))
    (one,) = task.levels
    assert audit(table.structure, {one}, task.levels, task.lowest, {one: {one: 2}}).exact == (one,)


def test_a_large_table_is_protected_within_its_time() -> None:
    """So little time that the engine takes boxes."""
    table = random_table(11)
    task = task_of(table.structure, Policy(3))
    protection = protect(task, seconds=1e-6, grids=[table.grid])
    attacker = Attacker(table.structure, protection.suppressed, task.lowest)
    assert all(attacker.interval(cell)[1] >= level - 1e-6 for cell, level in task.levels.items())
    assert 0 < protection.bound <= protection.cost
