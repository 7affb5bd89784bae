"""A sheet of cells, whatever file it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | float | int | bool | date | datetime | time | timedelta | None
Row = list[Cell]
Area = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged area, each as row and column from 0, both included."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. Its rows can be read again and again; the first is row 1, all are `width` cells wide.

    `is_1904` says which day a bare serial number counts from; date cells are days already.
    """

    name: str
    height: int
    width: int
    source: Callable[[], Iterator[Row]]
    is_1904: bool = False
    is_hidden: bool = False
    merged: tuple[Area, ...] = ()

    def rows(self) -> Iterator[Row]:
        """Every row from the top, blank ones included."""
        return self.source()
