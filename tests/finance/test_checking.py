"""A cost table in a workbook, recomputed cell by cell."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
import xlsxwriter

from kimwerk.finance.checking import Checked, Deviation, DeviationKind, Unreadable, check_workbook

PAPER: list[list[object]] = [
    ["Finanzielle Auswirkungen"],
    ["", "HH 2022", "HPL 2023", "HPL 2024"],
    ["Anzahl MA", 16, 16, 16],
    ["Stellenanteile / VZÄ", 12.61, 12.61, 12.61],
    ["Koordination", 2.5, 2.5, 2.5],
    ["Verwaltungsassistenz", 0.5, 0.5, 0.5],
    ["Case Management (CM)", 9.61, 9.61, 9.61],
    ["Personalkosten MA RSK (7)", 424856.23, 429307.06, 429307.06],
    ["Personalkosten MA vor Ort (9)", 412472.21, 428269.19, 428269.19],
    ["IT Kosten für 16 MA pro MA 3.450 € gem. KGSt", 55200, 55200, 55200],
    ["21%iger Zuschlag für Sach- und Gemeinkosten für 7 MA", 89219.80, 90154.48, 90154.48],
    ["Summe Aufwendungen", 981748.24, 1002930.73, 1002930.73],
    ["Landesförderung Personalkosten", -696013.86, -707229.22, -707229.22],
    ["Landesförderung Arbeitsplatzkosten", -29100, -29100, -29100],
    ["Summe Erträge", -725113.86, -736329.22, -736329.22],
    ["SALDO (=Kosten für Rhein-Sieg-Kreis)", 256634.38, 266601.51, 266601.51],
]


def checked(rows: list[list[object]]) -> Checked:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    book.close()
    return check_workbook(out.getvalue())


def with_cell(row: int, column: int, value: object) -> list[list[object]]:
    changed = [list(each) for each in PAPER]
    changed[row - 1][column] = value
    return changed


def test_the_table_of_the_paper_has_one_cent_cut_off_and_nothing_else() -> None:
    found = checked(PAPER)
    assert found.checked == 18  # three years of: two sums, balance, percentage, equipment, shares
    assert found.deviations == (
        Deviation(
            DeviationKind.CUT_OFF, "B11", "21%iger Zuschlag für Sach- und Gemeinkosten für 7 MA", 2022, "89.219,80",
            Decimal("89219.81"),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "value", "kinds"),
    [
        (12, 1002930.74, {DeviationKind.SUM_OF_EXPENDITURE, DeviationKind.BALANCE}),
        (15, -736329.21, {DeviationKind.SUM_OF_INCOME, DeviationKind.BALANCE}),
        (16, 266601.50, {DeviationKind.BALANCE}),
        (10, 55201, {DeviationKind.PER_HEAD, DeviationKind.SUM_OF_EXPENDITURE}),
        (11, 90154.50, {DeviationKind.PERCENTAGE, DeviationKind.SUM_OF_EXPENDITURE}),
        (5, 2.6, {DeviationKind.FTE}),
        (7, "9,61", {DeviationKind.TEXT}),
        (8, "429.307,06 €", {DeviationKind.TEXT}),
        (8, "folgt", {DeviationKind.NO_NUMBER, DeviationKind.SUM_OF_EXPENDITURE}),
    ],
)
def test_a_wrong_cell_is_named_with_its_year(row: int, value: object, kinds: set[DeviationKind]) -> None:
    found = [deviation for deviation in checked(with_cell(row, 2, value)).deviations if deviation.year == 2023]
    assert {deviation.kind for deviation in found} == kinds
    assert any(deviation.cell == f"C{row}" or deviation.kind is DeviationKind.FTE for deviation in found)


@pytest.mark.parametrize(
    "rows", [[["nichts"]], [["", 2022], ["Personalkosten", 1]], [["", "HH 2022"], ["Summe", "x"]], [[]]]
)
def test_a_file_without_such_a_table_is_refused(rows: list[list[object]]) -> None:
    with pytest.raises(Unreadable):
        checked(rows)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"Summe;1\n", b"\x00" * 500])
def test_a_file_that_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        check_workbook(content)
