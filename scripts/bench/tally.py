"""A tally of any length, as an office keeps it."""

from __future__ import annotations

import io
import random
from datetime import datetime, timedelta

import xlsxwriter

COLUMNS = (
    "Datum", "Art der Maßnahme", "Kommune", "Kanal", "Thema", "Zielgruppe", "Beteiligte Zielgruppe",
    "Beteiligte Partner", "Dauer in Minuten",
)  # fmt: skip
KINDS = ("Verweisberatung", "Austausch und Erstgespräche", "Beratung per Telefon", "Arbeitskreis", "Workshop")
PLACES = ("Siegburg", "Hennef", "Sankt Augustin", "Bornheim", "Königswinter", "Eitorf", "Meckenheim")
CHANNELS = ("vor Ort", "Telefon", "E-Mail", "Video", "")
TOPICS = ("Wohnen", "Arbeit", "Sprache", "Schule und Kita", "Gesundheit und Psyche", "")
GROUPS = ("Neuzugewanderte", "Geflüchtete", "Alleinerziehende", "")


def tally_workbook(rows: int) -> bytes:
    """A workbook with so many rows below one line of headers; one in a hundred rows cannot be entered."""
    chance = random.Random(1)  # noqa: S311  # invents data, keeps no secret
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "default_date_format": "dd.mm.yyyy"})
    sheet = book.add_worksheet("Tally")
    sheet.write_row(0, 0, COLUMNS)
    latest = datetime.now() - timedelta(days=2)  # a day is meant
    for number in range(1, rows + 1):
        sheet.write_datetime(number, 0, latest - timedelta(days=chance.randrange(700)))
        place = "Nirgendwo" if number % 100 == 0 else chance.choice(PLACES)
        words = (chance.choice(KINDS), place, chance.choice(CHANNELS), chance.choice(TOPICS), chance.choice(GROUPS))
        sheet.write_row(number, 1, words)
        sheet.write_row(number, 6, (chance.randrange(5), chance.randrange(3), chance.choice((10, 15, 20, 30, 45, 60))))
    book.close()
    return target.getvalue()
