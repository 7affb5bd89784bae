"""Tables for those who may count people but read no single case: small numbers are hidden and cannot be reckoned back.

The guarantee holds for each table with its margins and filters. Whoever asks many different tables may still learn
more than each of them tells; what is published passes the ledger of publications besides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from math import prod

from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.kernel.figures import ALL, MOST_DIMENSIONS, Counted, Figure, FigureQuery, Unit, Value
from kimwerk.kernel.periods import ONE_DAY, Period
from kimwerk.reporting.disclosure.engine import protect
from kimwerk.reporting.disclosure.rules import Policy, task_of
from kimwerk.reporting.disclosure.tables import Dimension, table_of
from kimwerk.reporting.threshold import small_below

Key = tuple[str, ...]
MOST_CELLS = 500
"""Cells with margins that are protected while somebody waits."""

AT_ONCE = 0.0
"""Seconds of searching for something better than the first protection: none, so that the same table always hides the
same cells, whoever asks and whenever."""

COUNT_BEHIND = {"case_duration": "cases_closed", "case_referral_wait": "case_referrals_answered"}
"""Means, and the counts that say how few stand behind them."""

SINGLE = {
    "casework": (Permission.CASE_OVERSEE,),
    "arrivals": (Permission.REGISTRATION_KEEP, Permission.REGISTRATION_CHECK),
}
"""Rooms that count people, and the rights to read single ones there."""

OF_PEOPLE = frozenset({Unit.CASES, Unit.PERSONS, Unit.HOUSEHOLDS, Unit.CONTACTS, Unit.REFERRALS, Unit.DAYS})
"""Units that count somebody. A conference or an event is nobody."""


class TableTooLarge(Exception):
    """The table cannot be protected while somebody waits; fewer dimensions or members can."""


class NotWholeMonths(Exception):
    """Windows that differ by a day could be subtracted from each other; protected tables cover whole months."""


@dataclass(frozen=True, slots=True)
class Protected:
    """An answer in which small numbers are hidden, and how many cells that are."""

    counted: Counted
    hidden: int
    cells: int


def needs_protection(actor: Actor, figure: Figure[Actor]) -> bool:
    """Whether the figure counts people whose single files the actor may not read."""
    rights = SINGLE.get(figure.room)
    if rights is None or figure.unit not in OF_PEOPLE or any(actor.can(right) for right in rights):
        return False
    return figure.room != "casework" or actor.can(Permission.CASE_COUNT)


def protected(actor: Actor, figure: Figure[Actor], query: FigureQuery, behind: Figure[Actor] | None) -> Protected:
    """The answer without small numbers. What is narrowed is protected together with what it was taken from.

    `behind` counts how many stand behind a mean. Raises TableTooLarge, NotWholeMonths and what the figure raises.
    """
    if not is_of_whole_months(query.window):
        raise NotWholeMonths
    only = {key: members for key, members in query.only.items() if members}
    by = (*query.by, *(key for key in only if key not in query.by))
    if len(by) > MOST_DIMENSIONS:
        raise TableTooLarge
    whole = replace(query, by=by, only={})
    counts = (behind or figure).compute(actor, whole)
    shown = figure.compute(actor, whole) if behind else counts
    hidden = _hidden_in(counts)
    return _asked_for(_Whole(figure, shown, hidden, by), replace(query, only=only))


def is_of_whole_months(window: Period) -> bool:
    """Whether the window begins with a month and ends with one, or today."""
    tomorrow = timezone.localdate() + ONE_DAY
    return window.start.day == 1 and (window.end.day == 1 or window.end == tomorrow)


@dataclass(frozen=True, slots=True)
class _Whole:
    """The protected table from which the answer is taken."""

    figure: Figure[Actor]
    counted: Counted
    hidden: frozenset[Key]
    by: Key

    def value(self, parts: Sequence[Key]) -> Value:
        """What these cells are together; None if one of them is hidden, or if they cannot be added."""
        if self.hidden.intersection(parts) or (len(parts) > 1 and not self.figure.is_additive):
            return None
        told = [self._of(part) for part in parts]
        return None if None in told else sum(value for value in told if value is not None)

    def _of(self, part: Key) -> Value:
        if all(key == ALL for key in part):
            return self.counted.total
        if ALL not in part:
            return self.counted.cells.get(part, 0)
        if not self.figure.is_additive:
            return None
        return sum(
            value
            for key, value in self.counted.cells.items()
            if value is not None and all(asked in (ALL, met) for asked, met in zip(part, key, strict=True))
        )


def _asked_for(whole: _Whole, query: FigureQuery) -> Protected:
    """The part of the protected table that was asked for."""
    axes = [
        replace(axis, members=tuple(m for m in axis.members if m.key in query.only.get(key, (m.key,))))
        for key, axis in zip(whole.by, whole.counted.axes, strict=True)
    ]
    narrowed = [query.only[key] for key in whole.by[len(query.by) :]]
    cells: dict[Key, Value] = {}
    margins: dict[Key, Value] = {}
    for at in product(*((*(member.key for member in axis.members), ALL) for axis in axes[: len(query.by)])):
        choices = [
            query.only.get(name, (ALL,)) if key == ALL else (key,) for name, key in zip(query.by, at, strict=True)
        ]
        value = whole.value(tuple(product(*choices, *narrowed)))
        (margins if ALL in at or not at else cells)[at] = value
    total = margins.pop((ALL,) * len(query.by))
    values = (*cells.values(), *margins.values(), total)
    counted = Counted(tuple(axes[: len(query.by)]), cells, total, margins | {(ALL,) * len(query.by): total})
    return Protected(counted, sum(value is None for value in values), len(values))


def _hidden_in(counted: Counted) -> frozenset[Key]:
    """The keys of the cells and margins that must not be told; a table without cells is its total alone."""
    if not counted.axes:
        total = counted.total or 0
        return frozenset({()} if 0 < total < small_below() else ())
    members = tuple(tuple(member.key for member in axis.members) for axis in counted.axes)
    if prod(len(keys) + 1 for keys in members) > MOST_CELLS:
        raise TableTooLarge
    counts = tuple(sorted((key, int(value)) for key, value in counted.cells.items() if value))
    return _hidden(members, counts, small_below()) if counts else frozenset()


@lru_cache(maxsize=256)
def _hidden(members: tuple[Key, ...], counts: tuple[tuple[Key, int], ...], threshold: int) -> frozenset[Key]:
    """Which cells the engine hides. Kept, because the same table is asked for again and again."""
    nodes = [{key: f"n{at}" for at, key in enumerate(keys)} for keys in members]
    names = [{node: key for key, node in of.items()} | {ALL: ALL} for of in nodes]
    dimensions = [Dimension(f"d{at}", {ALL: tuple(of.values())}) for at, of in enumerate(nodes)]
    leaves = {tuple(of[key] for of, key in zip(nodes, keys, strict=True)): count for keys, count in counts}
    table = table_of(dimensions, leaves)
    result = protect(task_of(table.structure, Policy(threshold)), AT_ONCE)
    return frozenset(
        tuple(of[node] for of, node in zip(names, table.keys[cell], strict=True)) for cell in result.suppressed
    )
