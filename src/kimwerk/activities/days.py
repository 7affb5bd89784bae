"""Days as people type them in passing: without a year, as a weekday, as "gestern"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

FIRST_YEAR_OF_LAST_CENTURY = 80

WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            ("mo", "montag", "montags"),
            ("di", "dienstag", "dienstags"),
            ("mi", "mittwoch", "mittwochs"),
            ("do", "donnerstag", "donnerstags"),
            ("fr", "freitag", "freitags"),
            ("sa", "samstag", "samstags", "sonnabend"),
            ("so", "sonntag", "sonntags"),
        )
    )
    for word in words
}
"""Folded weekday words; Monday is 0."""

DAYS_AGO = {"heute": 0, "gestern": 1, "vorgestern": 2}

MONTHS = {
    word: number
    for number, words in enumerate(
        (
            ("jan", "januar"),
            ("feb", "februar", "febr"),
            ("mrz", "maerz", "maer"),
            ("apr", "april"),
            ("mai",),
            ("jun", "juni"),
            ("jul", "juli"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("okt", "oktober"),
            ("nov", "november"),
            ("dez", "dezember"),
        ),
        start=1,
    )
    for word in words
}


class DaySpan(NamedTuple):
    """First and last day, both included."""

    first: date
    last: date


def last_weekday(today: date, weekday: int) -> date:
    """The last such weekday up to and including today; Monday is 0."""
    return today - timedelta(days=(today.weekday() - weekday) % 7)


def full_year(written: str) -> int:
    """ "22" as 2022 and "99" as 1999; four digits as they stand."""
    year = int(written)
    if len(written) > 2:
        return year
    return year + (1900 if year >= FIRST_YEAR_OF_LAST_CENTURY else 2000)


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def latest_day(day: int, month: int, today: date) -> date | None:
    """The last such day up to and including today: 24.12. said in May is last year's. None for 31.02."""
    for year in range(today.year, today.year - 9, -1):
        found = calendar_day(year, month, day)
        if found and found <= today:
            return found
    return None
