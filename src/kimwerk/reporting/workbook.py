"""Every table of a report as one workbook: numbers to reckon with, each with what was counted."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import xlsxwriter
from django.utils.translation import gettext as _

from kimwerk.reporting.content import Content, FrozenFigure
from kimwerk.reporting.report_wording import source_label
from kimwerk.reporting.showing import notes_on
from kimwerk.reporting.tables import lay_out
from kimwerk.reporting.wording import days_label, definition_of, unit_label, window_label
from kimwerk.reporting.writing import write_lines

NAME_WIDTH = 48
FIXED_DATE = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Equal contents give equal bytes."""


def tables_workbook(content: Content) -> bytes:
    """`tables.xlsx`: a sheet for each figure that has numbers, numbered as in the papers, and one with the contents."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": content.title, "company": content.organisation, "created": FIXED_DATE})
    bold, linked = book.add_format({"bold": True}), book.add_format({"font_color": "#004590", "underline": 1})
    contents = book.add_worksheet(_("Contents"))
    contents.set_column(0, 0, 14)
    contents.set_column(1, 1, NAME_WIDTH)
    contents.set_column(2, 3, 28)
    contents.write_string(0, 0, content.title, bold)
    contents.write_string(1, 0, f"{content.organisation}, {window_label(content.window)}")
    for column, text in enumerate((_("Table"), _("Title"), _("Window"), _("Unit"))):
        contents.write_string(3, column, text, bold)
    counted = (figure for figure in content.figures if figure.table)
    for number, figure in enumerate(counted, start=1):
        name = _("Table %(number)d") % {"number": number}
        contents.write_url(3 + number, 0, f"internal:'{name}'!A1", linked, name)
        contents.write_string(3 + number, 1, figure.title)
        contents.write_string(3 + number, 2, days_label(figure.answer.figure, figure.window))
        contents.write_string(3 + number, 3, unit_label(figure.answer.figure.unit))
        sheet = book.add_worksheet(name)
        sheet.set_column(0, 0, NAME_WIDTH)
        about = about_figure(figure)
        for row, text in enumerate(about):
            sheet.write_string(row, 0, text, bold if row == 0 else None)
        first = len(about) + 1
        sheet.freeze_panes(first + 1, 1)
        write_lines(sheet, lay_out(figure.answer), bold, first)
    book.close()
    return out.getvalue()


def about_figure(figure: FrozenFigure) -> tuple[str, ...]:
    """Title, definition, window, unit, source and notes of a figure, a line each."""
    declared = figure.answer.figure
    return (
        figure.title,
        definition_of(declared),
        f"{days_label(declared, figure.window)} · {unit_label(declared.unit)} · {source_label(declared.room)}",
        *notes_on(figure),
    )
