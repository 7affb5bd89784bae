"""Counting months that are kept as columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from kimwerk.activities.counting.dimensions import DAY, SOURCES, Shape, Source
from kimwerk.activities.counting.question import Measure, Question, day_codes
from kimwerk.activities.counting.statement import DAY_ZERO, columns_of
from kimwerk.kernel.columns import Block, Column, Numbers, Tally, unpacked

ENTRIES_AT_ONCE = 250_000
"""So many are counted at once: what is at hand then fits into the cache of a processor."""
IN_WINDOW = "in_window"


@dataclass(frozen=True, slots=True)
class CountedColumn:
    """One counted column of one month; `month` is the days from `DAY_ZERO` to its first day."""

    organisation: int
    month: int
    name: str
    entries: int
    numbers: bytes
    sizes: bytes


Month = Mapping[str, CountedColumn]


def tally_of(question: Question, columns: Iterable[CountedColumn]) -> Tally:
    """The sums that the question asks for, over these months."""
    only = {**question.only, IN_WINDOW: (1,)} if question.has_rims else question.only
    measures = tuple("" if measure is Measure.ACTIVITIES else measure.value for measure in question.measures)
    tally = Tally(question.by, measures, only)
    for months in _at_once(columns):
        tally.add(_block(question, months))
    return tally


def _at_once(columns: Iterable[CountedColumn]) -> Iterator[list[Month]]:
    """Months with entries, so many as are counted at once."""
    found: defaultdict[tuple[int, int], dict[str, CountedColumn]] = defaultdict(dict)
    for column in columns:
        if column.entries:
            found[column.organisation, column.month][column.name] = column
    months: list[Month] = []
    entries = 0
    for month in found.values():
        months.append(month)
        entries += next(iter(month.values())).entries
        if entries >= ENTRIES_AT_ONCE:
            yield months
            months, entries = [], 0
    if months:
        yield months


def _block(question: Question, months: list[Month]) -> Block:
    name, *_others = columns_of(question)
    entries = [month[name].entries for month in months]
    held = {name: _column([month[name] for month in months]) for name in columns_of(question)}
    days = _days(question, [month[name] for month in months], held.get(DAY))
    columns = dict(held)
    for source in (SOURCES[key] for key in {*question.by, *question.only}):
        columns[source.key] = _slices(source, question, days) if source.shape is Shape.DAY else held[source.counted_as]
    if question.has_rims:
        columns[IN_WINDOW] = Column(((days >= 0) & (days < question.window.days)).astype(np.int64))
    return Block(sum(entries), columns)


def _column(pieces: list[CountedColumn]) -> Column:
    entries = [piece.entries for piece in pieces]
    numbers = [piece.numbers for piece in pieces]
    if not pieces[0].sizes:
        return Column(unpacked(numbers, entries))
    sizes = unpacked([piece.sizes for piece in pieces], entries)
    members = np.add.reduceat(sizes, np.cumsum([0, *entries[:-1]]))
    return Column(unpacked(numbers, members.tolist()), sizes)


def _days(question: Question, months: list[CountedColumn], day: Column | None) -> Numbers:
    """For each entry the days from the first one of the window to its own, or to the first of its month."""
    first = (question.window.start - DAY_ZERO).days
    starts = np.array([month.month - first for month in months])
    days: Numbers = np.repeat(starts, [month.entries for month in months])
    return days if day is None else days + day.numbers - 1


def _slices(source: Source, question: Question, days: Numbers) -> Column:
    """Slices of time by their position; days beyond the window, which are not counted, get any."""
    codes = np.array(day_codes(source, question.window))
    return Column(codes[np.clip(days, 0, len(codes) - 1)])
