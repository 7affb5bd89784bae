"""Sums over columns are the sums one gets by going through the rows."""

from __future__ import annotations

import struct
from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.kernel.columns import LARGEST_ID, Block, Column, Tally, unpacked

Row = tuple[int, int, frozenset[int], frozenset[int], int]
ONE, OTHER, SOME, MANY, AMOUNT = range(5)
NAMES = ("one", "other", "some", "many", "amount")
IDS = st.sampled_from((0, 1, 2, 7, 4_000, LARGEST_ID + 5, 1 << 40))
SMALL = st.integers(0, 3)
SETS = st.frozensets(SMALL, min_size=1)


def rows(ids: st.SearchStrategy[int]) -> st.SearchStrategy[list[Row]]:
    return st.lists(st.tuples(ids, SMALL, SETS, SETS, st.integers(-9, 90_000)), max_size=30)


def block_of(written: list[Row]) -> Block:
    def column(place: int) -> Column:
        told = [sorted(row[place]) if place in (SOME, MANY) else [row[place]] for row in written]
        numbers = np.array([number for each in told for number in each], np.int64)
        sizes = np.array([len(each) for each in told], np.int64) if place in (SOME, MANY) else None
        return Column(numbers, sizes)

    return Block(len(written), {name: column(place) for place, name in enumerate(NAMES)})


def members(row: Row, name: str) -> frozenset[int]:
    held = row[NAMES.index(name)]
    return held if isinstance(held, frozenset) else frozenset({held})


@given(
    blocks=st.lists(rows(SMALL) | rows(IDS), max_size=3),
    by=st.lists(st.sampled_from(NAMES[:4]), max_size=3, unique=True),
    only=st.dictionaries(st.sampled_from(NAMES[:4]), st.lists(SMALL, min_size=1, max_size=2, unique=True), max_size=2),
)
def test_sums_are_those_of_the_rows(blocks: list[list[Row]], by: list[str], only: dict[str, list[int]]) -> None:
    tally = Tally(tuple(by), ("", "amount"), {name: tuple(ids) for name, ids in only.items()})
    for block in blocks:
        tally.add(block_of(block))
    numbers, amounts = Counter[tuple[int, ...]](), Counter[tuple[int, ...]]()
    meant = [row for block in blocks for row in block if all(members(row, n) & set(ids) for n, ids in only.items())]
    for row in meant:
        told = [members(row, name) & set(only[name]) if name in only else members(row, name) for name in by]
        for key in product(*told):
            numbers[key] += 1
            amounts[key] += row[AMOUNT]
    assert tally.cells() == {key: (number, amounts[key]) for key, number in numbers.items()}
    assert tally.whole == [len(meant), sum(row[AMOUNT] for row in meant)]


def test_more_combinations_than_rows_are_sorted_and_not_laid_out() -> None:
    ids = np.arange(2_000)
    tally = Tally(("one", "other"), ("",))
    tally.add(Block(2_000, {"one": Column(ids), "other": Column(ids[::-1].copy())}))
    assert tally.cells() == {(one, 1_999 - one): (1,) for one in range(2_000)}


@pytest.mark.parametrize(("width", "code"), [(2, "h"), (4, "i"), (8, "q")])
def test_numbers_are_as_wide_as_they_need_to_be(width: int, code: str) -> None:
    piece = struct.pack(f">3{code}", 1, 300, 32_767)
    assert len(piece) == 3 * width
    assert unpacked([piece, b"", struct.pack(">h", 5)], [3, 0, 1]).tolist() == [1, 300, 32_767, 5]


def test_nothing_packed_is_no_numbers() -> None:
    assert unpacked([], []).tolist() == []
