"""Days and numbers inside a line of text, found at a given place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from kimwerk.activities.days import (
    DAYS_AGO,
    WEEKDAYS,
    DaySpan,
    calendar_day,
    full_year,
    last_weekday,
    latest_day,
)
from kimwerk.activities.types import ShorthandField
from kimwerk.kernel.names import text_key

MOST_MINUTES = 24 * 60
MOST_PEOPLE = 9_999
MOST_LIKE_ACTIVITIES = 100
LONGEST_CLOCK_HOURS = 12
""" "1:30" is an hour and a half; "14:30" is rather a time of day, and is left for the user to mend."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """text[start:end] is a day or number for one of `fields`; a value of None means it cannot be one."""

    start: int
    end: int
    fields: tuple[ShorthandField, ...]
    value: date | DaySpan | int | None
    is_bare: bool = False


_END = r"(?![^\W_])"
_DAY_END = r"(?!\.?[^\W_])"
_ISO = re.compile(rf"(\d{{4}})-(\d\d)-(\d\d){_END}")
_GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})(?:\.(\d{4}|\d{2})(?!\d)|\.)?" + _DAY_END)
_SPAN = re.compile(
    r"(\d{1,2})\.(?:(\d{1,2})\.(\d{4}|\d{2})?)?\s?(?:-|–|bis)\s?"
    r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2})(?!\d)|\.)?" + _DAY_END
)
_NAMED = re.compile(r"(?:(letzte[nrm]?|vergangene[nrm]?)\s+)?([^\W\d_]+)" + _END + r"\.?", re.IGNORECASE)

_HOURS_MINUTES = re.compile(
    rf"(\d{{1,2}})\s?(?:h|std\.?|stunden?)(?:(\d{{1,2}})|\s?(\d{{1,2}})\s?(?:m|min\.?|minuten?)){_END}",
    re.IGNORECASE,
)
_CLOCK = re.compile(rf"(\d{{1,2}}):([0-5]\d)(?:\s?(?:h|std\.?|stunden?))?{_END}", re.IGNORECASE)
_WITH_UNIT = re.compile(
    rf"(\d{{1,5}}(?:[.,]\d{{1,2}})?)\s?(?:([^\W\d_]+)(?:[:*/_-]+in(?:nen)?)?|(['’×])){_END}", re.IGNORECASE
)
_BARE = re.compile(rf"\d{{1,6}}(?:[.,]\d+)?{_END}")

_UNITS = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minuten", "'", "’"), ShorthandField.MINUTES),
    **dict.fromkeys(
        (
            *("tn", "teilnehmer", "teilnehmerin", "teilnehmerinnen", "teilnehmende", "teilnehmenden"),
            *("pers", "person", "personen", "leute", "ratsuchende", "ratsuchenden"),
        ),
        ShorthandField.PARTICIPANTS_TARGET,
    ),
    **dict.fromkeys(
        (
            *("p", "partner", "partnerin", "partnerinnen", "partnern"),
            *("kp", "kooperationspartner", "kooperationspartnerinnen", "fachkraefte", "akteure"),
        ),
        ShorthandField.PARTICIPANTS_PARTNER,
    ),
    **dict.fromkeys(("x", "×", "mal"), ShorthandField.COUNT),
}
_HOURS = frozenset({"h", "std", "stdn", "stunde", "stunden"})
_MOST = {
    ShorthandField.MINUTES: MOST_MINUTES,
    ShorthandField.PARTICIPANTS_TARGET: MOST_PEOPLE,
    ShorthandField.PARTICIPANTS_PARTNER: MOST_PEOPLE,
    ShorthandField.COUNT: MOST_LIKE_ACTIVITIES,
}
_SPOKEN_MINUTES = {
    "viertelstunde": 15,
    "halbe stunde": 30,
    "dreiviertelstunde": 45,
    "eine stunde": 60,
    "anderthalb stunden": 90,
}
_SPOKEN = re.compile(
    r"(?:eine\s+)?(viertelstunde|halbe\s+stunde|dreiviertelstunde)"
    + _END
    + r"|(eine\s+stunde|anderthalb\s+stunden)"
    + _END,
    re.IGNORECASE,
)


def find_day(text: str, at: int, today: date) -> Quantity | None:
    """A day or a span of days that begins at `at`; its value is None when the calendar has no such day."""
    if found := _SPAN.match(text, at):
        span = _span(found, today)
        return Quantity(at, found.end(), (ShorthandField.PERIOD,), span)
    if found := _ISO.match(text, at):
        return _day(found, calendar_day(int(found[1]), int(found[2]), int(found[3])))
    if found := _GERMAN.match(text, at):
        if _is_followed_by_hours(text, found.end()):
            return None
        return _day(found, _written_day(found[1], found[2], found[3], today))
    return _named_day(text, at, today)


def _is_followed_by_hours(text: str, at: int) -> bool:
    """ "1.5 h" is a duration, not the first of May."""
    unit = re.compile(r"\s?([^\W\d_]+)").match(text, at)
    return bool(unit and unit[1].lower() in _HOURS)


def _day(found: re.Match[str], value: date | None) -> Quantity:
    return Quantity(found.start(), found.end(), (ShorthandField.DAY,), value)


def _written_day(day: str, month: str, year: str | None, today: date) -> date | None:
    if year:
        return calendar_day(full_year(year), int(month), int(day))
    return latest_day(int(day), int(month), today)


def _span(found: re.Match[str], today: date) -> DaySpan | None:
    """Both days; what the first leaves out it takes from the last."""
    last = _written_day(found[4], found[5], found[6], today)
    if last is None:
        return None
    month, year = found[2] or found[5], found[3]
    first = (
        calendar_day(full_year(year), int(month), int(found[1]))
        if year
        else latest_day(int(found[1]), int(month), last)
    )
    return DaySpan(first, last) if first and first <= last else None


def _named_day(text: str, at: int, today: date) -> Quantity | None:
    found = _NAMED.match(text, at)
    if not found:
        return None
    word = text_key(found[2])
    if word in DAYS_AGO and not found[1]:
        return _day(found, today - timedelta(days=DAYS_AGO[word]))
    if word in WEEKDAYS:
        return _day(found, last_weekday(today - timedelta(days=bool(found[1])), WEEKDAYS[word]))
    return None


def find_number(text: str, at: int) -> Quantity | None:
    """A number with its unit that begins at `at`; a bare one is for the target group first."""
    found = _duration(text, at) or _with_unit(text, at) or _bare(text, at)
    if found and _has_minus(text, at):
        return Quantity(at - 1, found.end, found.fields, None, found.is_bare)
    return found


def _has_minus(text: str, at: int) -> bool:
    return at > 0 and text[at - 1] in "-−" and (at == 1 or text[at - 2].isspace())


def _duration(text: str, at: int) -> Quantity | None:
    if found := _HOURS_MINUTES.match(text, at):
        return _minutes(found, int(found[1]) * 60 + int(found[2] or found[3]))
    if found := _CLOCK.match(text, at):
        minutes = int(found[1]) * 60 + int(found[2])
        return _minutes(found, minutes if minutes <= LONGEST_CLOCK_HOURS * 60 else None)
    if found := _SPOKEN.match(text, at):
        return _minutes(found, _SPOKEN_MINUTES[" ".join((found[1] or found[2]).lower().split())])
    return None


def _minutes(found: re.Match[str], minutes: int | None) -> Quantity:
    return _within(found, ShorthandField.MINUTES, minutes)


def _within(found: re.Match[str], place: ShorthandField, value: int | None) -> Quantity:
    fits = value is not None and value <= _MOST[place]
    return Quantity(found.start(), found.end(), (place,), value if fits else None)


def _with_unit(text: str, at: int) -> Quantity | None:
    found = _WITH_UNIT.match(text, at)
    if not found:
        return None
    unit = text_key(found[2]) if found[2] else found[3]
    amount = Decimal(found[1].replace(",", "."))
    if unit in _HOURS:
        return _minutes(found, int((amount * 60).quantize(Decimal(1), ROUND_HALF_UP)))
    if place := _UNITS.get(unit):
        return _within(found, place, int(amount) if amount == int(amount) else None)
    return None


def _bare(text: str, at: int) -> Quantity | None:
    found = _BARE.match(text, at)
    if not found:
        return None
    value = int(found[0]) if found[0].isdecimal() and int(found[0]) <= MOST_PEOPLE else None
    fields = (ShorthandField.PARTICIPANTS_TARGET, ShorthandField.PARTICIPANTS_PARTNER, ShorthandField.MINUTES)
    return Quantity(at, found.end(), fields, value, is_bare=True)
