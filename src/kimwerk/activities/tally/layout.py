"""Where the table is in a sheet: titles above it, one or two header rows, blank, repeated and total rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from kimwerk.activities.days import DaySpan
from kimwerk.activities.tally.headers import meaning_of_header
from kimwerk.activities.tally.values import read_days, read_whole_number
from kimwerk.kernel.names import text_key
from kimwerk.kernel.sheets.refusals import FileRefused, Refusal
from kimwerk.kernel.sheets.sheet import Cell, Row, Sheet

Knows = Callable[[str], object]
"""Whether a word stands above columns of the sort of table that is looked for."""

ROWS_LOOKED_AT = 60
"""Rows from the top among which the header is looked for."""

TOTALS = frozenset(
    (
        *("summe", "summen", "gesamt", "total", "gesamtsumme", "zwischensumme", "teilsumme", "insgesamt"),
        *("gesamtergebnis", "ergebnis", "uebertrag", "endsumme", "monatssumme", "jahressumme", "gesamtzahl"),
    )
)


class SkipReason(StrEnum):
    """Why a row of the sheet is no activity."""

    TITLE = "title"  # above the header
    HEADER = "header"
    BLANK = "blank"
    REPEATED_HEADER = "repeated_header"
    TOTAL = "total"
    REMARK = "remark"  # a single text in an otherwise empty row, such as "Stand: 21.04.2022" or "Januar"


class TallyRow(NamedTuple):
    """A row with its number in the sheet, from 1, and why it is skipped, if it is."""

    number: int
    cells: Sequence[Cell]
    skipped: SkipReason | None


@dataclass(frozen=True, slots=True)
class TallySheet:
    """A sheet whose header was found. `header_rows` are sheet row numbers; empty when there is no header."""

    sheet: Sheet
    headers: tuple[str, ...]
    header_rows: tuple[int, ...]

    def all_rows(self) -> Iterator[TallyRow]:
        """Every row of the sheet, from the first to the last, each exactly once."""
        first = self.header_rows[0] if self.header_rows else 0
        last = self.header_rows[-1] if self.header_rows else 0
        repeats = self._repeats()
        for number, cells in enumerate(self.sheet.rows(), start=1):
            if number > last:
                yield TallyRow(number, cells, _skipped(cells, repeats, len(self.headers)))
            elif number in self.header_rows:
                yield TallyRow(number, cells, SkipReason.HEADER)
            else:
                is_title = number < first and not _is_blank(cells)
                yield TallyRow(number, cells, SkipReason.TITLE if is_title else SkipReason.BLANK)

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """The rows to be judged, with their numbers in the sheet."""
        for number, cells, skipped in self.all_rows():
            if skipped is None:
                yield number, cells

    def skipped(self) -> list[tuple[int, SkipReason]]:
        """The numbers of all other rows, with the reason."""
        return [(row.number, row.skipped) for row in self.all_rows() if row.skipped is not None]

    def _repeats(self) -> tuple[tuple[str, ...], ...]:
        """The folded texts of each header row, by which it is known again further down."""
        rows = enumerate(self.sheet.rows(), start=1)
        found = []
        for number, cells in rows:
            if not self.header_rows or number > self.header_rows[-1]:
                break
            if number in self.header_rows:
                found.append(_keys(cells))
        return tuple(found)


def find_layout(sheet: Sheet, knows: Knows = meaning_of_header) -> TallySheet:
    """Find the header of a sheet. Raises FileRefused(NO_DATA) when nothing stands below it."""
    top: list[Row] = []
    for cells in sheet.rows():
        top.append(cells)
        if len(top) >= ROWS_LOOKED_AT:
            break
    for area in sheet.merged:
        _spread(top, area)
    best = max(range(len(top)), key=lambda at: (_header_score(top[at], knows), -at), default=None)
    if best is None or _header_score(top[best], knows) <= 0:
        found = TallySheet(sheet, ("",) * sheet.width, ())
    else:
        first, last = _header_block(top, best, knows)
        headers = _joined([top[at] for at in range(first, last + 1)], sheet.width)
        found = TallySheet(sheet, headers, tuple(range(first + 1, last + 2)))
    if next(found.rows(), None) is None:
        raise FileRefused(Refusal.NO_DATA)
    return found


def find_tally(sheets: Sequence[Sheet], knows: Knows = meaning_of_header) -> list[TallySheet]:
    """Every sheet that holds a tally, those with known headers first. Raises FileRefused(NO_DATA)."""
    found = []
    for sheet in sheets:
        try:
            found.append(find_layout(sheet, knows))
        except FileRefused as refused:
            if refused.code is not Refusal.NO_DATA:
                raise
    if not found:
        raise FileRefused(Refusal.NO_DATA)
    return sorted(found, key=lambda tally: -_known(tally.headers, knows))


def _known(texts: Sequence[Cell], knows: Knows) -> int:
    return sum(isinstance(text, str) and bool(knows(text)) for text in texts)


def _spread(rows: list[Row], area: tuple[tuple[int, int], tuple[int, int]]) -> None:
    """Write the text of a merged area into all its cells of the first row; below it would repeat itself."""
    (top, left), (_, right) = area
    if top >= len(rows) or left >= len(rows[top]) or right - left > 50:
        return
    text = rows[top][left]
    rows[top] = list(rows[top])
    if isinstance(text, str) and _is_blank(rows[top][left + 1 : right + 1]):
        filled = range(left, min(right + 1, len(rows[top])))
        # a title merged over the whole width is no header of each column
        if len(filled) < len(rows[top]) or len(rows[top]) <= 2:
            for column in filled:
                rows[top][column] = text


def _is_blank(cells: Sequence[Cell]) -> bool:
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def _keys(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(text_key(cell) if isinstance(cell, str) else "" for cell in cells)


def _is_data(cell: Cell) -> bool:
    """Whether a cell holds a value rather than a word: a number, a day, a time."""
    if cell is None:
        return False
    if not isinstance(cell, str):
        return True
    text = cell.strip()
    if not any(letter.isdigit() for letter in text):
        return False
    return isinstance(read_whole_number(text), int) or isinstance(read_days(text, year=2000), DaySpan)


def _header_score(cells: Sequence[Cell], knows: Knows) -> int:
    """How much a row looks like a header: words known from headers, distinct, and no values among them."""
    texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    if len(texts) < 2 or any(_is_data(cell) for cell in cells):
        return 0
    known = _known(texts, knows)
    return known * 10 + len(set(texts)) if known >= 2 or (known and len(texts) <= 3) else 0


def _header_block(top: list[Row], best: int, knows: Knows) -> tuple[int, int]:
    """First and last row of the header: the best row with the one above or below that belongs to it."""
    if best + 1 < len(top) and _is_lower_header(top[best], top[best + 1], knows):
        return best, best + 1
    if best > 0 and _is_upper_header(top[best - 1], top[best], knows):
        return best - 1, best
    return best, best


def _is_lower_header(upper: Row, lower: Row, knows: Knows) -> bool:
    """A second header row has words only, half of them known at least, some below an upper gap or group."""
    same = [above == below for above, below in zip(_keys(upper), _keys(lower), strict=True)]
    lower = [None if is_same else cell for cell, is_same in zip(lower, same, strict=True)]  # merged downwards
    texts = [cell for cell in lower if isinstance(cell, str) and cell.strip()]
    if not texts or any(_is_data(cell) for cell in lower):
        return False
    if len(texts) >= sum(not _is_blank([cell]) for cell in upper) and not _has_gap_filled(upper, lower):
        return False
    return _known(texts, knows) * 2 >= len(texts)


def _has_gap_filled(upper: Row, lower: Row) -> bool:
    return any(_is_blank([above]) and not _is_blank([below]) for above, below in zip(upper, lower, strict=False))


def _is_upper_header(upper: Row, lower: Row, knows: Knows) -> bool:
    """A group row has words only, over columns of the header, and more than a title would say."""
    filled = [at for at, cell in enumerate(upper) if not _is_blank([cell])]
    if not filled or any(_is_data(cell) for cell in upper):
        return False
    over_columns = all(at < len(lower) and not _is_blank([lower[at]]) for at in filled)
    return over_columns and (_known([upper[at] for at in filled], knows) > 0 or (len(filled) > 1 and filled[0] > 0))


def _joined(rows: list[Row], width: int) -> tuple[str, ...]:
    """One header per column; a group's word counts for the columns to its right with only a lower one."""
    texts = [[_header_text(row[at]) if at < len(row) else "" for at in range(width)] for row in rows]
    if len(texts) == 2:
        upper, lower = texts
        group = ""
        for at in range(width):
            group = upper[at] or (group if lower[at] else "")
            upper[at] = group
    return tuple(" ".join(dict.fromkeys(text for text in column if text)) for column in zip(*texts, strict=True))


