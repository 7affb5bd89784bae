"""Reading a file of bookings: rows as they stand, each either a booking or refused with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from kimwerk.kernel import german
from kimwerk.kernel.german import DayError, NumberError
from kimwerk.kernel.rounding import Rounding, rounded
from kimwerk.kernel.sheets.reading import read_sheets
from kimwerk.kernel.sheets.refusals import MEBIBYTE, FileRefused, Limits
from kimwerk.kernel.sheets.sheet import Cell, Row

LIMITS = Limits(size=5 * MEBIBYTE, rows=20_000, columns=100, cells=400_000, unpacked=64 * MEBIBYTE, text=8 * MEBIBYTE)
"""A year of the programme has some hundreds of vouchers."""

HEADINGS = {
    "day": ("buchungstag", "buchungsdatum", "datum", "tag"),
    "amount": ("betrag", "betrag in euro", "betrag in €", "betrag (eur)", "betrag eur"),
    "reference": ("beleg", "belegnummer", "belegnr", "beleg-nr.", "beleg-nr", "belegnr."),
    "line": ("zeile", "kostenart", "position", "planzeile"),
    "text": ("text", "buchungstext", "verwendungszweck", "zweck"),
}
NEEDED = ("day", "amount", "reference", "line")
LONGEST = {"reference": 60, "text": 200}
MOST = Decimal(1_000_000_000)
FLOAT_DUST = Decimal("0.000001")


class NoBookings(Exception):
    """The file cannot be read, or no row names day, amount, voucher and line; `missing` names what is not found."""

    def __init__(self, missing: Sequence[str] = ()) -> None:
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


class RowProblem(StrEnum):
    """Why a row is no booking."""

    NO_DAY = "no_day"
    WRONG_YEAR = "wrong_year"
    AMOUNT_IS_TEXT = "amount_is_text"
    NO_AMOUNT = "no_amount"
    PLACES = "places"
    NO_REFERENCE = "no_reference"
    UNKNOWN_LINE = "unknown_line"
    TWICE = "twice"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class ReadBooking:
    """A row that is a booking; `line` is the key of the plan's line."""

    row: int
    line: str
    day: date
    amount: Decimal
    reference: str
    text: str


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is none: its number in the sheet, why, and what stands there."""

    row: int
    problem: RowProblem
    written: str = ""


class _Refused(Exception):
    def __init__(self, problem: RowProblem, written: str = "") -> None:
        super().__init__(problem.value)
        self.problem, self.written = problem, written[:80]


def read_bookings(
    content: bytes, file_name: str, year: int, lines: Mapping[str, str]
) -> tuple[list[ReadBooking], list[RefusedRow]]:
    """The bookings of the first sheet, and the rows that are none; `lines` are the plan's titles by key."""
    try:
        sheet = read_sheets(content, file_name, LIMITS)[0]
    except FileRefused as error:
        raise NoBookings from error
    is_workbook = content.startswith((b"PK", b"\xd0\xcf\x11\xe0"))
    keys = {_folded(title): key for key, title in lines.items()} | {key: key for key in lines}
    found: list[ReadBooking] = []
    refused: list[RefusedRow] = []
    columns: dict[str, int] | None = None
    best: dict[str, int] = {}
    for number, row in enumerate(sheet.rows(), start=1):
        if columns is None:
            named = _columns(row)
            best = max(best, named, key=len)
            columns = named if all(name in named for name in NEEDED) else None
        elif any(_text(cell) for cell in row):
            try:
                found.append(_booking(number, row, columns, year, keys, is_workbook=is_workbook))
            except _Refused as error:
                refused.append(RefusedRow(number, error.problem, error.written))
    if columns is None:
        raise NoBookings([HEADINGS[name][0].capitalize() for name in NEEDED if name not in best])
    return _without_twice(found, refused)


def _columns(row: Row) -> dict[str, int]:
    named: dict[str, int] = {}
    for at, cell in enumerate(row):
        heading = _folded(_text(cell))
        for name, headings in HEADINGS.items():
            if heading in headings and name not in named:
                named[name] = at
    return named


def _booking(
    number: int, row: Row, columns: Mapping[str, int], year: int, keys: Mapping[str, str], *, is_workbook: bool
) -> ReadBooking:
    cells = {name: row[at] for name, at in columns.items()}
    day = _day(cells["day"])
    if day.year != year:
        raise _Refused(RowProblem.WRONG_YEAR, german.day(day))
    amount = _amount(cells["amount"], is_workbook=is_workbook)
    reference = _text(cells["reference"])
    if not reference or len(reference) > LONGEST["reference"]:
        raise _Refused(RowProblem.NO_REFERENCE, reference)
    key = keys.get(_folded(_text(cells["line"])))
    if key is None:
        raise _Refused(RowProblem.UNKNOWN_LINE, _text(cells["line"]))
    return ReadBooking(number, key, day, amount, reference, _text(cells.get("text"))[: LONGEST["text"]])


def _day(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return german.parse_day(_text(cell))
    except DayError:
        raise _Refused(RowProblem.NO_DAY, _text(cell)) from None


def _amount(cell: Cell, *, is_workbook: bool) -> Decimal:
    """The amount to the cent. In a workbook a number has to be a number: a text there is somebody's typing."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float, str)):
        raise _Refused(RowProblem.NO_AMOUNT, _text(cell))
    if isinstance(cell, str):
        if is_workbook and cell.strip():
            raise _Refused(RowProblem.AMOUNT_IS_TEXT, cell.strip())
        try:
            exact = german.parse_number(cell.strip().removesuffix("€").removesuffix("EUR"))
        except NumberError:
            raise _Refused(RowProblem.NO_AMOUNT, cell.strip()) from None
    else:
        exact = Decimal(repr(cell))
    if not exact.is_finite() or not exact or abs(exact) >= MOST:
        raise _Refused(RowProblem.NO_AMOUNT, _text(cell))
    cents = rounded(exact, 2, Rounding.HALF_UP)
    if abs(exact - cents) > (FLOAT_DUST if isinstance(cell, float) else 0):
        raise _Refused(RowProblem.PLACES, _text(cell))
    if not cents:
        raise _Refused(RowProblem.NO_AMOUNT, _text(cell))
    return cents


def _without_twice(
    found: Iterable[ReadBooking], refused: list[RefusedRow]
) -> tuple[list[ReadBooking], list[RefusedRow]]:
    """The same voucher on the same line stands once in a file; the second one is refused."""
    seen: dict[tuple[str, str], int] = {}
    kept = []
    for booking in found:
        key = (booking.line, booking.reference)
        if key in seen:
            refused.append(RefusedRow(booking.row, RowProblem.TWICE, booking.reference))
        else:
            seen[key] = booking.row
            kept.append(booking)
    return kept, sorted(refused, key=lambda row: row.row)


def _text(cell: Cell) -> str:
    """A cell as one reads it; vouchers that a workbook holds as numbers have no decimals."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
