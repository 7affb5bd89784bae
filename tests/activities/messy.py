"""The tally of an office that nobody ever tidied up: what people do to a spreadsheet in four months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import xlsxwriter

Value = str | int | float | datetime | None

HEADER: Sequence[Value] = (
    "Datum", "Art der Maßnahme", "Kommune", "Name Klient/in", "Thema", "TN Zielgruppe", "Dauer (Std.)", "Verweis an",
)  # fmt: skip
GOOD: Sequence[Sequence[Value]] = (
    (datetime(2022, 3, 7), "Austausch und Erstgespräche", "Siegburg", "Muster, Max", "Wohnen", 2, 0.5, None),
    ("8.3.22", "Verweisberatung", "Hennef", "Beispiel, Frieda", "Arbeit, Wohnen", 1, "0,75", "Behörden und Ämter"),
    (44630, "austausch und erstgespräche", "Sankt Augustin", None, None, "3", "1:30", None),
    ("14.03.2022", "Workshop", "Troisdorf", None, "Arbeit", 12, "3,0", None),
)
BAD: Sequence[Sequence[Value]] = (
    ("31.02.2022", "Workshop", "Siegburg", None, None, 4, 2, None),
    ("15.03.2022", "Workshop", "Sigburg", None, None, 4, 2, None),
    ("16.03.2022", "Kaffeetrinken", "Siegburg", None, None, -4, 2, None),
)


def messy_workbook(*, bad: Sequence[Sequence[Value]] = BAD, good: Sequence[Sequence[Value]] = GOOD) -> bytes:
    """Titles above, a total and an empty row between, the heading once more, a sheet with something else."""
    rows: list[Sequence[Value]] = [
        ("Berichtswesen KIM 2022",),
        ("Stand: 21.04.2022",),
        (),
        HEADER,
        *good[:2],
        (),
        *bad,
        ("Summe", None, None, None, None, 7, 3.25, None),
        HEADER,
        *good[2:],
        ("April",),
    ]
    file = BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet, day = book.add_worksheet("Berichtswesen"), book.add_format({"num_format": "dd.mm.yyyy"})
    for number, row in enumerate(rows):
        for at, value in enumerate(row):
            if isinstance(value, datetime):
                sheet.write_datetime(number, at, value, day)
            else:
                sheet.write(number, at, value)
    book.add_worksheet("Notizen").write(0, 0, "Bitte nicht löschen")
    book.close()
    return file.getvalue()


ROWS = 15
"""Rows of the sheet: each must get a verdict."""
