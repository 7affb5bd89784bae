"""What a cell says: a day or days, a number, a duration, several words. Tolerant in form, strict in meaning.

Every reader returns None for a cell that says nothing, and a ProblemCode for one that cannot be taken.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from kimwerk.activities.days import MONTHS, WEEKDAYS, DaySpan, calendar_day, full_year
from kimwerk.activities.tally.verdicts import ProblemCode
from kimwerk.kernel.names import text_key
from kimwerk.kernel.sheets.sheet import Cell

NOTHING = frozenset({"", "-", "--", "---", "–", "—", "/", "./.", "k.a.", "k. a.", "n.a.", "n/a", "keine angabe"})
"""What people write into a cell to say that nothing is there."""

ERRORS = frozenset(
    (
        *("#REF!", "#BEZUG!", "#DIV/0!", "#N/A", "#NV", "#VALUE!", "#WERT!", "#NAME?", "#NUM!", "#ZAHL!"),
        *("#NULL!", "#SPILL!", "#CALC!", "Err:502", "Err:504", "Err:508", "Err:522"),
    )
)

FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000
"""Numbers taken for days counted by Excel: October 1954 to January 2119 (four years later from 1904)."""

_EPOCH_1900, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


def words_of(cell: Cell) -> str:
    """The text of a cell, trimmed; a whole number without decimals; empty where it says nothing."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).replace("\u00a0", " ").strip()
    return "" if text.lower() in NOTHING else text


# ---- days ----

