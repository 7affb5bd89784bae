"""Rounded tables add up, stay near the truth and tell of no small count that there is somebody."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kimwerk.reporting.disclosure.rounding import RoundingError, RoundingProblem, audit_rounding, round_table
from tests.reporting.disclosure.making import flat_table, random_table


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([3, 5, 10]))
def test_a_rounded_table_adds_up_in_multiples_of_the_base(seed: int, base: int) -> None:
    table = random_table(seed)
    rounding = round_table(table, base, 3, seconds=2)
    values, truth = rounding.values, table.structure.values
    assert all(value % base == 0 for value in values)
    for relation in table.structure.relations:
        assert sum(values[part] for part in relation.parts) == values[relation.total]
    assert rounding.farthest == max(abs(value - true) for value, true in zip(values, truth, strict=True))
    assert all(values[cell] == 0 for cell, true in enumerate(truth) if not true)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.integers(0, 30), min_size=4, max_size=4), min_size=3, max_size=5))
def test_in_two_dimensions_every_number_is_nearer_than_the_base(rows: list[list[int]]) -> None:
    assert round_table(flat_table(rows), 5, 3).farthest < 5


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=2), min_size=2, max_size=2))
def test_the_audit_of_rounding_finds_what_trying_every_table_finds(rows: list[list[int]]) -> None:
    table = flat_table(rows)
    levels = {cell: 3 for cell, value in enumerate(table.structure.values) if 0 < value < 3}
    rounding = round_table(table, 5, 3)
    worlds = np.array(list(product(range(9), repeat=4)))
    sums = np.array([_counted_in(row, column) for row, column in table.keys])
    tables = worlds @ sums.T
    possible = tables[(np.abs(tables - np.array(rounding.values)) < 5).all(axis=1)]
    told = {cell for cell in levels if possible[:, cell].min() >= 1 and possible[:, cell].max() < 3}
    assert {*rounding.audit.exact, *rounding.audit.small} == told


def _counted_in(row: str, column: str) -> list[bool]:
    """Which of the four parts a cell counts."""
    return [row in {r, "all"} and column in {c, "all"} for r, c in product(("r0", "r1"), ("c0", "c1"))]


def test_small_counts_that_rounding_tells_are_named() -> None:
    """Whoever knows that no number is off by more than one, knows the 2 behind a 2."""
    table = flat_table([[2, 9], [9, 9]])
    small = {table.keys.index(("r0", "c0")): 3}
    assert audit_rounding(table.structure, table.structure.values, 0, small).exact == tuple(small)
    assert audit_rounding(table.structure, table.structure.values, 1, small).is_clean


def test_a_large_table_is_rounded_and_adds_up() -> None:
    rounding = round_table(flat_table([[(row * column) % 4 for column in range(200)] for row in range(120)]), 5, 3)
    assert rounding.audit.is_clean
    assert rounding.audit.small_counts == 9_000
    by_row, total = rounding.values[201::201], rounding.values[0]
    assert sum(by_row) == total


def test_numbers_that_do_not_add_up_are_no_possible_truth() -> None:
    """The 3 became 0; but its row says 15, that is 11 at least, and the other part 5, that is 9 at most."""
    table = flat_table([[3, 9], [9, 9]])
    small = {table.keys.index(("r0", "c0")): 5}
    told = {("all", "all"): 30, ("all", "c1"): 20, ("r1", "all"): 20}
    told |= {("r0", "all"): 15, ("r0", "c0"): 0, ("r0", "c1"): 5}
    rounded = tuple(told.get((row, column), 10) for row, column in table.keys)
    assert audit_rounding(table.structure, rounded, 4, small).small == tuple(small)


def test_a_table_whose_audit_would_not_end_is_refused() -> None:
    """Whoever reads 3 knows of 1 to 4 if counts below 5 are small: that needs linear programmes."""
    with pytest.raises(RoundingError) as refused:
        round_table(flat_table([[1] * 200] * 120), 3, 5)
    assert refused.value.problem is RoundingProblem.TOO_LARGE
