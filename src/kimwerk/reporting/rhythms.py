"""Which days a report of a schedule covers: the last quarter, half year or year that is over."""

from __future__ import annotations

from datetime import date

from kimwerk.kernel.periods import Period
from kimwerk.reporting.types import Rhythm

MONTHS_OF_YEAR = 12


def last_period(rhythm: Rhythm, today: date) -> Period:
    """The last whole period that ended before today.

    >>> last_period(Rhythm.HALF_YEARLY, date(2024, 7, 1)).first_day
    datetime.date(2024, 1, 1)
    """
    running = today.year * MONTHS_OF_YEAR + (today.month - 1) // rhythm.months * rhythm.months
    return Period(_month(running - rhythm.months), _month(running))


def is_a_period(rhythm: Rhythm, window: Period) -> bool:
    """Whether these days are exactly one period of the rhythm.

    >>> is_a_period(Rhythm.QUARTERLY, Period(date(2024, 1, 1), date(2024, 4, 1)))
    True
    """
    return last_period(rhythm, window.end) == window


def _month(count: int) -> date:
    return date(count // MONTHS_OF_YEAR, count % MONTHS_OF_YEAR + 1, 1)
