"""A tally as an office keeps it: several ways to write a day, a kind and a duration, months, sums, slips."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from random import Random

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from kimwerk.activities.services.loading import read_categories
from kimwerk.desk.demo.county import County, Person, the_county
from kimwerk.desk.demo.drafts import Entry, draft_entry, pick_one
from kimwerk.directory.place_list import shipped_places

EARLIEST, LATEST = 104, 50
"""Days back from today between which the sample lies: before what the demo's diary already holds."""

EXCEL_ZERO = date(1899, 12, 30)
Value = str | int | float | datetime | None


@dataclass(frozen=True, slots=True)
class Sample:
    """What was written: rows that can be entered, and rows that cannot."""

    good: int
    faulty: int


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands in the workbook around the entries."""

    sheet: str
    title: str
    subtitle: str
    group: str
    headers: Sequence[str]
    group_columns: Sequence[int]
    month: str
    months: Sequence[str]
    sum: str
    legend_sheet: str
    legend: Sequence[Sequence[str]]
    person: str
    spellings: Mapping[str, Mapping[str, Sequence[str]]]
    faults: Sequence[Mapping[str, str | int]]


@cache
def furniture() -> Furniture:
    """The furniture of the data file."""
    text = files("kimwerk.desk.demo").joinpath("tally.toml").read_text("utf-8")
    return Furniture(**tomllib.loads(text))


def write_sample(path: Path, *, seed: int, today: date) -> Sample:
    """Write the workbook of one case manager's weeks, some time ago."""
    house, county = furniture(), the_county()
    chance = Random(f"tally/{seed}")  # noqa: S311  # invents data, keeps no secret
    person = next(each for each in county.people if each.key == house.person)
    entries = list(_entries(county, chance, person, today))
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd.mm.yyyy"})
    writer = _Writer(book.add_worksheet(house.sheet), county, chance)
    writer.head(person)
    for month, days in groupby(entries, key=lambda entry: entry.day.replace(day=1)):
        writer.month(month, list(days))
    faulty = writer.faults(entries)
    legend = book.add_worksheet(house.legend_sheet)
    for row, cells in enumerate(house.legend):
        legend.write_row(row, 0, cells)
    book.close()
    return Sample(good=len(entries), faulty=faulty)


def _entries(county: County, chance: Random, person: Person, today: date) -> Iterator[Entry]:
    kinds = {code: weight for code, weight in county.recent.kinds["case_manager"].items() if code in _known("kind")}
    for back in range(EARLIEST, LATEST, -1):
        day = today - timedelta(days=back)
        if county.is_working_day(day):
            for _ in range(chance.randrange(3)):
                kind = county.kinds[pick_one(chance, kinds)]
                yield draft_entry(county, chance, kind=kind, day=day, person=person)


def _known(name: str) -> Mapping[str, Sequence[str]]:
    return furniture().spellings[name]


@cache
def _labels() -> Mapping[tuple[str, str], str]:
    """The labels of the first categories by list and code."""
    return {(row["list"], row["code"]): row["label"] for row in read_categories()}


@cache
def _places() -> Mapping[str, str]:
    return {place.ags.digits: place.name for place in shipped_places()}


class _Writer:
    """Writes the sheet from top to bottom."""

    def __init__(self, sheet: Worksheet, county: County, chance: Random) -> None:
        self._sheet, self._county, self._chance, self._row, self._home = sheet, county, chance, 0, ""

    def head(self, person: Person) -> None:
        """A title, a blank line, and headers of which two stand below a common one."""
        house = furniture()
        site = self._county.places[person.sites[0]].name
        self._home = self._county.places[person.sites[0]].municipality
        self._sheet.write(0, 0, house.title)
        self._sheet.write(1, 0, house.subtitle.format(person=f"{person.given} {person.family}", site=site))
        first, last = house.group_columns[0], house.group_columns[-1]
        self._sheet.merge_range(3, first, 3, last, house.group)
        self._sheet.write_row(4, 0, house.headers)
        self._row = 5

    def month(self, month: date, entries: Sequence[Entry]) -> None:
        """The month's name, its entries, and their sums as formulas."""
        house = furniture()
        self._sheet.write(self._row, 0, house.month.format(month=house.months[month.month - 1], year=month.year))
        first = self._row + 1
        for number, entry in enumerate(entries):
            self._write(first + number, self._cells(entry))
        last = first + len(entries)
        self._sheet.write(last, 0, house.sum)
        for column in house.group_columns:
            letter = chr(ord("A") + column)
            value = sum(entry.target if column == house.group_columns[0] else entry.partner for entry in entries)
            self._sheet.write_formula(last, column, f"=SUM({letter}{first + 1}:{letter}{last})", None, value)
        self._row = last + 2

    def faults(self, entries: Sequence[Entry]) -> int:
        """Entries with a slip in each, at the end; returns how many."""
        house = furniture()
        for entry, fault in zip(entries, house.faults, strict=False):
            cells = self._cells(entry)
            cells[int(fault["column"])] = str(fault["value"])
            self._write(self._row, cells)
            self._row += 1
        return min(len(entries), len(house.faults))

    def _write(self, row: int, cells: Sequence[Value]) -> None:
        for column, cell in enumerate(cells):
            if isinstance(cell, datetime):
                self._sheet.write_datetime(row, column, cell)
            elif cell is not None:
                self._sheet.write(row, column, cell)

    def _cells(self, entry: Entry) -> list[Value]:
        """The entry as somebody in a hurry writes it."""
        labels = _labels()
        return [
            self._day(entry.day),
            self._spelt("kind", entry.kind),
            _places()[entry.municipality or self._home],
            self._spelt("channel", entry.channel) if entry.channel else None,
            ", ".join(labels["topic", code] for code in entry.topics) or None,
            " / ".join(labels["target_group", code] for code in entry.target_groups) or None,
            entry.target,
            entry.partner,
            self._minutes(entry.minutes),
            labels["referral_target", entry.referral_target] if entry.referral_target else None,
        ]

    def _spelt(self, name: str, code: str) -> str:
        return self._chance.choice(_known(name)[code])

    def _day(self, day: date) -> Value:
        """A date, a date as text, or the number behind it where somebody lost the format."""
        forms: tuple[Value, ...] = (
            datetime(day.year, day.month, day.day),  # a day has no zone
            f"{day:%d.%m.%Y}",
            f"{day:%d.%m.%y}",
            (day - EXCEL_ZERO).days,
        )
        return self._chance.choices(forms, (6, 2, 2, 1))[0]

    def _minutes(self, minutes: int | None) -> Value:
        if minutes is None:
            return None
        hours = f"{minutes / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")
        forms: tuple[Value, ...] = (minutes, f"{minutes} min", f"{hours} Std.")
        return self._chance.choices(forms, (6, 2, 1 if minutes % 15 == 0 else 0))[0]
