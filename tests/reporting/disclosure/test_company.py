"""No cheapest set hides a cell alone, so asking for company loses none."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kimwerk.reporting.disclosure.audit import audit
from kimwerk.reporting.disclosure.company import companies
from kimwerk.reporting.disclosure.engine import protect
from kimwerk.reporting.disclosure.movement import Facts
from kimwerk.reporting.disclosure.rules import Cost, Policy, Zeros, task_of
from kimwerk.reporting.disclosure.tables import Table
from tests.reporting.disclosure.making import flat_table

tiny = st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=2, max_size=2).map(flat_table)


def has_company(facts: Facts, chosen: frozenset[int]) -> bool:
    return all(cell not in chosen or chosen & set(others.tolist()) for cell, others in companies(facts))


@settings(max_examples=40, deadline=None)
@given(tiny, st.sampled_from([3, 5]), st.sampled_from(Zeros), st.sampled_from(Cost))
def test_each_set_that_protects_holds_one_with_company_that_protects_as_well(
    table: Table, threshold: int, zeros: Zeros, cost: Cost
) -> None:
    task = task_of(table.structure, Policy(threshold, zeros, cost))
    facts, movable = Facts(task), sorted(task.open_cells)
    for size in range(min(len(movable), 4) + 1):
        for extra in combinations(movable, size):
            chosen = frozenset(task.levels) | frozenset(extra)
            if has_company(facts, chosen):
                continue
            before = audit(table.structure, chosen, task.levels, task.lowest)
            for cell, others in companies(facts):
                if not chosen & set(others.tolist()):
                    chosen -= {cell}
            assert audit(table.structure, chosen, task.levels, task.lowest) == before


def test_a_cell_beside_a_hidden_one_has_company_already() -> None:
    """One row of two cells: the small one is hidden whatever is chosen, so nothing is asked of the other."""
    facts = Facts(task_of(flat_table([[1, 9], [8, 9]]).structure, Policy(3)))
    asked = {cell for cell, _others in companies(facts)}
    alone = [row for row in range(facts.rows) if not facts.hidden[_cells(facts, row)].any()]
    assert asked == {cell for row in alone for cell in _cells(facts, row)}
    assert len(alone) < facts.rows


def test_the_cheapest_set_has_company() -> None:
    task = task_of(flat_table([[1, 9, 4], [8, 9, 5], [7, 3, 6]]).structure, Policy(3, cost=Cost.SUM))
    protection = protect(task, seconds=20)
    assert protection.gap == 0
    assert has_company(Facts(task), protection.suppressed)


def _cells(facts: Facts, row: int) -> list[int]:
    cells: list[int] = np.sort(facts.index[facts.starts[row] : facts.starts[row + 1]]).tolist()
    return cells
