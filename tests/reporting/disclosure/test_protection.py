"""No small count can be derived from what the engine publishes."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kimwerk.reporting.disclosure.audit import Attacker, audit
from kimwerk.reporting.disclosure.engine import Unprotectable, protect
from kimwerk.reporting.disclosure.rules import (
    Cost,
    Policy,
    PolicyError,
    Zeros,
    dominated_cells,
    task_of,
)
from kimwerk.reporting.disclosure.structure import Relation, Structure, StructureError
from kimwerk.reporting.disclosure.tables import Table
from tests.reporting.disclosure.making import flat_table, random_table
from tests.reporting.disclosure.oracle import possible_values

policies = st.builds(Policy, st.sampled_from([3, 5]), st.sampled_from(Zeros), st.sampled_from(Cost))
tiny = st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=2).map(flat_table)


def leaves_of(table: Table) -> list[int]:
    totals = {relation.total for relation in table.structure.relations}
    return [cell for cell in range(len(table.keys)) if cell not in totals]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), policies)
def test_no_small_count_can_be_derived_from_a_random_table(seed: int, policy: Policy) -> None:
    table = random_table(seed)
    task = task_of(table.structure, policy)
    everything = audit(table.structure, task.open_cells | set(task.levels), task.levels, task.lowest)
    if not everything.is_clean:
        with pytest.raises(Unprotectable) as refused:
            protect(task, seconds=0.1)
        assert set(refused.value.cells) == {*everything.exact, *everything.small, *everything.below}
        return
    protection = protect(task, seconds=0.1)
    attacker = Attacker(table.structure, protection.suppressed, task.lowest)
    assert all(attacker.interval(cell)[1] >= level - 1e-6 for cell, level in task.levels.items())
    assert protection.suppressed <= task.open_cells | set(task.levels)
    assert protection.bound <= protection.cost == task.cost_of(protection.suppressed)


@settings(max_examples=60, deadline=None)
@given(tiny, policies, st.randoms(use_true_random=False))
def test_the_audit_derives_what_trying_every_table_derives(table: Table, policy: Policy, chance: Random) -> None:
    task = task_of(table.structure, policy)
    movable = sorted(task.open_cells)
    suppressed = set(task.levels) | set(chance.sample(movable, len(movable) // 2))
    highest = sum(table.structure.values)
    if len(suppressed & set(leaves_of(table))) > 4 or highest > 14:
        return
    attacker = Attacker(table.structure, suppressed, task.lowest)
    seen = possible_values(table.structure, leaves_of(table), suppressed, task.lowest, highest + 6)
    for cell in suppressed:
        low, high = attacker.interval(cell)
        assert min(seen[cell]) == pytest.approx(low)
        if high <= highest:
            assert max(seen[cell]) == pytest.approx(high)


@settings(max_examples=25, deadline=None)
@given(tiny, policies)
def test_what_is_called_optimal_is_cheaper_than_every_other_set(table: Table, policy: Policy) -> None:
    task = task_of(table.structure, policy)
    movable = sorted(task.open_cells)
    try:
        protection = protect(task, seconds=20)
    except Unprotectable:
        return
    assert protection.gap == 0
    for size in range(min(len(movable), 5) + 1):
        for extra in combinations(movable, size):
            chosen = frozenset(task.levels) | frozenset(extra)
            if task.cost_of(chosen) < protection.cost:
                assert not audit(table.structure, chosen, task.levels, task.lowest).is_clean


def test_the_audit_tells_exact_from_small_from_below() -> None:
    table = flat_table([[1, 9], [9, 9]])
    task = task_of(table.structure, Policy(3))
    one = table.keys.index(("r0", "c0"))
    assert audit(table.structure, {one}, task.levels, task.lowest).exact == (one,)
    pair = flat_table([[1, 1], [9, 9]])
    small = task_of(pair.structure, Policy(5))
    hidden = set(small.levels) - {pair.keys.index(("r0", "all"))}
    assert not audit(pair.structure, hidden, small.levels, small.lowest).is_clean
    assert audit(table.structure, set(), task.levels, task.lowest).published == (one,)


def test_a_table_without_small_counts_is_published_whole() -> None:
    protection = protect(task_of(flat_table([[0, 7], [8, 9]]).structure, Policy(3)))
    assert (protection.suppressed, protection.cost, protection.gap) == (frozenset(), 0, 0)


def test_what_was_published_before_stays_public_and_protects_nobody() -> None:
    table = flat_table([[1, 9], [9, 9]])
    everything_else = frozenset(range(len(table.keys))) - {table.keys.index(("r0", "c0"))}
    with pytest.raises(Unprotectable):
        protect(task_of(table.structure, Policy(3), public=everything_else))


def test_what_was_hidden_before_stays_hidden_and_costs_nothing() -> None:
    table = flat_table([[1, 9], [9, 9]])
    helpers = frozenset(table.keys.index(key) for key in [("r0", "c1"), ("r1", "c0"), ("r1", "c1")])
    protection = protect(task_of(table.structure, Policy(3), already=helpers))
    assert protection.cost == 0
    assert helpers < protection.suppressed


def test_linked_tables_are_protected_together() -> None:
    """Two tables share a column of totals: what is hidden in one can be derived from the other unless joined."""
    values = (2, 8, 10, 5, 5, 10)  # a + b = c in the first table, d + e = c' in the second; c and c' are the same
    linked = Structure(values[:5], (Relation(2, (0, 1)), Relation(2, (3, 4))))
    protection = protect(task_of(linked, Policy(3)))
    assert 0 in protection.suppressed
    assert protection.audit.is_clean


def test_a_dominated_amount_is_primary_up_to_where_the_estimate_is_safe() -> None:
    assert dominated_cells({4: [100, 20, 3], 5: [50, 40, 30]}, percent=10) == {4: 130}


@pytest.mark.parametrize("threshold", [-1, 0, 1])
def test_a_threshold_that_protects_nobody_is_refused(threshold: int) -> None:
    with pytest.raises(PolicyError):
        Policy(threshold)


@pytest.mark.parametrize(
    ("values", "relation"),
    [
        ((1, 2, 4), Relation(2, (0, 1))),
        ((-1, 2, 1), Relation(2, (0, 1))),
        ((1, 2, 3), Relation(2, (0, 5))),
        ((1, 2, 3), Relation(2, ())),
        ((1, 2, 2), Relation(2, (0, 0))),
    ],
)
def test_counts_that_do_not_add_up_are_refused(values: tuple[int, ...], relation: Relation) -> None:
    with pytest.raises(StructureError):
        Structure(values, (relation,))


def test_a_solver_that_does_not_run_is_no_proof() -> None:
    """The scheduler of all solvers was begun with two cores, so one that asks for a single core answers nothing."""
    program = """
import highspy
first = highspy._Highs()
first.setOptionValue("output_flag", False)
first.setOptionValue("threads", 2)
first.run()
from tests.reporting.disclosure.making import flat_table
from kimwerk.reporting.disclosure.audit import AuditUnfinished, audit
from kimwerk.reporting.disclosure.engine import protect
from kimwerk.reporting.disclosure.movement import SolverFailed
from kimwerk.reporting.disclosure.rules import Policy, task_of
table = flat_table([[2, 8, 9], [7, 6, 5]])
task = task_of(table.structure, Policy(3))
try:
    protect(task, 0.1)
except SolverFailed:
    print("failed")
try:
    audit(table.structure, task.levels, task.levels, task.lowest)
except AuditUnfinished:
    print("unfinished")
"""
    told = subprocess.run(  # the program above
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert told.split() == ["failed", "unfinished"]
