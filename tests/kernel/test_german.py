"""German numbers and days, there and back."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.kernel import german
from kimwerk.kernel.german import DayError, DayProblem, NumberError, NumberProblem


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1233, "1.233"),
        (0, "0"),
        (-1234567, "-1.234.567"),
        (Decimal("424856.23"), "424.856,23"),
        (Decimal("2.50"), "2,50"),
        (Decimal("2E+3"), "2.000"),
    ],
)
def test_a_number_has_points_by_thousands_and_a_comma(value: int | Decimal, text: str) -> None:
    assert german.number(value) == text


def test_a_number_is_rounded_half_up_to_the_places_asked_for() -> None:
    assert german.number(Decimal("2.665"), 2) == "2,67"
    assert german.number(Decimal("0.5"), 0) == "1"
    assert german.number(7, 2) == "7,00"
    assert german.number(Decimal("-0.004"), 2) == "0,00"


def test_what_is_no_number_cannot_be_shown_as_one() -> None:
    with pytest.raises(NumberError):
        german.number(Decimal("NaN"))


def test_a_percentage_does_not_break_before_its_sign() -> None:
    assert german.percent(Decimal("0.87")) == "87\u00a0%"
    assert german.percent(Decimal("0.2614"), 2) == "26,14\u00a0%"
    assert german.percent(Decimal("0.125")) == "13\u00a0%"
    assert german.percent(Decimal(1)) == "100\u00a0%"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.233,50", "1233.50"),
        ("1,5", "1.5"),
        ("1233", "1233"),
        ("1.233", "1233"),
        ("12.345.678", "12345678"),
        ("-5,00", "-5"),
        ("\u22125,00", "-5"),
        (" 7 \u00a0", "7"),
        ("007", "7"),
    ],
)
def test_german_numbers_are_read(text: str, value: str) -> None:
    assert german.parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", NumberProblem.EMPTY),
        ("  ", NumberProblem.EMPTY),
        ("1.5", NumberProblem.SEPARATORS),
        ("1,233.50", NumberProblem.SEPARATORS),
        ("12.34.567", NumberProblem.SEPARATORS),
        ("0.500", NumberProblem.SEPARATORS),
        ("1.2345", NumberProblem.SEPARATORS),
        (",5", NumberProblem.SEPARATORS),
        ("5,", NumberProblem.SEPARATORS),
        ("1 000", NumberProblem.NOT_A_NUMBER),
        ("zwei", NumberProblem.NOT_A_NUMBER),
        ("1e5", NumberProblem.NOT_A_NUMBER),
        ("--5", NumberProblem.NOT_A_NUMBER),
        ("-", NumberProblem.NOT_A_NUMBER),
        ("٣", NumberProblem.NOT_A_NUMBER),
        ("1" * 41, NumberProblem.TOO_LONG),
    ],
)
def test_what_is_no_german_number_is_refused_with_a_code(text: str, problem: NumberProblem) -> None:
    with pytest.raises(NumberError) as caught:
        german.parse_number(text)
    assert caught.value.problem is problem


def test_an_error_does_not_repeat_what_was_typed() -> None:
    with pytest.raises(DayError) as caught:
        german.parse_day("31.02.1962")
    assert "1962" not in str(caught.value)


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=4))
def test_a_written_number_reads_back_as_itself(value: Decimal) -> None:
    assert german.parse_number(german.number(value)) == value


@given(st.integers(min_value=-(10**20), max_value=10**20))
def test_a_written_whole_number_reads_back_as_itself(value: int) -> None:
    assert german.parse_number(german.number(value)) == value


@given(st.text(alphabet="0123456789.,-+ €eE\u2212", max_size=12) | st.text(max_size=50))
def test_reading_a_number_yields_a_finite_number_or_a_code(text: str) -> None:
    with suppress(NumberError):
        assert german.parse_number(text).is_finite()


def test_a_day_is_written_with_two_digits_and_four() -> None:
    assert german.day(date(2022, 4, 1)) == "01.04.2022"


@pytest.mark.parametrize("text", ["21.4.22", "21.04.2022", "2022-04-21", "21.4.2022", " 21. 4. 2022 ", "21.04.22"])
def test_days_are_read_as_people_type_them(text: str) -> None:
    assert german.parse_day(text) == date(2022, 4, 21)


def test_years_of_two_digits_run_from_1980_to_2079() -> None:
    assert german.parse_day("1.1.79") == date(2079, 1, 1)
    assert german.parse_day("1.1.80") == date(1980, 1, 1)
    assert german.parse_day("1.1.00") == date(2000, 1, 1)


def test_a_birthday_of_two_digits_does_not_lie_ahead() -> None:
    today = date(2022, 6, 1)
    assert german.parse_day("12.3.62", not_after=today) == date(1962, 3, 12)
    assert german.parse_day("1.6.22", not_after=today) == today
    assert german.parse_day("2.6.22", not_after=today) == date(1922, 6, 2)
    assert german.parse_day("12.3.2062", not_after=today) == date(2062, 3, 12)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", DayProblem.EMPTY),
        (" \t", DayProblem.EMPTY),
        ("morgen", DayProblem.NOT_A_DAY),
        ("21.4.", DayProblem.NOT_A_DAY),
        ("21/4/2022", DayProblem.NOT_A_DAY),
        ("2022-4-21", DayProblem.NOT_A_DAY),
        ("21.4.202", DayProblem.NOT_A_DAY),
        ("٢١.٤.٢٠٢٢", DayProblem.NOT_A_DAY),
        ("31.02.2022", DayProblem.NOT_IN_CALENDAR),
        ("29.02.2023", DayProblem.NOT_IN_CALENDAR),
        ("2022-13-01", DayProblem.NOT_IN_CALENDAR),
        ("01.01.0000", DayProblem.NOT_IN_CALENDAR),
    ],
)
def test_what_is_no_day_is_refused_with_a_code(text: str, problem: DayProblem) -> None:
    with pytest.raises(DayError) as caught:
        german.parse_day(text)
    assert caught.value.problem is problem


@given(st.dates())
def test_a_written_day_reads_back_as_itself(value: date) -> None:
    assert german.parse_day(german.day(value)) == value
    assert german.parse_day(value.isoformat()) == value


@given(st.text(alphabet="0123456789.- ", max_size=12) | st.text(max_size=20))
def test_reading_a_day_yields_a_day_or_a_code(text: str) -> None:
    with suppress(DayError):
        found = german.parse_day(text)
        assert f"{found.day}" in text
        assert f"{found.month}" in text