def _header_text(cell: Cell) -> str:
    return " ".join(str(cell).split()) if cell is not None else ""


def _skipped(cells: Sequence[Cell], repeats: tuple[tuple[str, ...], ...], width: int) -> SkipReason | None:
    """Why a row below the header is no activity, or None when it may be one."""
    filled = [cell for cell in cells if cell is not None and (not isinstance(cell, str) or not cell.isspace())]
    if not filled:
        return SkipReason.BLANK
    first = filled[0]
    if not isinstance(first, str):
        return SkipReason.TOTAL if _is_bare_sum(filled, width) else None
    key = text_key(first)
    if key.split(" ")[0] in TOTALS and not any(_is_day(cell) for cell in filled):
        return SkipReason.TOTAL
    if repeats and _repeats_header(cells, repeats):
        return SkipReason.REPEATED_HEADER
    if len(filled) == 1 and width > 2 and (not _is_data(first) or _is_month(first)):
        return SkipReason.REMARK
    return None


def _is_month(cell: Cell) -> bool:
    """Whether a cell alone names a stretch of days, as "Februar 2026" does above its entries."""
    days = read_days(cell, year=2000)
    return isinstance(days, DaySpan) and days.first != days.last


def _is_day(cell: Cell) -> bool:
    return isinstance(read_days(cell, year=2000), DaySpan)


def _is_bare_sum(filled: Sequence[Cell], width: int) -> bool:
    """Numbers alone in less than half of the columns, none of which could be a day."""
    return (
        len(filled) * 2 < width
        and all(isinstance(cell, (int, float)) and not isinstance(cell, bool) for cell in filled)
        and not any(_is_day(cell) for cell in filled)
    )


def _repeats_header(cells: Sequence[Cell], repeats: tuple[tuple[str, ...], ...]) -> bool:
    keys = _keys(cells)
    for header in repeats:
        alike = sum(bool(key) and key == above for key, above in zip(keys, header, strict=False))
        if alike >= 2 and alike * 5 >= sum(map(bool, header)) * 4:
            return True
    return False
