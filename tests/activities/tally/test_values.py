"""Cells are read tolerantly in form and strictly in meaning."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.activities.days import DaySpan
from kimwerk.activities.tally import ProblemCode
from kimwerk.activities.tally.values import read_days, read_minutes, read_whole_number, split_values, words_of
from kimwerk.kernel.sheets import Cell

APRIL_21 = DaySpan(date(2022, 4, 21), date(2022, 4, 21))


@pytest.mark.parametrize(
    "cell",
    [
        date(2022, 4, 21),
        datetime(2022, 4, 21, 10, 30),
        44672,
        44672.0,
        44672.4375,
        20220421.0,
        "44672",
        "21.4.22",
        "21.04.2022",
        " 21.04.2022 ",
        "21. 4. 2022",
        "21/04/2022",
        "21-04-2022",
        "2022-04-21",
        "2022-04-21T10:30:00",
        "21.04.2022 10:30",
        "Do, 21.04.2022",
        "Donnerstag 21.4.2022",
        "21. April 2022",
        "21. Apr. 22",
        "20220421",
    ],
)
def test_one_day_in_many_forms(cell: Cell) -> None:
    assert read_days(cell) == APRIL_21


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("01.03.-15.03.2022", date(2022, 3, 1), date(2022, 3, 15)),
        ("01.-15.03.2022", date(2022, 3, 1), date(2022, 3, 15)),
        ("1.3. bis 15.3.22", date(2022, 3, 1), date(2022, 3, 15)),
        ("01.03.2022 – 15.03.2022", date(2022, 3, 1), date(2022, 3, 15)),
        ("28.12.2021-03.01.2022", date(2021, 12, 28), date(2022, 1, 3)),
        ("21./22.04.2022", date(2022, 4, 21), date(2022, 4, 22)),
        ("2022-03-01 bis 2022-03-15", date(2022, 3, 1), date(2022, 3, 15)),
        ("KW 12/2022", date(2022, 3, 21), date(2022, 3, 27)),
        ("12. KW 2022", date(2022, 3, 21), date(2022, 3, 27)),
        ("März 2022", date(2022, 3, 1), date(2022, 3, 31)),
        ("02/2024", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_spans_of_days(cell: str, first: date, last: date) -> None:
    assert read_days(cell) == DaySpan(first, last)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31.02.2022", ProblemCode.IMPOSSIBLE_DATE),
        ("29.02.2022", ProblemCode.IMPOSSIBLE_DATE),
        ("04/21/2022", ProblemCode.IMPOSSIBLE_DATE),
        ("2022-13-01", ProblemCode.IMPOSSIBLE_DATE),
        ("13/2022", ProblemCode.IMPOSSIBLE_DATE),
        ("KW 54/2022", ProblemCode.IMPOSSIBLE_DATE),
        (20220231, ProblemCode.IMPOSSIBLE_DATE),
        ("15.03.-01.03.2022", ProblemCode.END_BEFORE_START),
        ("21.4.", ProblemCode.NO_YEAR),
        ("21. April", ProblemCode.NO_YEAR),
        ("1.-3.4.", ProblemCode.NO_YEAR),
        ("gestern", ProblemCode.NOT_A_DATE),
        ("laufend", ProblemCode.NOT_A_DATE),
        (12, ProblemCode.NOT_A_DATE),
        (float("nan"), ProblemCode.NOT_A_DATE),
        (True, ProblemCode.NOT_A_DATE),
        (time(1, 30), ProblemCode.NOT_A_DATE),
        ("#REF!", ProblemCode.FORMULA_ERROR),
    ],
)
def test_what_is_no_day(cell: Cell, code: ProblemCode) -> None:
    assert read_days(cell) is code


@pytest.mark.parametrize("read", [read_days, read_whole_number, lambda cell: read_minutes(cell, in_hours=False)])
@pytest.mark.parametrize("cell", [None, "", "  ", "-", "–", "k.A.", "\u00a0"])
def test_nothing_is_nothing(read: object, cell: Cell) -> None:
    assert callable(read)
    assert read(cell) is None


def test_a_year_can_be_given_for_days_without_one() -> None:
    assert read_days("21.4.", year=2022) == APRIL_21
    assert read_days("21. April", year=2022) == APRIL_21
    assert read_days("31.2.", year=2022) is ProblemCode.IMPOSSIBLE_DATE


def test_serial_numbers_count_from_1900_or_1904() -> None:
    assert read_days(44672) == APRIL_21
    assert read_days(43210, is_1904=True) == APRIL_21


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    for cell in (day, serial, float(serial), f"{day:%d.%m.%Y}", day.isoformat(), f"{day:%d/%m/%Y}", serial - 1462):
        assert read_days(cell, is_1904=cell == serial - 1462) == DaySpan(day, day)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(1, 400))
def test_every_span_is_read_back(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    assert read_days(f"{first:%d.%m.%Y}-{last:%d.%m.%Y}") == DaySpan(first, last)
    if first.year == last.year:
        assert read_days(f"{first:%d.%m.}-{last:%d.%m.%Y}") == DaySpan(first, last)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (2, 2),
        (2.0, 2),
        (0, 0),
        ("2", 2),
        ("2,0", 2),
        ("2.0", 2),
        ("1.200", 1200),
        ("1.200,0", 1200),
        ("2 TN", 2),
        ("2tn", 2),
        ("12 Teilnehmer:innen", 12),
        ("12 Teilnehmende", 12),
        ("3 Personen", 3),
        ("3 Pers.", 3),
        ("+3", 3),
    ],
)
def test_whole_numbers(cell: Cell, number: int) -> None:
    assert read_whole_number(cell) == number


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("ca. 3", ProblemCode.INEXACT),
        ("ca 3", ProblemCode.INEXACT),
        ("~3", ProblemCode.INEXACT),
        ("3-4", ProblemCode.INEXACT),
        ("3 bis 4", ProblemCode.INEXACT),
        ("3+", ProblemCode.INEXACT),
        ("3?", ProblemCode.INEXACT),
        ("> 10", ProblemCode.INEXACT),
        ("mehrere", ProblemCode.INEXACT),
        ("-3", ProblemCode.NEGATIVE),
        ("\u22123", ProblemCode.NEGATIVE),
        (-1.0, ProblemCode.NEGATIVE),
        ("2,5", ProblemCode.NOT_WHOLE),
        ("2.5", ProblemCode.NOT_WHOLE),
        (2.5, ProblemCode.NOT_WHOLE),
        ("zwei", ProblemCode.NOT_A_NUMBER),
        ("=2+3", ProblemCode.NOT_A_NUMBER),
        ("1.2.3", ProblemCode.NOT_A_NUMBER),
        ("2 (1w, 1m)", ProblemCode.NOT_A_NUMBER),
        (True, ProblemCode.NOT_A_NUMBER),
        (date(2022, 4, 21), ProblemCode.NOT_A_NUMBER),
        (float("inf"), ProblemCode.NOT_A_NUMBER),
        (1e12, ProblemCode.TOO_LARGE),
        ("#NV", ProblemCode.FORMULA_ERROR),
    ],
)
def test_what_is_no_whole_number(cell: Cell, code: ProblemCode) -> None:
    assert read_whole_number(cell) is code


@given(st.integers(0, 999_999_999))
def test_every_number_is_read_back(number: int) -> None:
    grouped = f"{number:,}".replace(",", ".")
    for cell in (number, float(number), str(number), grouped, f"{grouped},00", f"{number} TN"):
        assert read_whole_number(cell) == number


@pytest.mark.parametrize(
    ("cell", "in_minutes", "in_hours"),
    [
        (90, 90, 5400),
        (1.5, ProblemCode.NOT_WHOLE, 90),
        ("90", 90, 5400),
        ("1,5", ProblemCode.NOT_WHOLE, 90),
        ("0,33", ProblemCode.NOT_WHOLE, 20),
        ("½", ProblemCode.NOT_WHOLE, 30),
        ("1½", ProblemCode.NOT_WHOLE, 90),
        ("-5", ProblemCode.NEGATIVE, ProblemCode.NEGATIVE),
        (-5, ProblemCode.NEGATIVE, ProblemCode.NEGATIVE),
        ("ca. 30", ProblemCode.INEXACT, ProblemCode.INEXACT),
        ("lang", ProblemCode.NOT_A_DURATION, ProblemCode.NOT_A_DURATION),
        (True, ProblemCode.NOT_A_DURATION, ProblemCode.NOT_A_DURATION),
        (date(2022, 4, 21), ProblemCode.NOT_A_DURATION, ProblemCode.NOT_A_DURATION),
        (float("nan"), ProblemCode.NOT_A_NUMBER, ProblemCode.NOT_A_DURATION),
        ("#DIV/0!", ProblemCode.FORMULA_ERROR, ProblemCode.FORMULA_ERROR),
    ],
)
def test_durations_in_the_unit_of_the_column(
    cell: Cell, in_minutes: int | ProblemCode, in_hours: int | ProblemCode
) -> None:
    assert read_minutes(cell, in_hours=False) == in_minutes
    assert read_minutes(cell, in_hours=True) == in_hours


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        (time(1, 30), 90),
        (timedelta(hours=30), 1800),
        (datetime(1900, 1, 1, 1, 30), 25 * 60 + 30),
        (datetime(1904, 1, 2, 1, 30), 25 * 60 + 30),
        ("1:30", 90),
        ("01:30:00", 90),
        ("0:00:30", 1),
        ("1:30 h", 90),
        ("1,5 Std", 90),
        ("1,5 Std.", 90),
        ("1.5h", 90),
        ("½ Std.", 30),
        ("90 Min.", 90),
        ("90min", 90),
        ("30'", 30),
        ("1h30", 90),
        ("1 Std. 30 Min.", 90),
        ("1 Stunde und 30 Minuten", 90),
    ],
)
def test_durations_that_say_their_unit(cell: Cell, minutes: int) -> None:
    assert read_minutes(cell, in_hours=False) == minutes
    assert read_minutes(cell, in_hours=True) == minutes


@given(st.integers(0, 23 * 60 + 59))
def test_every_duration_is_read_back(minutes: int) -> None:
    hours, rest = divmod(minutes, 60)
    for cell in (
        minutes,
        time(hours, rest),
        timedelta(minutes=minutes),
        f"{hours}:{rest:02}",
        f"{hours} Std {rest} min",
    ):
        assert read_minutes(cell, in_hours=False) == minutes


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.booleans(), st.datetimes(), st.times()))
def test_any_cell_is_read_or_refused(cell: Cell) -> None:
    assert isinstance(read_days(cell), (DaySpan, ProblemCode, type(None)))
    assert isinstance(read_whole_number(cell), (int, ProblemCode, type(None)))
    for in_hours in (True, False):
        assert isinstance(read_minutes(cell, in_hours=in_hours), (int, ProblemCode, type(None)))


def test_several_words_are_split_at_one_strength_after_the_other() -> None:
    text = "Wohnen; Schule/Kita,\nArbeit und Studium"
    assert split_values(text) == ["Wohnen", "Schule/Kita,", "Arbeit und Studium"]
    assert split_values("Schule/Kita,", 1) == ["Schule/Kita"]
    assert split_values("Schule/Kita und Arbeit", 2) == ["Schule/Kita", "Arbeit"]
    assert split_values("Schule/Kita", 3) == ["Schule", "Kita"]
    assert split_values("Arbeit und Studium", 2) == ["Arbeit", "Studium"]
    assert split_values("Hund", 2) == ["Hund"]


def test_the_words_of_a_whole_number_have_no_decimals() -> None:
    assert words_of(4711.0) == "4711"
    assert words_of(2.5) == "2.5"
