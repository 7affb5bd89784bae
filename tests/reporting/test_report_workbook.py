"""The workbook of a report: every table with its numbers and what was counted."""

from __future__ import annotations

import io

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from kimwerk.reporting.content import Content
from kimwerk.reporting.workbook import tables_workbook
from tests.reporting.reporters import PARTICIPANTS, answered, content_with


def read(content: Content) -> Workbook:
    return load_workbook(io.BytesIO(tables_workbook(content)))


def rows_of(book: Workbook, name: str) -> list[tuple[object, ...]]:
    return [tuple(cell for cell in row if cell is not None) for row in book[name].iter_rows(values_only=True)]


def test_every_figure_has_a_sheet_and_a_line_in_the_contents() -> None:
    content = content_with(
        answered(cells={"workshop": 3, "arbeitskreis": 4}, total=7), answered(PARTICIPANTS, cells={"": 5}, total=5)
    )
    book = read(content)
    assert book.sheetnames == ["Inhalt", "Tabelle 1", "Tabelle 2"]
    assert [row[:2] for row in rows_of(book, "Inhalt")[4:]] == [("Tabelle 1", "Maßnahmen"), ("Tabelle 2", "Beteiligte")]


def test_numbers_are_numbers_and_the_definition_stands_above_them() -> None:
    rows = rows_of(read(content_with(answered(cells={"workshop": 3, "arbeitskreis": 4}, total=7))), "Tabelle 1")
    assert rows[0] == ("Maßnahmen",)
    assert rows[1] == ("Jede Maßnahme zählt einmal. Alle Maßnahmen.",)
    assert ("workshop", 3, "42,9\u00a0%") in rows
    assert rows[-1][:2] == ("Gesamt", 7)


def test_no_text_becomes_a_formula() -> None:
    content = content_with(answered(cells={"=1+1": 3}, total=3, title='=HYPERLINK("http://evil.example")'))
    book = read(content)
    assert all(cell.data_type != "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)


def test_equal_contents_give_equal_bytes() -> None:
    content = content_with(answered(cells={"workshop": 3}, total=3))
    assert tables_workbook(content) == tables_workbook(content)
