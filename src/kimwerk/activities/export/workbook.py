"""Entries as a workbook, written row by row into a temporary file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import IO

import xlsxwriter
from django.db.models import QuerySet

from kimwerk.access.actors import Actor
from kimwerk.activities.export.columns import COLUMNS, Value
from kimwerk.activities.export.sanitising import harmless
from kimwerk.activities.models import Activity
from kimwerk.activities.selectors.book import Book, book_for
from kimwerk.activities.selectors.entries import ROW_COLUMNS, RowValues, entries, row_of
from kimwerk.activities.types import EntryFilter
from kimwerk.kernel.figures import Text

MOST_ROWS = 1_048_575
"""Rows of a sheet below its heading."""

CHUNK = 2_000


class TooManyRows(Exception):
    """A sheet cannot hold so many rows; CSV can."""


def workbook(actor: Actor, asked: EntryFilter, *, title: Text, rows: int) -> IO[bytes]:
    """The workbook as a temporary file at its beginning; `rows` is what the filter finds."""
    if rows > MOST_ROWS:
        raise TooManyRows(rows)
    found: QuerySet[Activity, RowValues] = entries(actor, asked).order_by("-day", "-id").values_list(*ROW_COLUMNS)
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115  # the response closes it
    options = {"constant_memory": True, "default_date_format": "dd.mm.yyyy", "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options | {"strings_to_formulas": False, "strings_to_numbers": False})
    sheet = book.add_worksheet(str(title)[:31])
    _write_heading(book, sheet)
    _write_rows(book, sheet, found.iterator(chunk_size=CHUNK), book_for(actor))
    sheet.autofilter(0, 0, rows, len(COLUMNS) - 1)
    book.close()
    file.seek(0)
    return file


def _write_heading(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 1)
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width)
    for at, column in enumerate(COLUMNS):
        sheet.write_string(0, at, harmless(str(column.title)), bold)


def _write_rows(
    book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, rows: Iterable[RowValues], names: Book
) -> None:
    day_format = book.add_format({"num_format": "dd.mm.yyyy"})
    for number, values in enumerate(rows, start=1):
        row = row_of(values, names)
        for at, column in enumerate(COLUMNS):
            _write(sheet, number, at, column.value(row), day_format)


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    number: int,
    at: int,
    value: Value,
    day_format: xlsxwriter.format.Format,
) -> None:
    if isinstance(value, date):
        sheet.write_datetime(number, at, datetime.combine(value, time()), day_format)
    elif isinstance(value, int):
        sheet.write_number(number, at, value)
    elif value:
        sheet.write_string(number, at, harmless(value))
