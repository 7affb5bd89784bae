"""Numbers and days as they are written in Germany, and the strict way back.

Errors carry a code, never a sentence and never what was typed: that may be somebody's birthday.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kimwerk.kernel.rounding import Rounding, rounded

NO_BREAK_SPACE = "\u00a0"
MINUS_SIGN = "\u2212"
LONGEST_NUMBER = 40

FIRST_YEAR_OF_LAST_CENTURY = 80
"""Years of two digits from here on belong to the twentieth century, those before to ours."""

_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?")
_UNGROUPED = re.compile(r"-?[0-9]+(,[0-9]+)?")
_LOOKS_NUMERIC = re.compile(r"-?[0-9.,]*[0-9][0-9.,]*")
_GERMAN_DAY = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4}|[0-9]{2})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class NumberProblem(StrEnum):
    """What is wrong with a typed number."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    SEPARATORS = "separators"  # digits, but points and commas where German has none, such as 1.5
    TOO_LONG = "too_long"


class NumberError(ValueError):
    """The text is no German number; `problem` says why."""

    def __init__(self, problem: NumberProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class DayProblem(StrEnum):
    """What is wrong with a typed day."""

    EMPTY = "empty"
    NOT_A_DAY = "not_a_day"
    NOT_IN_CALENDAR = "not_in_calendar"  # written well, but there is no such day: 31.02.2022


class DayError(ValueError):
    """The text is no day; `problem` says why."""

    def __init__(self, problem: DayProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def number(value: int | Decimal, places: int | None = None) -> str:
    """1233 as "1.233"; with `places` rounded half up to so many decimals, else with all it has."""
    if places is None:
        places = max(-_exponent(value), 0) if isinstance(value, Decimal) else 0
    text = f"{rounded(Decimal(value), places, Rounding.HALF_UP):,f}"
    return text.translate(_TO_GERMAN)


def percent(share: Decimal, places: int = 0) -> str:
    """A share of the whole (0.87, where 1 is all of it) as "87 %", rounded half up, without a line break."""
    return f"{number(share.scaleb(2), places)}{NO_BREAK_SPACE}%"


def parse_number(text: str) -> Decimal:
    """ "1.233,50", "1,5" or "1233" as a number; "1.233" is a thousand. Raises NumberError."""
    typed = text.strip().replace(MINUS_SIGN, "-")
    if not typed:
        raise NumberError(NumberProblem.EMPTY)
    if len(typed) > LONGEST_NUMBER:
        raise NumberError(NumberProblem.TOO_LONG)
    if _GROUPED.fullmatch(typed) or _UNGROUPED.fullmatch(typed):
        return Decimal(typed.replace(".", "").replace(",", "."))
    if _LOOKS_NUMERIC.fullmatch(typed):
        raise NumberError(NumberProblem.SEPARATORS)
    raise NumberError(NumberProblem.NOT_A_NUMBER)


def day(value: date) -> str:
    """A day as "21.04.2022"."""
    return f"{value.day:02}.{value.month:02}.{value.year:04}"


def parse_day(text: str, *, not_after: date | None = None) -> date:
    """ "21.4.22", "21.04.2022" or "2022-04-21" as a day. Raises DayError.

    Two digits of a year stand for 1980 to 2079. With `not_after` (today, for a birthday), a day that
    would lie later is taken from the century before: 12.3.62 is then 1962.
    """
    typed = text.strip()
    if not typed:
        raise DayError(DayProblem.EMPTY)
    if iso := _ISO_DAY.fullmatch(typed):
        return _day_of(int(iso[1]), int(iso[2]), int(iso[3]))
    german = _GERMAN_DAY.fullmatch(typed)
    if german is None:
        raise DayError(DayProblem.NOT_A_DAY)
    day_of_month, month, year = int(german[1]), int(german[2]), int(german[3])
    if len(german[3]) == 4:
        return _day_of(year, month, day_of_month)
    year += 1900 if year >= FIRST_YEAR_OF_LAST_CENTURY else 2000
    found = _day_of(year, month, day_of_month)
    if not_after is not None and found > not_after:
        return _day_of(year - 100, month, day_of_month)
    return found


_TO_GERMAN = str.maketrans({",": ".", ".": ","})


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise NumberError(NumberProblem.NOT_A_NUMBER)
    return exponent


def _day_of(year: int, month: int, day_of_month: int) -> date:
    try:
        return date(year, month, day_of_month)
    except ValueError:
        raise DayError(DayProblem.NOT_IN_CALENDAR) from None
