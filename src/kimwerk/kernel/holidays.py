"""The public holidays of North Rhine-Westphalia (Feiertagsgesetz NW, § 2), reckoned from Easter."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

FIXED = ((1, 1), (5, 1), (10, 3), (11, 1), (12, 25), (12, 26))
"""New Year, Labour Day, German Unity, All Saints, Christmas."""
FROM_EASTER = (-2, 0, 1, 39, 49, 50, 60)
"""Good Friday, Easter and its Monday, Ascension, Whitsun and its Monday, Corpus Christi."""


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (by Oudin, for all years from 1583).

    >>> easter(2022).isoformat(), easter(2027).isoformat()
    ('2022-04-17', '2027-03-28')
    """
    century, golden = year // 100, year % 19
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    since_march = moon - weekday
    month = 3 + (since_march + 40) // 44
    return date(year, month, since_march + 28 - 31 * (month // 4))


@cache
def holidays_of(year: int) -> frozenset[date]:
    """All public holidays of a year."""
    sunday = easter(year)
    moving = (sunday + timedelta(days=days) for days in FROM_EASTER)
    return frozenset((*(date(year, month, day) for month, day in FIXED), *moving))


def is_holiday(day: date) -> bool:
    """Whether the offices are closed on this day by law.

    >>> is_holiday(date(2027, 5, 27)), is_holiday(date(2027, 5, 28))
    (True, False)
    """
    return day in holidays_of(day.year)
