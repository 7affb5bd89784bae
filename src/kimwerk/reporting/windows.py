"""Which windows a report may have: those in which something can have been recorded."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

EARLIEST = date(2000, 1, 1)
"""The diary takes no earlier day."""

AHEAD = timedelta(days=366)
"""So far a window may reach beyond today; more is a typing error, and would be counted week by week."""


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
