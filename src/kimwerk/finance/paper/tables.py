"""What a paper is made of, and the paper as a workbook."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter

from kimwerk.kernel import german

PaperCell = str | Decimal | int | date
LONGEST_SHEET_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table: amounts are Decimal, counts int, days date. `sums` are the places of rows that stand out.

    `named_by` are the columns that say which row it is, `derived` those that come from others of the row.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[PaperCell, ...], ...]
    sums: frozenset[int] = frozenset()
    empty: str = ""
    note: str = ""
    named_by: tuple[int, ...] = (0,)
    derived: frozenset[int] = frozenset()

    def is_numeric(self, column: int) -> bool:
        """Whether the column holds amounts or counts."""
        return any(isinstance(row[column], (Decimal, int)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of tables, with lines of facts above and a text below."""

    title: str
    organisation: str
    made_at: datetime
    facts: tuple[str, ...]
    tables: tuple[PaperTable, ...]
    text_title: str = ""
    text: str = ""
    signature: tuple[str, ...] = ()


def cell_text(cell: PaperCell) -> str:
    """A cell as it is read."""
    if isinstance(cell, Decimal):
        return german.number(cell, 2)
    if isinstance(cell, date):
        return german.day(cell)
    return german.number(cell) if isinstance(cell, int) else cell


def as_workbook(paper: Paper) -> bytes:
    """The paper as XLSX: a sheet for each table, numbers as numbers, days as days."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": paper.title, "author": paper.organisation})
    for table in paper.tables:
        _write(book, paper, table)
    if paper.text:
        sheet = book.add_worksheet(_sheet_name(paper.text_title))
        sheet.set_column(0, 0, 100)
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for number, line in enumerate((paper.text_title, *paper.text.splitlines())):
            sheet.write_string(number, 0, line, wrapped)
    book.close()
    return out.getvalue()


def _write(book: xlsxwriter.Workbook, paper: Paper, table: PaperTable) -> None:
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet(_sheet_name(table.title))
    sheet.set_column(0, 0, 48)
    sheet.set_column(1, max(len(table.heads) - 1, 1), 17)
    above = (paper.title, paper.organisation, *paper.facts, "")
    for number, text in enumerate(above):
        sheet.write_string(number, 0, text, bold if number == 0 else None)
    first = len(above)
    for column, head in enumerate(table.heads):
        sheet.write_string(first, column, head, bold)
    sheet.freeze_panes(first + 1, 1)
    for place, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            _write_cell(book, sheet, first + 1 + place, column, cell, is_sum=place in table.sums)
    for number, text in enumerate(filter(None, (table.empty if not table.rows else "", table.note))):
        sheet.write_string(first + 2 + len(table.rows) + number, 0, text)


def _write_cell(
    book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: PaperCell, *,
    is_sum: bool,
) -> None:  # fmt: skip
    look: dict[str, str | bool] = {"bold": is_sum}
    if isinstance(cell, Decimal):
        sheet.write_number(row, column, float(cell), book.add_format(look | {"num_format": "#,##0.00"}))
    elif isinstance(cell, date):
        moment = datetime(cell.year, cell.month, cell.day)
        sheet.write_datetime(row, column, moment, book.add_format(look | {"num_format": "dd.mm.yyyy"}))
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell, book.add_format(look))
    else:
        sheet.write_string(row, column, cell, book.add_format(look))


def _sheet_name(title: str) -> str:
    return title.translate(_FORBIDDEN)[:LONGEST_SHEET_NAME].strip()
