"""Cells as they are kept and shown: as JSON that gives the same cell back, and as text that reads the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite

from kimwerk.kernel.german import number
from kimwerk.kernel.sheets.sheet import Cell

Stored = str | float | int | bool | None | dict[str, str | float]


def cells_to_json(cells: Sequence[Cell]) -> str:
    """A row as a JSON list without empty cells at its end; days and times as objects with one key."""
    end = len(cells)
    while end and cells[end - 1] is None:
        end -= 1
    kept = list(cells[:end])
    try:
        text = json.dumps(kept, default=_unusual, ensure_ascii=False, allow_nan=False)
    except ValueError:
        text = ""
    if text and "\\u0000" not in text:
        return text
    return json.dumps([_storable(cell) for cell in kept], default=_unusual, ensure_ascii=False)


def _storable(cell: Cell) -> Cell:
    """What no database takes: characters without meaning go, numbers beyond counting become words."""
    if isinstance(cell, str):
        return cell.replace("\0", "")
    if isinstance(cell, float) and not isfinite(cell):
        return str(cell)
    return cell


def _unusual(cell: object) -> dict[str, str | float]:
    if isinstance(cell, datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    if isinstance(cell, time):
        return {"time": cell.isoformat()}
    if isinstance(cell, timedelta):
        return {"span": cell.total_seconds()}
    raise TypeError(type(cell).__name__)


def cell_from_json(stored: Stored) -> Cell:
    """The cell that was stored."""
    if not isinstance(stored, dict):
        return stored
    (kind, value), *_ = stored.items()
    if kind == "span":
        return timedelta(seconds=float(value))
    if kind == "moment":
        return datetime.fromisoformat(str(value))
    return time.fromisoformat(str(value)) if kind == "time" else date.fromisoformat(str(value))


def cells_from_json(stored: Sequence[Stored]) -> list[Cell]:
    """A row that was stored."""
    return [cell_from_json(cell) for cell in stored]


def cell_text(cell: Cell) -> str:
    """A cell as somebody would type it in Germany; read again, it says the same."""
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, (int, float)):
        return _number_text(cell)
    return _date_text(cell) if isinstance(cell, date) else _clock_text(cell)


def _date_text(cell: date) -> str:
    is_moment = isinstance(cell, datetime) and bool(cell.hour or cell.minute)
    return f"{cell:%d.%m.%Y %H:%M}" if is_moment else f"{cell:%d.%m.%Y}"


def _clock_text(cell: time | timedelta) -> str:
    if isinstance(cell, time):
        return f"{cell:%H:%M:%S}" if cell.second else f"{cell:%H:%M}"
    minutes, seconds = divmod(round(cell.total_seconds()), 60)
    rest = f":{seconds:02}" if seconds else ""
    return f"{minutes // 60}:{minutes % 60:02}{rest}"


def _number_text(cell: float) -> str:
    amount = Decimal(str(cell))
    if not amount.is_finite():
        return str(cell)
    amount = amount.to_integral_value() if amount == amount.to_integral_value() else amount
    # years and numbers of files are numbers, too: no points between thousands
    return number(amount).replace(".", "").replace("\u2212", "-")
