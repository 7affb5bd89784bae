"""From the columns of a flat file to registrations."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from kimwerk.persons.matching.registration import Registration

COLUMNS = ("rec_id", "first_name", "last_name", "birth_date", "sex", "municipality")
ORIGINAL_COLUMNS = ("original_first_name", "original_last_name")


class MissingColumnsError(ValueError):
    """The file lacks columns; `columns` says which."""

    def __init__(self, columns: list[str]) -> None:
        super().__init__(", ".join(columns))
        self.columns = columns


def read_registrations(path: Path) -> Iterator[Registration]:
    """Read a CSV file in UTF-8 with a line of column names; dates that are none count as unknown."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
        if missing:
            raise MissingColumnsError(missing)
        yield from map(registration, rows)


def registration(row: Mapping[str, str | None]) -> Registration:
    """One row; columns of original-script names are optional."""
    given = {column: (row.get(column) or "").strip() for column in (*COLUMNS, *ORIGINAL_COLUMNS)}
    return Registration(
        rec_id=given["rec_id"],
        first_name=given["first_name"],
        last_name=given["last_name"],
        birth_date=_date(given["birth_date"]),
        sex=given["sex"].lower(),
        municipality=given["municipality"],
        original_first_name=given["original_first_name"],
        original_last_name=given["original_last_name"],
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
