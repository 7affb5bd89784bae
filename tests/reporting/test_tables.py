"""Figures as tables and files: sums that are sums, shares with a denominator, nothing that runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.kernel import german
from kimwerk.kernel.figures import (
    MISSING,
    Axis,
    Counted,
    Dimension,
    FigureQuery,
    FigureTable,
    Member,
    MemberKind,
    Value,
)
from kimwerk.kernel.hashing import content_hash
from kimwerk.kernel.periods import Period
from kimwerk.reporting.catalogue import figure
from kimwerk.reporting.selectors import figure_data, table_hash
from kimwerk.reporting.tables import lay_out
from kimwerk.reporting.wording import incomplete_label, notes_of, share_label, value_label, window_label
from kimwerk.reporting.writing import as_csv, as_text, as_workbook

WINDOW = Period.of_days(date(2022, 1, 1), date(2022, 4, 21))
KIND = Dimension("kind", "Art")
TOPIC = Dimension("topic", "Thema", is_multiple=True)
MONTH = Dimension("month", "Monat", MemberKind.TIME)


def table_of(
    axes: tuple[Axis, ...], cells: Mapping[tuple[str, ...], Value], total: Value, key: str = "activities"
) -> FigureTable[Actor]:
    query = FigureQuery(WINDOW, by=tuple(axis.dimension.key for axis in axes))
    return FigureTable(figure(key), query, Counted(axes, cells, total), date(2022, 5, 1))


def axis_of(dimension: Dimension, *labels: str) -> Axis:
    return Axis(dimension, tuple(Member(label.lower(), label) for label in labels))


@st.composite
def lists(draw: st.DrawFn) -> FigureTable[Actor]:
    counts = draw(st.lists(st.integers(0, 10**6), min_size=1, max_size=8))
    axis = axis_of(KIND, *(f"K{place}" for place in range(len(counts))))
    cells: dict[tuple[str, ...], Value] = {(f"k{place}",): count for place, count in enumerate(counts)}
    return table_of((axis,), cells, sum(counts))


@given(lists())
def test_rows_add_up_to_the_total_and_shares_to_the_whole(table: FigureTable[Actor]) -> None:
    layout = lay_out(table)
    assert layout.total is not None
    assert sum(int(line.cells[0].value or 0) for line in layout.lines) == layout.total.cells[0].value
    if table.counted.total:
        shares = [german.parse_number(line.cells[1].text.split("\u00a0")[0]) for line in layout.lines]
        assert abs(sum(shares) - 100) <= Decimal("0.05") * len(shares)
        assert layout.total.cells[1].text == "100,0\u00a0%"
    else:
        assert {line.cells[1].text for line in layout.lines} == {"–"}


@given(st.lists(st.lists(st.integers(0, 999), min_size=2, max_size=2), min_size=1, max_size=6))
def test_a_cross_table_is_summed_across_and_down(rows: list[list[int]]) -> None:
    down, across = axis_of(KIND, *(f"K{n}" for n in range(len(rows)))), axis_of(MONTH, "M0", "M1")
    cells: dict[tuple[str, ...], Value] = {
        (f"k{n}", f"m{m}"): value for n, row in enumerate(rows) for m, value in enumerate(row)
    }
    layout = lay_out(table_of((down, across), cells, sum(map(sum, rows))))
    assert layout.total is not None
    values = [[cell.value for cell in line.cells] for line in (*layout.lines, layout.total)]
    assert [row[-1] for row in values] == [sum(v for v in row[:-1] if isinstance(v, int)) for row in values]
    assert values[-1] == [sum(int(row[n] or 0) for row in values[:-1]) for n in range(len(values[0]))]


def test_where_several_members_may_apply_nothing_is_summed_over_them() -> None:
    cells: dict[tuple[str, ...], Value] = {("k1", "a"): 2, ("k1", "b"): 2}
    table = table_of((axis_of(KIND, "K1", "K2", "K3"), axis_of(TOPIC, "A", "B")), cells, 3)
    layout = lay_out(table)
    assert layout.columns == ("A", "B")
    assert layout.total is not None
    assert [cell.text for cell in layout.total.cells] == ["2", "2"]
    turned = lay_out(table_of((axis_of(TOPIC, "A", "B"), axis_of(KIND, "K1")), {("a", "k1"): 2}, 2))
    assert turned.total is None
    assert any("Thema" in note for note in notes_of(table))


def test_what_is_not_recorded_is_the_last_row_and_stays() -> None:
    axis = Axis(KIND, (Member(MISSING, "nicht erfasst"), Member("a", "A")))
    layout = lay_out(table_of((axis,), {("",): 1, ("a",): 2}, 3))
    assert [line.heading for line in layout.lines] == ["A", "nicht erfasst"]


def test_a_rate_has_no_shares_and_no_sum() -> None:
    table = table_of((axis_of(KIND, "A"),), {("a",): None}, Decimal("1.25"), "participants_per_activity")
    layout = lay_out(table)
    assert [cell.text for cell in layout.lines[0].cells] == ["–"]
    assert layout.total is not None
    assert layout.total.cells[0].text == "1,3"


def test_a_slice_that_is_covered_in_part_says_which_days() -> None:
    april = Member("2022-04", "April 2022", covered=Period.of_days(date(2022, 4, 1), date(2022, 4, 21)))
    table = table_of((Axis(MONTH, (april,)),), {("2022-04",): 5}, 5)
    assert incomplete_label(april) == "01.04.–21.04."
    assert lay_out(table).lines[0].remark == "01.04.–21.04."
    assert any("01.04.–21.04." in note for note in notes_of(table))


def test_a_share_states_what_it_is_of() -> None:
    table = table_of((axis_of(KIND, "A"),), {("a",): 1233}, 1233)
    assert any("1.233" in note for note in notes_of(table))


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(1, 3, "33,3\u00a0%"), (0, 5, "0,0\u00a0%"), (1, 0, "–"), (None, 5, "–"), (2, None, "–")],
)
def test_a_share_without_a_whole_cannot_be_told(part: Value, whole: Value, text: str) -> None:
    assert share_label(part, whole) == text


def test_numbers_and_windows_are_german() -> None:
    assert value_label(figure("activities"), 1233) == "1.233"
    assert value_label(figure("activities_per_fte_and_week"), Decimal("0.25")) == "0,3"
    assert window_label(WINDOW) == "01.01.2022 bis 21.04.2022"
    assert window_label(Period.of_days(date(2022, 1, 1), date(2022, 1, 1))) == "01.01.2022"


FORMULAS = ("=1+1", "+49", "-2", "@cmd", " =1", "\t=1", "|calc", "\uff1d1")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_file_holds_a_formula(text: str) -> None:
    table = table_of((Axis(Dimension("kind", "Art"), (Member("a", text),)),), {("a",): 1}, 1)
    rows = list(csv.reader(io.StringIO(as_csv(table).removeprefix("\ufeff")), delimiter=";"))
    assert rows[1][0].startswith("'")
    sheet = openpyxl.load_workbook(io.BytesIO(as_workbook(table))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_a_workbook_holds_numbers_and_its_definition() -> None:
    table = table_of((axis_of(KIND, "A"),), {("a",): 1233}, 1233)
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(table)))
    assert [cell.value for cell in book.worksheets[0]["B"]][1:] == [1233, 1233]
    about = [cell.value for cell in book.worksheets[1]["A"]]
    assert about[0] == str(table.figure.title)
    assert str(table.figure.counts) in str(about[3])


def test_a_csv_has_no_points_between_thousands() -> None:
    table = table_of((axis_of(KIND, "A"),), {("a",): 1233}, 1233)
    assert "A;1233;100,0" in as_csv(table)


def test_a_terminal_shows_definition_and_notes_under_the_numbers() -> None:
    text = as_text(table_of((axis_of(KIND, "A", "B"),), {("a",): 2, ("b",): 1}, 3))
    assert "01.01.2022 bis 21.04.2022" in text
    assert str(figure("activities").counts) in text
    assert len({len(line) for line in text.splitlines()[3:8]}) == 1


@given(lists())
def test_equal_answers_have_equal_hashes_and_changed_ones_others(table: FigureTable[Actor]) -> None:
    later = replace(table, counted_on=date(2030, 1, 1))
    assert table_hash(table) == table_hash(later)
    counted = replace(table.counted, total=int(table.counted.total or 0) + 1)
    assert table_hash(replace(table, counted=counted)) != table_hash(table)
    query = replace(table.query, organisation=7)
    assert table_hash(replace(table, query=query)) != table_hash(table)


MEMBER_KEYS = st.text(max_size=5)
CELLS = st.dictionaries(
    st.tuples(MEMBER_KEYS, MEMBER_KEYS),
    st.none() | st.integers() | st.decimals(allow_nan=False, allow_infinity=False, places=3),
)


@given(CELLS)
def test_the_check_sum_is_the_hash_of_the_data(cells: dict[tuple[str, ...], Value]) -> None:
    data = figure_data(table_of((axis_of(KIND, "A"), axis_of(TOPIC, "B")), cells, None))
    assert data.pop("hash") == content_hash(data)


def test_the_foot_of_a_table_sums_up_its_columns_and_says_nothing_where_a_part_is_hidden() -> None:
    """Of three dimensions the last one runs across; rows are laid out when they are looked at."""
    axes = (axis_of(KIND, "K1", "K2"), axis_of(Dimension("channel", "Kanal"), "C1", "C2"), axis_of(MONTH, "M1", "M2"))
    cells: dict[tuple[str, ...], Value] = {("k1", "c1", "m1"): 1, ("k2", "c2", "m1"): 2, ("k1", "c2", "m2"): None}
    layout = lay_out(table_of(axes, cells, None))
    assert [line.heading for line in layout.lines] == ["K1: C1", "K1: C2", "K2: C2"]
    assert [line.heading for line in layout.lines[1:]] == ["K1: C2", "K2: C2"]
    assert layout.total is not None
    assert [cell.value for cell in layout.total.cells] == [3, None, None]


def test_data_name_the_last_day_that_is_included() -> None:
    data = figure_data(table_of((axis_of(KIND, "A"),), {("a",): 1}, 1))
    assert data["window"] == {"from": date(2022, 1, 1), "to": date(2022, 4, 21)}
    assert set(data) >= {"key", "definition", "unit", "window", "dimensions", "cells", "hash"}
