"""Recomputing a cost table in a workbook: sums, balance, percentages and rates per head, cell by cell.

The table is of the kind that goes into council papers: a row of years, lines of cost, their sum, lines of
funding, their sum, and the balance. Nothing is corrected; every deviation is named with its cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import takewhile

from kimwerk.kernel import german
from kimwerk.kernel.german import NumberError
from kimwerk.kernel.rounding import Rounding, rounded
from kimwerk.kernel.sheets.reading import read_sheets
from kimwerk.kernel.sheets.refusals import MEBIBYTE, FileRefused, Limits

LIMITS = Limits(size=5 * MEBIBYTE, rows=5_000, columns=100, cells=200_000, unpacked=64 * MEBIBYTE, text=8 * MEBIBYTE)
"""A cost table has some dozens of rows; what is much larger is something else."""

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_PERCENT = re.compile(r"(\d+(?:,\d+)?)\s*%")
_HEADS = re.compile(r"(?:für|fuer)\s+(\d+)\s", re.IGNORECASE)
_PEOPLE_OF = re.compile(r"\((\d+)\)")
_RATE = re.compile(r"([1-9]\d{0,2}(?:\.\d{3})+(?:,\d\d)?)\s*(?:€|EUR)", re.IGNORECASE)
_COUNTS = re.compile(r"anzahl|beschäftigte|personen|vzä|stellenanteile", re.IGNORECASE)


class Unreadable(Exception):
    """The file is no workbook, or holds no table with years and a sum."""


class DeviationKind(StrEnum):
    """What is wrong in a cell."""

    SUM_OF_EXPENDITURE = "sum_of_expenditure"
    SUM_OF_INCOME = "sum_of_income"
    BALANCE = "balance"
    PERCENTAGE = "percentage"
    CUT_OFF = "cut_off"
    PER_HEAD = "per_head"
    FTE = "fte"
    TEXT = "text"
    NO_NUMBER = "no_number"


@dataclass(frozen=True, slots=True)
class Deviation:
    """One cell that is not what its table says: what stands there, and what comes out."""

    kind: DeviationKind
    cell: str
    label: str
    year: int
    written: str
    expected: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """How much was recomputed, and what deviates."""

    checked: int
    deviations: tuple[Deviation, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    label: str
    values: tuple[Decimal | None, ...]

    def matches(self, *words: str) -> bool:
        return all(word in self.label.lower() for word in words)


@dataclass(slots=True)
class _Sheet:
    """The table as found: years with their columns, and the rows that have a label."""

    years: tuple[int, ...]
    columns: tuple[int, ...]
    rows: list[_Row]
    deviations: list[Deviation]
    checked: int = 0

    def compare(self, kind: DeviationKind, row: _Row, at: int, expected: Decimal) -> None:
        """Note whether a cell holds what comes out."""
        written = row.values[at]
        self.checked += 1
        if written is not None and written != expected:
            self.note(kind, row, at, german.number(written, 2), expected)

    def note(self, kind: DeviationKind, row: _Row, at: int, written: str, expected: Decimal | None = None) -> None:
        """Note a deviation."""
        cell = f"{_letters(self.columns[at])}{row.number}"
        self.deviations.append(Deviation(kind, cell, row.label, self.years[at], written, expected))


def check_workbook(content: bytes) -> Checked:
    """Recompute the first sheet of a workbook. Unreadable if there is no cost table in it."""
    if not content.startswith(b"PK"):  # in a text file every amount is text
        raise Unreadable
    try:
        rows = list(read_sheets(content, "", LIMITS)[0].rows())
    except FileRefused as error:
        raise Unreadable from error
    sheet = _sheet_of(rows)
    spent = _find(sheet, "summe", "aufwend") or _find(sheet, "summe", "ausgaben") or _find(sheet, "summe", "kosten")
    if spent is None:
        raise Unreadable
    income = _find(sheet, "summe", "ertr") or _find(sheet, "summe", "einnahmen")
    balance = _find(sheet, "saldo")
    shares = _shares(sheet)[1]
    above = [row for row in sheet.rows if row.number < spent.number and row not in shares]
    lines = [row for row in above if not _COUNTS.search(row.label)]
    _check_sum(sheet, DeviationKind.SUM_OF_EXPENDITURE, lines, spent)
    if income is not None:
        between = [row for row in sheet.rows if spent.number < row.number < income.number]
        _check_sum(sheet, DeviationKind.SUM_OF_INCOME, between, income)
    if balance is not None:
        _check_balance(sheet, spent, income, balance)
    _check_lines(sheet, lines)
    return Checked(sheet.checked, tuple(sheet.deviations))


def _sheet_of(cells: Sequence[Sequence[object]]) -> _Sheet:
    for number, row in enumerate(cells, start=1):
        found = [(column, year) for column, cell in enumerate(row) if (year := _year(cell))]
        if found and len({year for _, year in found}) == len(found):
            columns = tuple(column for column, _ in found)
            sheet = _Sheet(tuple(year for _, year in found), columns, [], [])
            for below, values in enumerate(cells[number:], start=number + 1):
                _take_row(sheet, below, values)
            return sheet
    raise Unreadable


def _year(cell: object) -> int | None:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return int(cell) if 2000 <= cell <= 2099 and cell == int(cell) else None
    found = _YEAR.search(cell) if isinstance(cell, str) and len(cell) < 30 else None
    return int(found[1]) if found else None


def _take_row(sheet: _Sheet, number: int, cells: Sequence[object]) -> None:
    label = " ".join(" ".join(str(cell).split()) for cell in cells[: sheet.columns[0]] if cell not in ("", None))
    values, texts = [], []
    for at, column in enumerate(sheet.columns):
        value, text = _value(cells[column] if column < len(cells) else "")
        values.append(value)
        if text:
            texts.append((at, text))
    if not label or not (any(value is not None for value in values) or texts):
        return
    row = _Row(number, label, tuple(values))
    sheet.rows.append(row)
    for at, text in texts:
        kind = DeviationKind.TEXT if values[at] is not None else DeviationKind.NO_NUMBER
        sheet.note(kind, row, at, text)


def _value(cell: object) -> tuple[Decimal | None, str]:
    """The number of a cell, and what stands there if it stands there as text."""
    if isinstance(cell, bool) or cell in ("", None):
        return None, ""
    if isinstance(cell, (int, float)):
        return rounded(Decimal(repr(cell)), 2, Rounding.HALF_UP), ""
    text = " ".join(str(cell).split())
    try:
        number = german.parse_number(text.removesuffix("€").removesuffix("EUR"))
    except NumberError:
        return None, text
    return rounded(number, 2, Rounding.HALF_UP), text


def _find(sheet: _Sheet, *words: str) -> _Row | None:
    return next((row for row in sheet.rows if row.matches(*words)), None)


def _check_sum(sheet: _Sheet, kind: DeviationKind, lines: Sequence[_Row], total: _Row) -> None:
    for at in range(len(sheet.years)):
        parts = [row.values[at] for row in lines]
        if any(part is not None for part in parts):
            sheet.compare(kind, total, at, sum((part for part in parts if part is not None), Decimal(0)))


def _check_balance(sheet: _Sheet, spent: _Row, income: _Row | None, balance: _Row) -> None:
    for at in range(len(sheet.years)):
        cost, paid = spent.values[at], income.values[at] if income else Decimal(0)
        if cost is not None and paid is not None:
            sheet.compare(DeviationKind.BALANCE, balance, at, cost - abs(paid))


def _check_lines(sheet: _Sheet, lines: Sequence[_Row]) -> None:
    for position, row in enumerate(lines):
        if percent := _PERCENT.search(row.label):
            base = _base_of(row, lines[:position])
            for at, value in enumerate(row.values):
                if value is not None and base and (whole := _together(base, at)) is not None:
                    _check_percentage(sheet, row, at, whole * german.parse_number(percent[1]) / 100)
        elif rate := _RATE.search(row.label):
            _check_rate(sheet, row, german.parse_number(rate[1]))
    _check_fte(sheet)


def _base_of(row: _Row, above: Sequence[_Row]) -> tuple[_Row, ...]:
    """What the percentage is of: the personnel of as many people as the line names, else all personnel above it."""
    personnel = tuple(each for each in above if each.matches("personal"))
    heads = _HEADS.search(row.label + " ")
    if heads:
        named = tuple(each for each in personnel if (of := _PEOPLE_OF.search(each.label)) and of[1] == heads[1])
        if named:
            return named
    return personnel


def _together(rows: Sequence[_Row], at: int) -> Decimal | None:
    values = [row.values[at] for row in rows]
    return None if any(value is None for value in values) else sum((v for v in values if v is not None), Decimal(0))


def _check_percentage(sheet: _Sheet, row: _Row, at: int, exact: Decimal) -> None:
    half_up, cut_off = (rounded(exact, 2, rounding) for rounding in (Rounding.HALF_UP, Rounding.CUT_OFF))
    kind = DeviationKind.CUT_OFF if row.values[at] == cut_off else DeviationKind.PERCENTAGE
    sheet.compare(kind, row, at, half_up)


def _check_rate(sheet: _Sheet, row: _Row, rate: Decimal) -> None:
    heads = _HEADS.search(row.label)
    counted = _find(sheet, "anzahl") or _find(sheet, "beschäftigte")
    for at in range(len(sheet.years)):
        people = Decimal(heads[1]) if heads else _first(counted, at)
        if people is not None:
            sheet.compare(DeviationKind.PER_HEAD, row, at, rounded(rate * people, 2, Rounding.HALF_UP))


def _first(row: _Row | None, at: int) -> Decimal | None:
    return row.values[at] if row else None


def _shares(sheet: _Sheet) -> tuple[_Row | None, tuple[_Row, ...]]:
    """The row with all posts, and the rows below it that are small enough to be shares of them."""
    total = _find(sheet, "vzä")
    if total is None:
        return None, ()
    most = max((value for value in total.values if value is not None), default=Decimal(0))
    below = (row for row in sheet.rows if row.number > total.number)
    return total, tuple(takewhile(lambda row: all(value is None or value <= most for value in row.values), below))


def _check_fte(sheet: _Sheet) -> None:
    total, parts = _shares(sheet)
    for at in range(len(sheet.years)):
        if total is not None and parts and (together := _together(parts, at)) is not None:
            sheet.compare(DeviationKind.FTE, total, at, together)


def _letters(column: int) -> str:
    """The name of a column, counted from 0: A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
