"""Full-time equivalents and months from stretches of days: plain Python, exact to the day.

A month counts by its days: fourteen days of February 2024 are 14/29 of a month, and all its days are one.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from kimwerk.kernel.fte import Fte
from kimwerk.kernel.periods import MONTHS_OF_YEAR, Period
from kimwerk.kernel.rounding import Rounding, rounded


class PostKind(StrEnum):
    """What a post of the programme is for; the Land's guideline funds each kind by its own rule."""

    COORDINATION = "coordination"
    ASSISTANCE = "assistance"
    CASE_MANAGEMENT = "case_management"
    AUTHORITY = "authority"

    @property
    def module(self) -> int:
        """The module of the programme, 1 to 3."""
        return {PostKind.CASE_MANAGEMENT: 2, PostKind.AUTHORITY: 3}.get(self, 1)


class MonthCount(StrEnum):
    """How a month counts of which only some days are covered."""

    BY_DAYS = "by_days"
    STARTED = "started"  # a single day makes a month
    FULL = "full"  # a missing day loses the month


@dataclass(frozen=True, slots=True)
class Stint:
    """A share of a post that somebody holds through a stretch of days."""

    share: Fte
    days: Period


def merged(stretches: Iterable[Period]) -> tuple[Period, ...]:
    """The same days as stretches that neither overlap nor touch, in order."""
    found: list[Period] = []
    for stretch in sorted(stretches):
        if found and stretch.start <= found[-1].end:
            found[-1] = Period(found[-1].start, max(found[-1].end, stretch.end))
        else:
            found.append(stretch)
    return tuple(found)


def without(stretches: Iterable[Period], taken: Iterable[Period]) -> tuple[Period, ...]:
    """The days of the first that are not days of the second."""
    left = list(merged(stretches))
    for gone in merged(taken):
        left = [part for stretch in left for part in _cut(stretch, gone)]
    return tuple(left)


def _cut(stretch: Period, gone: Period) -> tuple[Period, ...]:
    if not stretch.overlaps(gone):
        return (stretch,)
    edges = ((stretch.start, gone.start), (gone.end, stretch.end))
    return tuple(Period(start, end) for start, end in edges if start < end)


def within(stretches: Iterable[Period], window: Period) -> tuple[Period, ...]:
    """The days of the window that the stretches cover, as stretches that neither overlap nor touch, in order."""
    return tuple(common for stretch in merged(stretches) if (common := stretch.intersection(window)))


def months(stretches: Iterable[Period], window: Period, count: MonthCount = MonthCount.BY_DAYS) -> Fraction:
    """How many months of the window the stretches cover; a day that two of them cover counts once."""
    return _months(tuple(stretches), window, count)


@lru_cache(maxsize=8192)
def _months(stretches: tuple[Period, ...], window: Period, count: MonthCount) -> Fraction:
    """The same, kept: cost, ceilings and scenarios of a plan ask again for the same days."""
    commons = within(stretches, window)
    if count is MonthCount.BY_DAYS:
        return sum((_position(common.end) - _position(common.start) for common in commons), Fraction(0))
    covered: dict[Period, int] = defaultdict(int)
    for common in commons:
        for part in common.months():
            covered[part.period] += part.covered.days
    return Fraction(sum(1 for month, days in covered.items() if count is MonthCount.STARTED or days == month.days))


@lru_cache(maxsize=4096)
def _position(day: date) -> Fraction:
    """Where in the count of months the day begins: each month is as long as any other, divided by its days."""
    length = monthrange(day.year, day.month)[1]
    return day.year * MONTHS_OF_YEAR + day.month + Fraction(day.day - 1, length)


def fte_on(stints: Iterable[Stint], day: date) -> Fte:
    """The full-time equivalents on one day."""
    return Fte.sum(stint.share for stint in stints if stint.days.contains(day))


def average_fte(stints: Iterable[Stint], window: Period) -> Fraction:
    """The full-time equivalents of an average day of the window, exact."""
    days = Fraction(0)
    for stint in stints:
        if common := stint.days.intersection(window):
            days += Fraction(stint.share.posts) * common.days
    return days / window.days


def shown_fte(value: Fraction) -> Decimal:
    """An average as it is shown and handed on: two decimals, rounded half up."""
    return rounded(value, 2, Rounding.HALF_UP)


def first_excess(stints: Iterable[Stint], limit: Fte) -> tuple[date, Fte] | None:
    """The first day on which the shares together are more than the limit, and what they are then; None if never."""
    held = tuple(stints)
    for day in sorted({stint.days.start for stint in held}):
        if (together := fte_on(held, day)) > limit:
            return day, together
    return None
