"""Public holidays of North Rhine-Westphalia, as the calendars print them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.kernel.holidays import easter, holidays_of, is_holiday


@pytest.mark.parametrize(
    "day",
    ["1818-03-22", "1954-04-18", "1961-04-02", "1981-04-19", "2000-04-23", "2019-04-21", "2024-03-31", "2038-04-25"],
)
def test_easter_falls_where_the_tables_have_it(day: str) -> None:
    assert easter(int(day[:4])) == date.fromisoformat(day)


@given(st.integers(1583, 4000))
def test_easter_is_a_sunday_between_22_march_and_25_april(year: int) -> None:
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


def test_a_year_has_the_holidays_of_its_calendar() -> None:
    printed = "01-01 04-15 04-17 04-18 05-01 05-26 06-05 06-06 06-16 10-03 11-01 12-25 12-26"  # 2022
    assert sorted(holidays_of(2022)) == [date.fromisoformat(f"2022-{day}") for day in printed.split()]
    assert not is_holiday(date(2022, 10, 31))  # Reformation Day is none in this Land
    assert not is_holiday(date(2022, 4, 15) + timedelta(days=1))
