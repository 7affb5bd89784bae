"""Stretches of days, and the calendar units that lie in them.

A period is half-open: it holds its start and ends before its end, so that one period ends where the
next begins. People write the last day; `Period.of_days` and `last_day` speak their way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

ONE_DAY = timedelta(days=1)
DAYS_OF_WEEK = 7
MONTHS_OF_QUARTER = 3
MONTHS_OF_YEAR = 12


class PeriodProblem(StrEnum):
    """What is wrong with a period."""

    NOT_A_DAY = "not_a_day"  # an instant instead of a day
    NO_DAYS = "no_days"  # ends on or before its start
    NOT_IN_CALENDAR = "not_in_calendar"  # month 13, week 53 of a year with 52, a day after the year 9999


class PeriodError(ValueError):
    """There is no such period; `problem` says why."""

    def __init__(self, problem: PeriodProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """The days from `start` up to, but without, `end`; at least one. Ordered by start, then by end."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if isinstance(self.start, datetime) or isinstance(self.end, datetime):
            raise PeriodError(PeriodProblem.NOT_A_DAY)
        if self.start >= self.end:
            raise PeriodError(PeriodProblem.NO_DAYS)

    @classmethod
    def of_days(cls, first: date, last: date) -> Period:
        """From the first to the last day, both included."""
        if last == date.max:
            raise PeriodError(PeriodProblem.NOT_IN_CALENDAR)
        return cls(first, last + ONE_DAY)

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """A calendar month."""
        return cls._of_months(year, month, 1)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        """A quarter of a calendar year, 1 to 4."""
        return cls._of_months(year, (quarter - 1) * MONTHS_OF_QUARTER + 1, MONTHS_OF_QUARTER)

    @classmethod
    def year(cls, year: int) -> Period:
        """A calendar year."""
        return _year(year)

    @classmethod
    def iso_week(cls, year: int, week: int) -> Period:
        """A week from Monday to Sunday, numbered by ISO 8601: week 1 holds the year's first Thursday."""
        try:
            monday = date.fromisocalendar(year, week, 1)
            return cls(monday, monday + timedelta(days=DAYS_OF_WEEK))
        except (ValueError, OverflowError):
            raise PeriodError(PeriodProblem.NOT_IN_CALENDAR) from None

    @classmethod
    def _of_months(cls, year: int, first_month: int, count: int) -> Period:
        end_month = first_month + count
        try:
            start = date(year, first_month, 1)
            end = date(year, end_month, 1) if end_month <= MONTHS_OF_YEAR else date(year + 1, 1, 1)
        except (ValueError, OverflowError):
            raise PeriodError(PeriodProblem.NOT_IN_CALENDAR) from None
        return cls(start, end)

    @property
    def first_day(self) -> date:
        """The first day that belongs to the period."""
        return self.start

    @property
    def last_day(self) -> date:
        """The last day that belongs to the period: the one before its end."""
        return self.end - ONE_DAY

    @property
    def days(self) -> int:
        """How many days it holds, 1 or more."""
        return (self.end - self.start).days

    @property
    def weeks(self) -> Decimal:
        """How many weeks it lasts: days divided by 7, to 28 digits."""
        return Decimal(self.days) / DAYS_OF_WEEK

    def contains(self, day: date) -> bool:
        """Whether the day belongs to the period."""
        return self.start <= day < self.end

    def overlaps(self, other: Period) -> bool:
        """Whether the two have a day in common; one ending where the other starts do not."""
        return self.start < other.end and other.start < self.end

    def intersection(self, other: Period) -> Period | None:
        """The days that the two have in common, or None."""
        if not self.overlaps(other):
            return None
        return Period(max(self.start, other.start), min(self.end, other.end))

    def months(self) -> Iterator[Slice]:
        """The period cut at the turn of months; keys "2022-04"."""
        return self._cut(lambda day: (Period.month(day.year, day.month), f"{day.year:04}-{day.month:02}"))

    def quarters(self) -> Iterator[Slice]:
        """The period cut at the turn of quarters; keys "2022-Q2"."""
        return self._cut(_quarter_around)

    def years(self) -> Iterator[Slice]:
        """The period cut at the turn of calendar years; keys "2022"."""
        return self._cut(lambda day: (Period.year(day.year), f"{day.year:04}"))

    def iso_weeks(self) -> Iterator[Slice]:
        """The period cut before Mondays; keys "2022-W15", with the ISO year: 2022-01-01 is in "2021-W52"."""
        return self._cut(_iso_week_around)

    def _cut(self, unit_around: Callable[[date], tuple[Period, str]]) -> Iterator[Slice]:
        day = self.start
        while day < self.end:
            unit, key = unit_around(day)
            yield Slice(unit, Period(day, min(unit.end, self.end)), key)
            day = unit.end


@lru_cache(maxsize=512)
def _year(year: int) -> Period:
    """The year, made once: computing many years of plans asks for little else."""
    return Period._of_months(year, 1, MONTHS_OF_YEAR)


@dataclass(frozen=True, slots=True)
class Slice:
    """A calendar unit that a longer period touches: the whole unit, and the days of it that are covered."""

    period: Period
    covered: Period
    key: str

    @property
    def is_complete(self) -> bool:
        """Whether every day of the unit is covered. Figures of incomplete units do not compare."""
        return self.covered == self.period


def _quarter_around(day: date) -> tuple[Period, str]:
    quarter = (day.month - 1) // MONTHS_OF_QUARTER + 1
    return Period.quarter(day.year, quarter), f"{day.year:04}-Q{quarter}"


def _iso_week_around(day: date) -> tuple[Period, str]:
    year, week, _ = day.isocalendar()
    return Period.iso_week(year, week), f"{year:04}-W{week:02}"
