"""From a file to grids of cells: CSV in any usual form, or the sheets of a workbook. Nothing is evaluated."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kimwerk.kernel.sheets.csv_text import DELIMITERS, decode
from kimwerk.kernel.sheets.reading import read_sheets
from kimwerk.kernel.sheets.refusals import MEBIBYTE, FileRefused, Limits, Refusal
from kimwerk.reporting.plausibility.cells import Cell, State, Style, cell_of, style_of

LIMITS = Limits(size=10 * MEBIBYTE, rows=20_000, columns=200, cells=400_000, unpacked=64 * MEBIBYTE, text=10 * MEBIBYTE)
"""A published table can be read by people; what is much larger is a data set."""


@dataclass(frozen=True, slots=True)
class Grid:
    """All cells of a sheet, row by row; `name` is empty for a text file."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def width(self) -> int:
        """Columns."""
        return len(self.rows[0]) if self.rows else 0


def read_grids(data: bytes, file_name: str = "") -> list[Grid]:
    """The grids of a file. Raises FileRefused."""
    sheets = read_sheets(data, file_name, LIMITS)
    if len(sheets) == 1 and not sheets[0].name and not data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return [_grid("", _records(decode(data)))]
    return [_grid(sheet.name, [list(row) for sheet_row in [sheet.rows()] for row in sheet_row])
            for sheet in sheets if not sheet.is_hidden]  # fmt: skip


def _records(text: str) -> list[list[str]]:
    """The rows under the delimiter that makes most numbers in rows of one width."""
    if text[:4].lower() == "sep=" and text[4:5] not in {"", "\r", "\n"}:
        return [[], *_split(text, text[4])[1:]]
    found = [(delimiter, _split(text, delimiter)) for delimiter in DELIMITERS]
    return max(found, key=lambda each: (_fitness(each[1]), -DELIMITERS.index(each[0])))[1]


def _split(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
    except csv.Error as error:
        raise FileRefused(Refusal.BROKEN) from error


def _fitness(rows: Sequence[Sequence[str]]) -> float:
    """Cells that are whole, times how many rows have the usual width."""
    wide = [row for row in rows if len(row) > 1]
    if not wide:
        return 0.0
    usual = Counter(len(row) for row in wide).most_common(1)[0][1]
    style = style_of(text for row in wide for text in row)
    whole = sum(cell_of(0, 0, text, style).is_number for row in wide[:500] for text in row)
    return usual / len(wide) * (whole + 0.01 * len(wide))


def _grid(name: str, rows: Sequence[Sequence[object]]) -> Grid:
    width = max((len(row) for row in rows), default=0)
    style = style_of(text for row in rows for text in row if isinstance(text, str))
    return Grid(
        name,
        tuple(
            tuple(cell_of(at, column, row[column] if column < len(row) else None, style) for column in range(width))
            for at, row in enumerate(rows)
        ),
    )


__all__ = ["Cell", "FileRefused", "Grid", "State", "Style", "read_grids"]
