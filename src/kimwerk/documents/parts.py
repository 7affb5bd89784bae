"""Parts of a package as JSON, and read again without believing them. Code lists travel as genericode."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from kimwerk.directory.genericode import CodeList, Column, ListError, Row, read_code_list, write_code_list
from kimwerk.documents.types import Licence, PackedPart, PartKind
from kimwerk.kernel import german

LONGEST = 4_000
"""Characters of one value."""

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOST_ROWS, MOST_COLUMNS = 5_000, 20


def written(part: PackedPart) -> dict[str, object]:
    """A part as JSON."""
    told: dict[str, object] = {
        "kind": part.kind.value,
        "key": part.key,
        "title": part.title,
        "licence": part.licence.value,
        "origin": part.origin,
        "facts": [list(fact) for fact in part.facts],
    }
    if part.kind is PartKind.CODE_LIST:
        return told | {"genericode": as_genericode(part)}
    return told | {"columns": list(part.columns), "rows": [list(row) for row in part.rows]}


def read(told: Mapping[str, object]) -> PackedPart:
    """A part out of JSON. Raises ValueError, KeyError or TypeError for what is none."""
    kind = PartKind(str(told["kind"]))
    facts = tuple((name, text) for name, text in _table(told.get("facts", []), 200))
    if kind is PartKind.CODE_LIST:
        columns, rows = _code_list(str(told["genericode"]))
    else:
        columns = tuple(_table([told.get("columns", [])], 1)[0])
        rows = _table(told.get("rows", []), MOST_ROWS)
    if not told["key"] or not told["title"] or not told["origin"] or len(columns) > MOST_COLUMNS:
        raise ValueError
    if any(len(row) != len(columns) for row in rows):
        raise ValueError
    return PackedPart(
        kind, _plain(told["key"])[:120], _plain(told["title"])[:160], Licence(str(told["licence"])),
        _plain(told["origin"])[:160], facts, columns, rows,
    )  # fmt: skip


def as_people_read(cell: str) -> str:
    """A cell as it is shown: packages carry days as programs write them."""
    if not DAY.fullmatch(cell):  # eight digits alone are a key of a municipality
        return cell
    try:
        return german.day(date.fromisoformat(cell))
    except ValueError:
        return cell


def as_genericode(part: PackedPart) -> str:
    """A code list in the form of the OASIS standard."""
    columns = tuple(Column(f"c{number}", name) for number, name in enumerate(part.columns))
    rows = tuple(
        Row(0, {column.id: value for column, value in zip(columns, row, strict=True) if value}) for row in part.rows
    )
    return write_code_list(CodeList(part.key, "1", columns, columns[0].id, rows))


def _code_list(content: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    try:
        found = read_code_list(content.encode())
    except ListError as error:
        raise ValueError from error
    if len(found.rows) > MOST_ROWS:
        raise ValueError
    ids = [column.id for column in found.columns]
    rows = tuple(tuple(row.values.get(each, "") for each in ids) for row in found.rows)
    return tuple(column.name for column in found.columns), rows


def _table(told: object, most: int) -> tuple[tuple[str, ...], ...]:
    if not isinstance(told, list) or len(told) > most or not all(isinstance(row, list) for row in told):
        raise TypeError
    return tuple(tuple(_plain(cell) for cell in row) for row in told)


def _plain(told: object) -> str:
    if not isinstance(told, str) or "\x00" in told or len(told) > LONGEST:
        raise ValueError
    return told
