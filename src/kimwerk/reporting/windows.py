"""Which windows a report may have: those in which something can have been recorded."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import Figure, WindowKind
from kimwerk.kernel.periods import ONE_DAY, Period

EARLIEST = date(2000, 1, 1)
"""The diary takes no earlier day."""

AHEAD = timedelta(days=366)
"""So far a window may reach beyond today; more is a typing error, and would be counted week by week."""


def counted_days(figure: Figure[Actor], window: Period) -> Period:
    """The days that the figure speaks of when it is asked for a window: of a stock the last day alone."""
    if figure.window_kind is WindowKind.WINDOW:
        return window
    return Period(window.end - ONE_DAY, window.end)


class WindowProblem(StrEnum):
    """What is wrong with a window."""

    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"


def window_problem(first: date, last: date, *, today: date) -> WindowProblem | None:
    """Why nobody can have recorded anything from the first to the last day, or None."""
    if last < first:
        return WindowProblem.ENDS_BEFORE_IT_BEGINS
    if first < EARLIEST:
        return WindowProblem.TOO_EARLY
    return WindowProblem.TOO_LATE if last - today > AHEAD else None
