"""A figure's table as text for a terminal, as CSV and as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kimwerk.access.actors import Actor
from kimwerk.activities.export.sanitising import harmless
from kimwerk.kernel.figures import FigureTable
from kimwerk.reporting.tables import Cell, Layout, Line, lay_out
from kimwerk.reporting.wording import days_label, definition_of, notes_of, unit_label

BYTE_ORDER_MARK = "\ufeff"
DELIMITER = ";"
GAP = "  "


def as_text(table: FigureTable[Actor], layout: Layout | None = None) -> str:
    """The table with its definition for a terminal; numbers are right-aligned."""
    layout = layout or lay_out(table)
    rows = [(layout.stub, *layout.columns), *(_texts(line) for line in _lines(layout))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    written = [
        GAP.join(
            (row[0].ljust(widths[0]), *(text.rjust(w) for text, w in zip(row[1:], widths[1:], strict=True)))
        ).rstrip()
        for row in rows
    ]
    written.insert(1, GAP.join("-" * width for width in widths))
    head = (
        str(table.figure.title),
        f"{days_label(table.figure, table.query.window)} · {unit_label(table.figure.unit)}",
    )
    return "\n".join((*head, "", *written, "", definition_of(table.figure), *notes_of(table))) + "\n"


def as_csv(table: FigureTable[Actor], layout: Layout | None = None) -> str:
    """The table for spreadsheets: semicolons, decimal commas, texts shielded against formulas."""
    layout = layout or lay_out(table)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=DELIMITER, lineterminator="\r\n")
    writer.writerow(harmless(text) for text in (layout.stub, *layout.columns))
    for line in _lines(layout):
        writer.writerow((harmless(_heading(line)), *(_raw(cell) for cell in line.cells)))
    return BYTE_ORDER_MARK + out.getvalue()


def as_workbook(table: FigureTable[Actor], layout: Layout | None = None) -> bytes:
    """The table as XLSX: numbers as numbers, texts never as formulas; a second sheet says what was counted."""
    layout = layout or lay_out(table)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet(_("Table"))
    sheet.set_column(0, 0, 40)
    sheet.freeze_panes(1, 1)
    write_lines(sheet, layout, bold)
    about = book.add_worksheet(_("Definition"))
    about.set_column(0, 0, 120)
    for row, text in enumerate(_about(table)):
        about.write_string(row, 0, text)
    book.close()
    return out.getvalue()


def write_lines(sheet: Worksheet, layout: Layout, bold: Format, first: int = 0) -> int:
    """Write head and lines from row `first` on, numbers as numbers. Returns the row after the last one."""
    for column, text in enumerate((layout.stub, *layout.columns)):
        sheet.write_string(first, column, text, bold)
    row = first
    for row, line in enumerate(_lines(layout), start=first + 1):
        sheet.write_string(row, 0, _heading(line))
        for column, cell in enumerate(line.cells, start=1):
            if cell.value is None:
                sheet.write_string(row, column, cell.text)
            else:
                sheet.write_number(row, column, float(cell.value))
    return row + 1


def _about(table: FigureTable[Actor]) -> tuple[str, ...]:
    figure = table.figure
    head = (str(figure.title), days_label(table.figure, table.query.window), unit_label(figure.unit))
    return (*head, definition_of(figure), *notes_of(table))


def _lines(layout: Layout) -> Iterator[Line]:
    yield from layout.lines
    if layout.total:
        yield layout.total


def _texts(line: Line) -> tuple[str, ...]:
    return (_heading(line), *(cell.text for cell in line.cells))


def _heading(line: Line) -> str:
    return f"{line.heading} ({line.remark})" if line.remark else line.heading


def _raw(cell: Cell) -> str:
    """A number without separators of thousands, so that a spreadsheet takes it for one."""
    return cell.text if cell.value is None else cell.text.replace(".", "")