_WEEKDAY = re.compile(rf"(?:{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})\.?,?\s+", re.IGNORECASE)
_TIME_OF_DAY = re.compile(r"[ T,]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|\s*Uhr)?$", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_GERMAN = re.compile(r"(\d{1,2})\s?[./-]\s?(\d{1,2})\s?(?:[./-]\s?(\d{4}|\d{2})?)?")
_NAMED = re.compile(r"(\d{1,2})\.?\s*([^\W\d_]+)\.?\s*(\d{4}|\d{2})?")
_TO = r"\s*(?:-|–|—|/|\+|u\.|und|bis)\s*"
_SPAN = re.compile(
    rf"(\d{{1,2}})\.(?:(\d{{1,2}})\.(\d{{4}}|\d{{2}})?)?{_TO}(\d{{1,2}})\.(\d{{1,2}})\.?(\d{{4}}|\d{{2}})?"
)
_ISO_SPAN = re.compile(rf"(\d{{4}}-\d\d-\d\d){_TO}(\d{{4}}-\d\d-\d\d)")
_WEEK = re.compile(r"(?:KW\s*(\d{1,2})|(\d{1,2})\.?\s*KW)[\s./-]*(\d{4}|\d{2})", re.IGNORECASE)
_MONTH = re.compile(r"(?:([^\W\d_]+)\.?\s*|(\d{1,2})\s*[./]\s*)(\d{4}|\d{2})")

Days = DaySpan | ProblemCode | None


def read_days(cell: Cell, *, is_1904: bool = False, year: int | None = None) -> Days:
    """The day or days of a cell: a date cell, a serial number, or text such as "Fr, 21.04.2022".

    Also spans ("01.03.-15.03.2022"), calendar weeks ("KW 12/2022") and months ("März 2022"), which stand for
    all their days. `year` completes days written without one.
    """
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return DaySpan(day, day)
    if isinstance(cell, (bool, time, timedelta)):
        return ProblemCode.NOT_A_DATE
    if isinstance(cell, (int, float)):
        return _counted_day(cell, is_1904)
    text = words_of(cell)
    if text in ERRORS:
        return ProblemCode.FORMULA_ERROR
    return _written_days(text, is_1904, year) if text else None


def _counted_day(number: float, is_1904: bool) -> Days:
    if FIRST_SERIAL <= number <= LAST_SERIAL:
        day = (_EPOCH_1904 if is_1904 else _EPOCH_1900) + timedelta(days=int(number))
        return DaySpan(day, day)
    if 19_000_000 <= number <= 22_000_000 and number == int(number):
        year, rest = divmod(int(number), 10_000)
        return _one(calendar_day(year, *divmod(rest, 100)))
    return ProblemCode.NOT_A_DATE


def _one(day: date | None) -> Days:
    return DaySpan(day, day) if day else ProblemCode.IMPOSSIBLE_DATE


def _written_days(text: str, is_1904: bool, year: int | None) -> Days:
    text = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text
    text = _TIME_OF_DAY.sub("", text)
    if text.isdecimal() and len(text) < 10:
        return _counted_day(int(text), is_1904)
    if found := _ISO.fullmatch(text):
        return _one(calendar_day(int(found[1]), int(found[2]), int(found[3])))
    if found := _SPAN.fullmatch(text):
        return _written_span(found, year)
    if found := _GERMAN.fullmatch(text):
        return _german_day(found, year)
    if found := _ISO_SPAN.fullmatch(text):
        return _ordered(calendar_iso(found[1]), calendar_iso(found[2]))
    return _week_or_month(text) or _named_day(text, year)


def _german_day(found: re.Match[str], year: int | None) -> Days:
    if not found[3] and year is None:
        # "03/2022" is a month and has its own shape; a day without a year says too little
        return ProblemCode.NO_YEAR if int(found[2]) <= 12 else ProblemCode.IMPOSSIBLE_DATE
    return _one(calendar_day(full_year(found[3]) if found[3] else year or 0, int(found[2]), int(found[1])))


def calendar_iso(text: str) -> date | None:
    """A day as "2022-04-21", or None when the calendar has no such day."""
    year, month, day = text.split("-")
    return calendar_day(int(year), int(month), int(day))


def _written_span(found: re.Match[str], year: int | None) -> Days:
    """Both days; what the first leaves out it takes from the last."""
    if not found[6] and year is None:
        return ProblemCode.NO_YEAR
    last_year = full_year(found[6]) if found[6] else year or 0
    first_year = full_year(found[3]) if found[3] else last_year
    first = calendar_day(first_year, int(found[2] or found[5]), int(found[1]))
    return _ordered(first, calendar_day(last_year, int(found[5]), int(found[4])))


def _ordered(first: date | None, last: date | None) -> Days:
    if first is None or last is None:
        return ProblemCode.IMPOSSIBLE_DATE
    return DaySpan(first, last) if first <= last else ProblemCode.END_BEFORE_START


def _week_or_month(text: str) -> Days:
    if found := _WEEK.fullmatch(text):
        try:
            monday = date.fromisocalendar(full_year(found[3]), int(found[1] or found[2]), 1)
        except ValueError:
            return ProblemCode.IMPOSSIBLE_DATE
        return DaySpan(monday, monday + timedelta(days=6))
    if found := _MONTH.fullmatch(text):
        month = MONTHS.get(text_key(found[1])) if found[1] else int(found[2])
        if month is not None:
            return _whole_month(full_year(found[3]), month)
    return None


def _whole_month(year: int, month: int) -> Days:
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return ProblemCode.IMPOSSIBLE_DATE
    return DaySpan(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _named_day(text: str, year: int | None) -> Days:
    found = _NAMED.fullmatch(text)
    month = MONTHS.get(text_key(found[2])) if found else None
    if found is None or month is None:
        return ProblemCode.NOT_A_DATE
    if not found[3] and year is None:
        return ProblemCode.NO_YEAR
    return _one(calendar_day(full_year(found[3]) if found[3] else year or 0, month, int(found[1])))


# ---- numbers ----

_UNIT = (
    r"(?:tn|teilnehme(?:r|nde)n?(?:[:*/_-]?in(?:nen)?)?|pers(?:on(?:en)?)?\.?|leute|partner|kp|p\.?|x|mal|stk\.?"
    r"|stück|familien?mitglieder)"
)
_NUMBER = re.compile(rf"([+-]?)(\d[\d.]*)(?:,(\d+))?\s*{_UNIT}?", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_INEXACT = re.compile(
    r"(?:ca|circa|zirka|etwa|rund|ungefähr|mind(?:estens|\.)|max(?:imal|\.)|über|bis(?: zu)?|[~≈<>]).*\d.*"
    r"|\d+\s*(?:-|–|/|bis|oder)\s*\d+.*|\d+\s*[+?].*|(?:mehrere|viele|einige|diverse|versch)\b.*",
    re.IGNORECASE,
)

WholeNumber = int | ProblemCode | None


def read_whole_number(cell: Cell) -> WholeNumber:
    """A whole number, 0 or more: 2, "2,0", "1.200", "2 TN". About three ("ca. 3") is no number."""
    if isinstance(cell, (bool, date, time, timedelta)):
        return ProblemCode.NOT_A_NUMBER
    if isinstance(cell, (int, float)):
        return _whole(Decimal(str(cell)))
    text = words_of(cell)
    if not text:
        return None
    number = _decimal(text)
    return number if isinstance(number, ProblemCode) else _whole(number)


def _decimal(text: str) -> Decimal | ProblemCode:
    """A number with decimal comma, grouped or not; a single point may stand for the comma ("2.5")."""
    if text in ERRORS:
        return ProblemCode.FORMULA_ERROR
    found = _NUMBER.fullmatch(text.replace("\u2212", "-"))
    if not found:
        return ProblemCode.INEXACT if _INEXACT.fullmatch(text) else ProblemCode.NOT_A_NUMBER
    sign, whole, decimals = found[1], found[2], found[3]
    if _GROUPED.fullmatch(whole):
        whole = whole.replace(".", "")
    elif "." in whole and (decimals or whole.count(".") > 1 or whole.endswith(".")):
        return ProblemCode.NOT_A_NUMBER
    return Decimal(f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}")


def _whole(number: Decimal) -> WholeNumber:
    if not number.is_finite():
        return ProblemCode.NOT_A_NUMBER
    if number < 0:
        return ProblemCode.NEGATIVE
    if number != number.to_integral_value():
        return ProblemCode.NOT_WHOLE
    return int(number) if number < 10**9 else ProblemCode.TOO_LARGE


# ---- durations ----

_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?\s*(?:h|std\.?|stunden?)?", re.IGNORECASE)
_AMOUNT = r"(\d+(?:[.,]\d+)?)"
_HOURS_MINUTES = re.compile(
    rf"(?:{_AMOUNT}\s*(?:h|stdn?\.?|stunden?))?\s*(?:und\s*)?(?:{_AMOUNT}\s*(?:m|min\.?|mins|minuten?|'))?",
    re.IGNORECASE,
)
_HOURS_GLUED = re.compile(r"(\d{1,2})h(\d{2})", re.IGNORECASE)

Minutes = int | ProblemCode | None


def read_minutes(cell: Cell, *, in_hours: bool) -> Minutes:
    """Minutes from a time cell, a number in the column's unit, or text with its own unit ("1,5 Std", "1:30").

    Hours are rounded to the nearest minute, halves up; minutes must be whole.
    """
    if isinstance(cell, bool):
        return ProblemCode.NOT_A_DURATION
    if isinstance(cell, (time, timedelta, date)):
        return _timed_minutes(cell)
    if isinstance(cell, (int, float)):
        return _in_unit(Decimal(str(cell)), in_hours)
    text = words_of(cell).replace("½", ",5")
    if not text:
        return None
    text = f"0{text}" if text.startswith(",") else text
    return _written_minutes(text, in_hours)


def _timed_minutes(cell: time | timedelta | date) -> Minutes:
    """A time of day stands for a duration; a day near the beginning of the count for more than 24 hours."""
    if isinstance(cell, time):
        span = timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second)
    elif isinstance(cell, timedelta):
        span = cell
    else:
        moment = cell if isinstance(cell, datetime) else datetime(cell.year, cell.month, cell.day)
        if moment.year not in {1899, 1900, 1904}:
            return ProblemCode.NOT_A_DURATION
        span = moment - (datetime(1904, 1, 1) if moment.year == 1904 else datetime(1899, 12, 31))
    if span < timedelta(0):
        return ProblemCode.NEGATIVE
    return _rounded(Decimal(span // timedelta(seconds=1)) / 60)


def _written_minutes(text: str, in_hours: bool) -> Minutes:
    if text in ERRORS:
        return ProblemCode.FORMULA_ERROR
    if found := _CLOCK.fullmatch(text):
        return _rounded(int(found[1]) * 60 + int(found[2]) + Decimal(found[3] or 0) / 60)
    if found := _HOURS_GLUED.fullmatch(text):
        return int(found[1]) * 60 + int(found[2])
    if found := _HOURS_MINUTES.fullmatch(text):
        hours, minutes = (Decimal((amount or "0").replace(",", ".")) for amount in found.groups())
        rest = _whole(minutes)
        return _rounded(hours * 60 + rest) if isinstance(rest, int) else rest
    number = _decimal(text)
    if isinstance(number, ProblemCode):
        return ProblemCode.NOT_A_DURATION if number is ProblemCode.NOT_A_NUMBER else number
    return _in_unit(number, in_hours)


def _in_unit(amount: Decimal, in_hours: bool) -> Minutes:
    if not in_hours:
        return _whole(amount)
    if not amount.is_finite():
        return ProblemCode.NOT_A_DURATION
    return ProblemCode.NEGATIVE if amount < 0 else _rounded(amount * 60)


def _rounded(minutes: Decimal) -> Minutes:
    return int(minutes.quantize(Decimal(1), ROUND_HALF_UP)) if minutes < 10**9 else ProblemCode.TOO_LARGE


# ---- several words ----

SEPARATORS = (
    re.compile(r"\s*[;\n\r|]+\s*"),
    re.compile(r"\s*,\s*"),
    re.compile(r"\s+(?:und|u\.)\s+"),
    re.compile(r"\s*[/+&]\s*"),
)
"""From the strongest to the weakest; a weaker one may be part of a name ("Schule/Kita")."""


def split_values(text: str, strength: int = 0) -> list[str]:
    """The parts of a cell at one separator; none is empty."""
    return [part for part in SEPARATORS[strength].split(text.strip()) if part]
