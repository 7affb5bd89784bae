"""Rows kept as columns, and sums over them: what a database counts row by row is counted here all at once.

A column holds for every row its members of one dimension, or one number to be summed up, as whole numbers.
Millions of rows are counted along any dimensions and filters in tenths of a second. Nothing here knows what the
numbers mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

MOST_MEMBERS = 1 << 20
"""Members that a dimension may have: three of them are told apart in one number."""
DENSE = 4
"""A table of sums with so many cells for each row is quicker than sorting the rows."""
SMALL_TABLE = 1 << 16
LARGEST_ID = 1 << 24
"""Ids up to this are looked up in a list as long; larger ones are searched for."""


@dataclass(frozen=True, slots=True)
class Column:
    """What rows hold, one after the other. `sizes` says how many members each row has; without it, one each."""

    numbers: Numbers
    sizes: Numbers | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """So many rows with their columns, by name."""

    rows: int
    columns: Mapping[str, Column]


def unpacked(pieces: Sequence[bytes], counts: Sequence[int]) -> Numbers:
    """The numbers of all pieces; piece by piece `counts` says how many. Big-endian, with 2, 4 or 8 bytes each."""
    arrays = [
        np.frombuffer(piece, f">i{len(piece) // count}") for piece, count in zip(pieces, counts, strict=True) if count
    ]
    return np.concatenate(arrays).astype(np.int64) if arrays else np.zeros(0, np.int64)


@dataclass(slots=True)
class Tally:
    """Sums of the columns `measures` (an empty name counts rows), by members of `by`, narrowed to `only`.

    A row with several members of a dimension stands in each of their cells, and once in `whole`.
    """

    by: tuple[str, ...]
    measures: tuple[str, ...]
    only: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    whole: list[int] = field(init=False)
    _is_met: bool = field(init=False, default=False)
    _members: list[_Members] = field(init=False)
    _parts: list[tuple[Numbers, Numbers]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.whole = [0] * len(self.measures)
        self._members = [_Members() for _ in self.by]

    def add(self, block: Block) -> None:
        """Count the rows of a block too."""
        rows = _meant(block, self.only)
        sums = [block.columns[name].numbers[rows] if name else None for name in self.measures]
        for place, column in enumerate(sums):
            self.whole[place] += len(rows) if column is None else int(column.sum())
        self._is_met |= len(rows) > 0
        if not self.by:
            return
        at = np.arange(len(rows))
        codes: list[Numbers] = []
        for name, members in zip(self.by, self._members, strict=True):
            chosen, told = _told_apart(block.columns[name], rows[at], self.only.get(name))
            codes = [code[chosen] for code in codes]
            codes.append(members.codes(told))
            at = at[chosen]
        if len(at):
            self._parts.append(_summed(codes, [each.count for each in self._members], sums, at))

    def cells(self) -> dict[tuple[int, ...], tuple[int, ...]]:
        """The sums of every combination of members that occurs."""
        if not self.by and self._is_met:
            return {(): tuple(self.whole)}
        if not self._parts:
            return {}
        keys = np.concatenate([keys for keys, _sums in self._parts])
        sums = np.concatenate([sums for _keys, sums in self._parts])
        keys, sums = _merged(keys, sums)
        ids: list[list[int]] = []
        for members in reversed(self._members):
            ids.insert(0, members.ids[keys % MOST_MEMBERS].tolist())
            keys //= MOST_MEMBERS
        return dict(zip(zip(*ids, strict=True), zip(*sums.T.tolist(), strict=True), strict=True))


class _Members:
    """The members met so far, numbered from 0 in the order in which they were met."""

    def __init__(self) -> None:
        self.ids: Numbers = np.zeros(0, np.int64)
        self._codes: npt.NDArray[np.int32] = np.full(0, -1, np.int32)
        self._is_searched = False

    @property
    def count(self) -> int:
        return len(self.ids)

    def codes(self, ids: Numbers) -> Numbers:
        """The numbers of these members."""
        largest = int(ids.max(initial=0))
        if self._is_searched or largest > LARGEST_ID:
            return self._searched(ids)
        if largest >= len(self._codes):
            self._codes = np.concatenate([self._codes, np.full(largest + 1 - len(self._codes), -1, np.int32)])
        codes = self._codes[ids]
        if codes.min(initial=0) < 0:
            self._meet(np.unique(ids[codes < 0]))
            codes = self._codes[ids]
        return codes.astype(np.int64)

    def _meet(self, new: Numbers) -> None:
        self._codes[new] = np.arange(self.count, self.count + len(new))
        self.ids = np.concatenate([self.ids, new])

    def _searched(self, ids: Numbers) -> Numbers:
        """The same for ids that no list can be as long as, and then for all that come later."""
        self._is_searched = True
        self.ids = np.concatenate([self.ids, np.setdiff1d(ids, self.ids)])
        order = np.argsort(self.ids)
        return order[np.searchsorted(self.ids, ids, sorter=order)]


def _meant(block: Block, only: Mapping[str, tuple[int, ...]]) -> Numbers:
    """The rows that have one of the chosen members in every dimension that is narrowed."""
    if not only:
        return np.arange(block.rows)
    kept: Mask = np.ones(block.rows, np.bool_)
    for name, ids in only.items():
        column = block.columns[name]
        among = np.isin(column.numbers, ids)
        if column.sizes is not None and block.rows:
            among = np.logical_or.reduceat(among, _starts(column.sizes))
        kept &= among
    return np.flatnonzero(kept)


def _starts(sizes: Numbers) -> Numbers:
    return np.cumsum(sizes) - sizes


def _told_apart(column: Column, rows: Numbers, only: tuple[int, ...] | None) -> tuple[Numbers, Numbers]:
    """Every member of these rows, and at which place among them the row stands that holds it."""
    if column.sizes is None:
        return np.arange(len(rows)), column.numbers[rows]
    sizes = column.sizes[rows]
    chosen = np.repeat(np.arange(len(rows)), sizes)
    within = np.arange(len(chosen)) - np.repeat(_starts(sizes), sizes)
    told = column.numbers[_starts(column.sizes)[rows][chosen] + within]
    if only is None:
        return chosen, told
    kept = np.isin(told, only)
    return chosen[kept], told[kept]


def _summed(
    codes: Sequence[Numbers], counts: Sequence[int], sums: Iterable[Numbers | None], at: Numbers
) -> tuple[Numbers, Numbers]:
    """Keys of the combinations that occur, and a row of sums for each. Sums are exact up to 2^53."""
    key = np.zeros(len(at), np.int64)
    for code, count in zip(codes, counts, strict=True):
        key = key * count + code
    size = prod(counts)
    if size <= SMALL_TABLE + DENSE * len(at):
        number = np.bincount(key, minlength=size)
        found = kept = np.flatnonzero(number)
    else:
        found, key = np.unique(key, return_inverse=True)
        number = np.bincount(key)
        kept = np.arange(len(found))
    rows = [(number if column is None else _added(key, column[at], len(number)))[kept] for column in sums]
    return _wide(found, counts), np.stack(rows, axis=1)


def _added(places: Numbers, numbers: Numbers, length: int) -> Numbers:
    """The numbers summed up by place."""
    return np.rint(np.bincount(places, numbers, length)).astype(np.int64)


def _wide(keys: Numbers, counts: Sequence[int]) -> Numbers:
    """The same keys with room for members that are met later."""
    wide, step = np.zeros(len(keys), np.int64), 1
    for count in reversed(counts):
        wide += keys % count * step
        keys = keys // count
        step *= MOST_MEMBERS
    return wide


def _merged(keys: Numbers, sums: Numbers) -> tuple[Numbers, Numbers]:
    """Keys that came several times once, with their sums added."""
    found, place = np.unique(keys, return_inverse=True)
    if len(found) == len(keys):
        return keys, sums
    return found, np.stack([_added(place, column, len(found)) for column in sums.T], axis=1)
