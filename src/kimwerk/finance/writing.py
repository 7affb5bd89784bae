"""A cost table as text for a terminal, as data, as CSV and as a workbook."""

from __future__ import annotations

import csv
import io
import json

import xlsxwriter
from django.utils.translation import gettext as _

from kimwerk.activities.export.sanitising import harmless
from kimwerk.finance.laying import Layout, Row, RowKind

BYTE_ORDER_MARK = "\ufeff"
DELIMITER = ";"
GAP = "  "


def as_text(layout: Layout, findings: tuple[str, ...]) -> str:
    """The table for a terminal, numbers right-aligned, with the findings below."""
    head = ("", *(str(year) for year in layout.years))
    rows = [head, *((row.title, *row.texts) for row in layout.rows)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    written = [
        GAP.join((row[0].ljust(widths[0]), *(t.rjust(w) for t, w in zip(row[1:], widths[1:], strict=True)))).rstrip()
        for row in rows
    ]
    written.insert(1, GAP.join("-" * width for width in widths))
    marked = tuple(f"- {finding}" for finding in findings)
    return "\n".join((layout.title, "", *written, "", *marked)) + "\n"


def as_json(layout: Layout, findings: tuple[str, ...]) -> str:
    """The table as data; amounts are exact texts, None where the reader may not see them."""
    data = {
        "title": layout.title,
        "years": list(layout.years),
        "rows": [_row(layout, row) for row in layout.rows],
        "findings": list(findings),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _row(layout: Layout, row: Row) -> dict[str, object]:
    years = [str(year) for year in layout.years]
    return {
        "kind": row.kind.value,
        "key": row.key,
        "title": row.title,
        "values": {year: None if value is None else str(value) for year, value in zip(years, row.values, strict=True)},
        "origins": dict(zip(years, row.origins, strict=True)) if row.origins else {},
        "source": row.source,
    }


def as_csv(layout: Layout) -> str:
    """The table for spreadsheets: semicolons, decimal commas, texts shielded against formulas."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=DELIMITER, lineterminator="\r\n")
    writer.writerow(("", *layout.years))
    for row in layout.rows:
        numbers = (text.replace(".", "") for text in row.texts)
        writer.writerow((harmless(row.title), *numbers))
    return BYTE_ORDER_MARK + out.getvalue()


def as_workbook(layout: Layout, findings: tuple[str, ...]) -> bytes:
    """The table as XLSX, numbers as numbers; a second sheet says where every amount comes from."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    money = {
        False: book.add_format({"num_format": "#,##0.00"}),
        True: book.add_format({"num_format": "#,##0.00", "bold": True}),
    }
    sheet = book.add_worksheet(_("Cost table"))
    sheet.set_column(0, 0, 52)
    sheet.set_column(1, len(layout.years), 16)
    sheet.freeze_panes(1, 1)
    for column, year in enumerate(layout.years, start=1):
        sheet.write_number(0, column, year, bold)
    for number, row in enumerate(layout.rows, start=1):
        is_sum = row.kind in {RowKind.SUM, RowKind.BALANCE}
        sheet.write_string(number, 0, row.title, bold if is_sum else None)
        for column, value in enumerate(row.values, start=1):
            if value is None:
                sheet.write_string(number, column, _("not shown"))
            else:
                sheet.write_number(number, column, float(value), money[is_sum] if row.kind.is_money else None)
    _write_origins(book, layout, findings)
    book.close()
    return out.getvalue()


def _write_origins(book: xlsxwriter.Workbook, layout: Layout, findings: tuple[str, ...]) -> None:
    sheet = book.add_worksheet(_("Origin"))
    sheet.set_column(0, 0, 52)
    sheet.set_column(1, 2, 12)
    sheet.set_column(2, 3, 60)
    number = 0
    for row in layout.rows:
        for year, origin in zip(layout.years, row.origins, strict=False):
            for column, text in enumerate((row.title, str(year), origin, row.source)):
                sheet.write_string(number, column, text)
            number += 1
    for finding in findings:
        number += 1
        sheet.write_string(number, 0, finding)
