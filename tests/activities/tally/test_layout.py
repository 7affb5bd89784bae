"""The table is found between titles, merged headers, blank rows and totals; no row is lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.activities.tally import SkipReason, find_layout, find_tally
from kimwerk.kernel.sheets import Cell, FileRefused, Refusal, Sheet, read_sheets

if TYPE_CHECKING:
    from tests.office_files import Offices

DAY = date(2022, 4, 21)
HEADER = ["Datum", "Art", "Kommune", "TN", "Dauer (Min.)"]


def sheet_of(rows: Sequence[Sequence[Cell]], name: str = "Tabelle1") -> Sheet:
    width = max((len(row) for row in rows), default=0)
    filled = [[*row, *[None] * (width - len(row))] for row in rows]
    return Sheet(name, len(rows), width, lambda: iter([list(row) for row in filled]))


def test_a_plain_table() -> None:
    tally = find_layout(sheet_of([HEADER, [DAY, "Workshop", "Hennef", 2, 30]]))
    assert tally.headers == tuple(HEADER)
    assert list(tally.rows()) == [(2, [DAY, "Workshop", "Hennef", 2, 30])]
    assert tally.skipped() == [(1, SkipReason.HEADER)]


def test_titles_and_blank_rows_above_the_header() -> None:
    rows = [["Berichtswesen KIM 2022"], ["Stand: 21.04.2022"], [], HEADER, [], [DAY, "Workshop", "Hennef", 2, 30]]
    tally = find_layout(sheet_of(rows))
    assert tally.headers == tuple(HEADER)
    assert [number for number, _ in tally.rows()] == [6]
    assert tally.skipped() == [
        (1, SkipReason.TITLE),
        (2, SkipReason.TITLE),
        (3, SkipReason.BLANK),
        (4, SkipReason.HEADER),
        (5, SkipReason.BLANK),
    ]


def test_two_header_rows_are_joined_below_a_merged_group() -> None:
    rows = [
        ["Datum", "Art", "Kommune", "Teilnehmende", None, "Dauer"],
        [None, None, None, "Zielgruppe", "Partner", "Min."],
        [DAY, "Workshop", "Hennef", 2, 1, 30],
    ]
    tally = find_layout(sheet_of(rows))
    assert tally.headers == (
        "Datum",
        "Art",
        "Kommune",
        "Teilnehmende Zielgruppe",
        "Teilnehmende Partner",
        "Dauer Min.",
    )
    assert tally.header_rows == (1, 2)


def test_a_group_above_the_header_row_counts_for_its_columns() -> None:
    rows = [
        ["Tätigkeiten der Case Manager"],
        [None, None, None, "Teilnehmende", None, None],
        ["Datum", "Art", "Kommune", "Zielgruppe", "Partner", "Minuten"],
        [DAY, "Workshop", "Hennef", 2, 1, 30],
    ]
    tally = find_layout(sheet_of(rows))
    assert tally.header_rows == (2, 3)
    assert tally.headers[3:5] == ("Teilnehmende Zielgruppe", "Teilnehmende Partner")


def test_merged_headers_of_a_real_workbook(offices: Offices) -> None:
    data = offices.xlsx(
        [[], [], [None, None, "Zielgruppe", "Partner", None], [DAY, "Workshop", 2, 1, 30]],
        merges=[
            (0, 0, 0, 4, "Berichtswesen 2022"),
            (1, 0, 2, 0, "Datum"),
            (1, 1, 2, 1, "Art"),
            (1, 2, 1, 3, "Anzahl TN"),
            (1, 4, 2, 4, "Minuten"),
        ],
    )
    (tally,) = find_tally(read_sheets(data, "t.xlsx"))
    assert tally.headers == ("Datum", "Art", "Anzahl TN Zielgruppe", "Anzahl TN Partner", "Minuten")
    assert list(tally.rows()) == [(4, [DAY, "Workshop", 2, 1, 30])]


def test_a_first_row_of_words_is_not_taken_for_a_second_header() -> None:
    rows = [["Art", "Kommune", "Thema"], ["Workshop", "Hennef", "Wohnen"], ["Verweis", "Siegburg", "Arbeit"]]
    tally = find_layout(sheet_of(rows))
    assert tally.header_rows == (1,)
    assert len(list(tally.rows())) == 2


def test_total_rows_are_skipped() -> None:
    rows = [
        HEADER,
        [DAY, "Workshop", "Hennef", 2, 30],
        ["Zwischensumme", None, None, 2, 30],
        [DAY, "Workshop", "Hennef", 3, 30],
        [None, None, "Summe April", 3, 30],
        ["Gesamt:", None, None, 5, 60],
        [None, None, None, 5, 60],
    ]
    tally = find_layout(sheet_of(rows))
    assert [number for number, _ in tally.rows()] == [2, 4]
    assert [number for number, reason in tally.skipped() if reason is SkipReason.TOTAL] == [3, 5, 6, 7]


def test_a_row_with_a_day_is_never_a_total() -> None:
    tally = find_layout(sheet_of([HEADER, ["Gesamt", DAY, "Hennef", 2, 30]]))
    assert [number for number, _ in tally.rows()] == [2]


def test_serial_numbers_are_not_taken_for_a_sum() -> None:
    tally = find_layout(sheet_of([HEADER, [44672, None, None, 2, None], [44673, "Workshop", "Hennef", 2, 3]]))
    assert [number for number, _ in tally.rows()] == [2, 3]


def test_a_header_repeated_on_every_page_is_skipped() -> None:
    row = [DAY, "Workshop", "Hennef", 2, 30]
    tally = find_layout(sheet_of([HEADER, row, ["Datum", "Art", "Kommune", "TN", "Dauer (Min.) "], row]))
    assert [number for number, _ in tally.rows()] == [2, 4]
    assert (3, SkipReason.REPEATED_HEADER) in tally.skipped()


def test_a_remark_between_the_rows_is_skipped() -> None:
    row = [DAY, "Workshop", "Hennef", 2, 30]
    tally = find_layout(sheet_of([HEADER, ["Januar"], row, ["* ohne Telefonate"], ["21.04.2022"]]))
    assert [number for number, _ in tally.rows()] == [3, 5]
    assert [reason for _, reason in tally.skipped()] == [SkipReason.HEADER, SkipReason.REMARK, SkipReason.REMARK]


@pytest.mark.parametrize("month", ["Februar 2022", "02/2022", "KW 9/2022"])
def test_a_month_above_its_entries_is_skipped_as_a_remark(month: str) -> None:
    row = [DAY, "Workshop", "Hennef", 2, 30]
    tally = find_layout(sheet_of([HEADER, [month], row]))
    assert [number for number, _ in tally.rows()] == [3]
    assert (2, SkipReason.REMARK) in tally.skipped()


def test_a_table_without_header_begins_with_its_first_row() -> None:
    tally = find_layout(sheet_of([["21.04.2022", "Workshop", "Hennef", 2], ["22.04.2022", "Verweis", "Hennef", 1]]))
    assert tally.header_rows == ()
    assert tally.headers == ("", "", "", "")
    assert len(list(tally.rows())) == 2


def test_a_header_without_rows_has_no_data() -> None:
    with pytest.raises(FileRefused) as refused:
        find_layout(sheet_of([HEADER, [], ["Summe", None, None, 0, 0]]))
    assert refused.value.code is Refusal.NO_DATA


def test_the_sheet_that_looks_most_like_a_tally_comes_first() -> None:
    notes = sheet_of([["Hinweis", "Text"], ["a", "b"]], "Hinweise")
    tally = sheet_of([HEADER, [DAY, "Workshop", "Hennef", 2, 30]], "Tally")
    empty = sheet_of([HEADER], "Leer")
    assert [found.sheet.name for found in find_tally([notes, empty, tally])] == ["Tally", "Hinweise"]
    with pytest.raises(FileRefused):
        find_tally([empty])


CELLS = st.one_of(
    st.none(),
    st.sampled_from([*HEADER, "Summe", "Gesamt", "Workshop", "Hennef", "21.04.2022", " ", "Januar", "Partner"]),
    st.integers(0, 50_000),
    st.just(DAY),
)


@given(st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=1, max_size=30))
def test_every_row_is_accounted_for_exactly_once(rows: list[list[Cell]]) -> None:
    sheet = sheet_of(rows)
    try:
        tally = find_layout(sheet)
    except FileRefused:
        return
    numbers = [number for number, _ in tally.rows()] + [number for number, _ in tally.skipped()]
    assert sorted(numbers) == list(range(1, len(rows) + 1))
    assert len(tally.headers) == sheet.width


@given(st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=30))
def test_no_row_with_day_and_kind_is_skipped_below_a_header(rows: list[list[Cell]]) -> None:
    full: list[Cell] = [DAY, "Workshop", "Hennef", 2, 30]
    tally = find_layout(sheet_of([HEADER, full, *rows, full]))
    judged = dict(tally.rows())
    assert 2 in judged
    assert len(rows) + 3 in judged
