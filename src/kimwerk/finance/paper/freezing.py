"""A paper as it was at a moment: kept as data, made into a paper again, and held against a later one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from kimwerk.finance.paper.tables import Paper, PaperCell, PaperTable

Frozen = Mapping[str, object]


def frozen(paper: Paper) -> dict[str, object]:
    """The paper as plain data, every cell with what it is."""
    return {
        "title": paper.title,
        "organisation": paper.organisation,
        "made_at": paper.made_at.isoformat(),
        "facts": list(paper.facts),
        "tables": [_frozen_table(table) for table in paper.tables],
        "text_title": paper.text_title,
        "text": paper.text,
        "signature": list(paper.signature),
    }


def hash_of(content: Frozen) -> str:
    """The SHA-256 of the data, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def thawed(content: Frozen) -> Paper:
    """The paper again; ValueError where the data are none."""
    return Paper(
        title=str(content["title"]),
        organisation=str(content["organisation"]),
        made_at=datetime.fromisoformat(str(content["made_at"])),
        facts=_texts(content["facts"]),
        tables=tuple(_thawed_table(table) for table in _list(content["tables"])),
        text_title=str(content["text_title"]),
        text=str(content["text"]),
        signature=_texts(content["signature"]),
    )


class ChangeKind(StrEnum):
    """How a row of the later paper differs."""

    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: a row of a table that came or went, or a cell of it that is another."""

    kind: ChangeKind
    table: str
    row: str
    head: str = ""
    before: PaperCell = ""
    after: PaperCell = ""


def changes(before: Paper, after: Paper) -> tuple[Change, ...]:
    """What differs between two papers of the same tables, table by table; the text is not looked at."""
    tables = {table.title: table for table in after.tables}
    return tuple(
        change for table in before.tables if table.title in tables for change in _of_table(table, tables[table.title])
    )


def _of_table(before: PaperTable, after: PaperTable) -> Iterator[Change]:
    old, new = _keyed(before), _keyed(after)
    for key, row in old.items():
        name = " · ".join(part for part in key[:-1] if part)
        if key not in new:
            yield Change(ChangeKind.GONE, before.title, name)
            continue
        for column, (head, was, now) in enumerate(zip(before.heads, row, new[key], strict=False)):
            if was != now and column not in before.derived:
                yield Change(ChangeKind.CHANGED, before.title, name, head, was, now)
    for key in new:
        if key not in old:
            yield Change(ChangeKind.ADDED, before.title, " · ".join(part for part in key[:-1] if part))


def _keyed(table: PaperTable) -> dict[tuple[str, ...], tuple[PaperCell, ...]]:
    """Rows by the cells that name them; rows of the same name by their number among these."""
    found: dict[tuple[str, ...], tuple[PaperCell, ...]] = {}
    for row in table.rows:
        name = tuple(str(row[column]) for column in table.named_by)
        number = 0
        while (*name, str(number)) in found:
            number += 1
        found[*name, str(number)] = row
    return found


def _frozen_table(table: PaperTable) -> dict[str, object]:
    return {
        "title": table.title,
        "heads": list(table.heads),
        "rows": [[_frozen_cell(cell) for cell in row] for row in table.rows],
        "sums": sorted(table.sums),
        "empty": table.empty,
        "note": table.note,
        "named_by": list(table.named_by),
        "derived": sorted(table.derived),
    }


def _frozen_cell(cell: PaperCell) -> list[str]:
    if isinstance(cell, Decimal):
        return ["amount", str(cell)]
    if isinstance(cell, date):
        return ["day", cell.isoformat()]
    return ["count", str(cell)] if isinstance(cell, int) else ["text", cell]


def _thawed_table(content: object) -> PaperTable:
    if not isinstance(content, Mapping):
        raise ValueError("a table of a kept paper")
    return PaperTable(
        title=str(content["title"]),
        heads=_texts(content["heads"]),
        rows=tuple(tuple(_thawed_cell(cell) for cell in _list(row)) for row in _list(content["rows"])),
        sums=frozenset(_numbers(content["sums"])),
        empty=str(content["empty"]),
        note=str(content["note"]),
        named_by=_numbers(content["named_by"]),
        derived=frozenset(_numbers(content["derived"])),
    )


def _thawed_cell(cell: object) -> PaperCell:
    kind, written = _texts(cell)
    if kind == "amount":
        return Decimal(written)
    if kind == "day":
        return date.fromisoformat(written)
    return int(written) if kind == "count" else written


def _numbers(content: object) -> tuple[int, ...]:
    return tuple(int(text) for text in _texts(content))


def _texts(content: object) -> tuple[str, ...]:
    return tuple(str(each) for each in _list(content))


def _list(content: object) -> Sequence[object]:
    if not isinstance(content, list):
        raise ValueError("a list of a kept paper")
    return content
