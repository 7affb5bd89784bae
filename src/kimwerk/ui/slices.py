"""Months, quarters and years as members of a figure: one naming and one order for every room that counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimwerk.kernel.figures import Dimension, Member, MemberKind
from kimwerk.kernel.periods import ONE_DAY, Period, Slice

MONTH = Dimension("month", _("Month"), MemberKind.TIME)
QUARTER = Dimension("quarter", _("Quarter"), MemberKind.TIME)
YEAR = Dimension("year", _("Year"), MemberKind.TIME)
TIME = (MONTH, QUARTER, YEAR)
SLICES: Mapping[str, Callable[[Period], Iterator[Slice]]] = {
    MONTH.key: Period.months,
    QUARTER.key: Period.quarters,
    YEAR.key: Period.years,
}


def slice_key(dimension: Dimension, day: date) -> str:
    """The key of the month, quarter or year in which the day lies."""
    return next(SLICES[dimension.key](Period.of_days(day, day))).key


def members_on(day: date) -> dict[str, Member]:
    """The members of time to which a day belongs, for counting: keys without names."""
    return {dimension.key: Member(slice_key(dimension, day), "") for dimension in TIME}


def members_within(dimension: Dimension, window: Period) -> tuple[Member, ...]:
    """Every slice that the window touches, in order; those not covered to their last day are marked."""
    return tuple(slice_member(dimension, part) for part in SLICES[dimension.key](window))


def slice_member(dimension: Dimension, part: Slice) -> Member:
    """A slice of time by its name, with the days that are covered if these are not all."""
    start = part.period.start
    label = str(start.year)
    if dimension.key == MONTH.key:
        label = date_format(start, "F Y")
    elif dimension.key == QUARTER.key:
        words = {"quarter": (start.month + 2) // 3, "year": start.year}
        label = gettext("quarter %(quarter)s/%(year)s") % words
    covered = part.covered.intersection(Period(date.min, timezone.localdate() + ONE_DAY)) or part.covered
    member = Member(part.key, label)
    return member if covered == part.period else replace(member, covered=covered)
