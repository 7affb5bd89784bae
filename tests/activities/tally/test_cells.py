"""A cell that is stored is the same cell afterwards; one that is typed anew says the same."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.activities.days import DaySpan
from kimwerk.activities.tally.values import read_days, read_minutes, read_whole_number
from kimwerk.kernel.sheets import Cell, cell_text, cells_from_json, cells_to_json

CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(timedelta(0), timedelta(days=1000)),
)


@given(cells=st.lists(CELLS))
def test_a_stored_row_comes_back_without_the_empty_cells_at_its_end(cells: list[Cell]) -> None:
    while cells and cells[-1] is None:
        cells.pop()
    again = cells_from_json(json.loads(cells_to_json(cells)))
    assert again == cells
    assert [type(cell) for cell in again] == [type(cell) for cell in cells]


def test_what_no_database_takes_is_left_out() -> None:
    stored = cells_to_json(["a\0b", float("inf"), float("nan"), "\\u0000"])
    assert json.loads(stored) == ["ab", "inf", "nan", "\\u0000"]


@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_typed_anew_is_the_same_day(day: date) -> None:
    assert read_days(cell_text(day)) == DaySpan(day, day)


@given(number=st.integers(0, 99_999))
def test_a_number_typed_anew_is_the_same_number(number: int) -> None:
    assert read_whole_number(cell_text(number)) == number
    assert read_whole_number(cell_text(float(number))) == number


@given(minutes=st.integers(0, 6000))
def test_a_duration_typed_anew_is_the_same_duration(minutes: int) -> None:
    assert read_minutes(cell_text(timedelta(minutes=minutes)), in_hours=False) == minutes


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("Hennef", "Hennef"),
        (1.5, "1,5"),
        (1234.0, "1234"),
        (-4, "-4"),
        (time(1, 30), "01:30"),
        (timedelta(hours=30, seconds=5), "30:00:05"),
        (date(2022, 4, 1), "01.04.2022"),
        (datetime(2022, 4, 1), "01.04.2022"),
        (datetime(2022, 4, 1, 9, 5), "01.04.2022 09:05"),
    ],
)
def test_cells_read_as_in_germany(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text
