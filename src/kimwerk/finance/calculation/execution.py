"""A year of a plan against what was booked: by month, up to now, and what the year will come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from kimwerk.finance.calculation.lines import Line, Side
from kimwerk.finance.calculation.table import YearTable
from kimwerk.kernel.money import Money, Rounding
from kimwerk.kernel.periods import MONTHS_OF_YEAR

Months = tuple[Money, ...]
"""Twelve amounts, January first."""


def in_twelfths(amount: Money) -> Months:
    """A year's amount month by month: each month up to its end rounded once, so that all twelve are the amount."""
    ends = [
        Money.rounded(Fraction(amount.amount) * month / MONTHS_OF_YEAR, Rounding.HALF_UP)
        for month in range(MONTHS_OF_YEAR + 1)
    ]
    return tuple(after - before for before, after in pairwise(ends))


@dataclass(frozen=True, slots=True)
class LineExecution:
    """A line's plan and bookings by month; `through` is how many months count as over."""

    line: Line
    planned: Months
    booked: Months
    through: int

    @property
    def planned_year(self) -> Money:
        """What the plan says for the whole year."""
        return Money.sum(self.planned)

    @property
    def planned_so_far(self) -> Money:
        """What the plan says for the months that are over."""
        return Money.sum(self.planned[: self.through])

    @property
    def booked_year(self) -> Money:
        """All that is booked in the year."""
        return Money.sum(self.booked)

    @property
    def forecast(self) -> Money:
        """What is booked, and the plan for the months to come; the plan alone while nothing is booked on the line."""
        if not any(self.booked):
            return self.planned_year
        return self.booked_year + Money.sum(self.planned[self.through :])

    @property
    def deviation(self) -> Money:
        """By how much the year will be above the plan."""
        return self.forecast - self.planned_year


@dataclass(frozen=True, slots=True)
class Execution:
    """A year of a plan with its bookings."""

    year: int
    through: int
    lines: tuple[LineExecution, ...]

    def on(self, side: Side) -> tuple[LineExecution, ...]:
        """The lines of one side."""
        return tuple(each for each in self.lines if each.line.side is side)

    def by_month(self, side: Side) -> tuple[tuple[Money, Money], ...]:
        """Planned and booked of one side, month by month."""
        chosen = self.on(side)
        return tuple(
            (Money.sum(each.planned[at] for each in chosen), Money.sum(each.booked[at] for each in chosen))
            for at in range(MONTHS_OF_YEAR)
        )

    def planned(self, side: Side) -> Money:
        """The plan of one side for the year."""
        return Money.sum(each.planned_year for each in self.on(side))

    def booked(self, side: Side) -> Money:
        """What is booked on one side."""
        return Money.sum(each.booked_year for each in self.on(side))

    def forecast(self, side: Side) -> Money:
        """What one side will come to."""
        return Money.sum(each.forecast for each in self.on(side))


def execution_of(table: YearTable, booked: Mapping[tuple[str, int], Money], through: int | None = None) -> Execution:
    """The year with what is booked by line and month (1 to 12); months over are those up to the last booking."""
    last = max((month for _line, month in booked), default=0) if through is None else through
    lines = tuple(
        LineExecution(
            amount.line,
            in_twelfths(amount.amount),
            tuple(booked.get((amount.line.key, month), Money(0)) for month in range(1, MONTHS_OF_YEAR + 1)),
            last,
        )
        for amount in table.amounts
    )
    return Execution(table.year, last, lines)


def callable_now(planned: Months, through: int, called: Iterable[Money]) -> Money:
    """What may be called for of a line of income: its plan up to the end of the month, less what was called for."""
    open_amount = Money.sum(planned[:through]) - Money.sum(called)
    return max(open_amount, Money(0))
