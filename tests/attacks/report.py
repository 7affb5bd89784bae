"""What the attacks saw, collected over all their tests and processes into one report that can be published."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from kimwerk.access.roles import Role
from tests.attacks.access_table import TABLE, roles_of

BUILD = Path(__file__).parents[2] / "build"
PARTS = BUILD / "attacks"
ADDRESSES = "addresses"

IN_SQL = "sql "
"""How the parts of callers begin who asked the tables in bare SQL."""

Told = dict[str, str]
"""By the name of a door: its address, or what it answered to GET and POST, as "200/405".

By the name of a table: the rows that were read, changed and deleted, as "0/0/0".
"""


def keep(part: str, told: Told) -> None:
    """Keep the addresses, or what one caller (a role at home or abroad, or nobody) was answered; whole or not."""
    PARTS.mkdir(parents=True, exist_ok=True)
    unfinished = PARTS / f"{part}.{os.getpid()}"
    unfinished.write_text(json.dumps(told), encoding="utf-8")
    unfinished.rename(PARTS / f"{part}.json")


def write_report() -> None:
    """Every door with its address and every answer, every table with the rows reached; for programs and for people."""
    parts = {part.stem: json.loads(part.read_text(encoding="utf-8")) for part in sorted(PARTS.glob("*.json"))}
    addresses = parts.pop(ADDRESSES, {})
    in_sql = {caller: parts.pop(caller) for caller in list(parts) if caller.startswith(IN_SQL)}
    doors = {name: {caller: seen[name] for caller, seen in parts.items() if name in seen} for name in sorted(TABLE)}
    rows = {
        name: {"address": addresses.get(name, ""), "may": _may(name), "answers": answers}
        for name, answers in doors.items()
    }
    (BUILD / "attacks.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False), encoding="utf-8")
    page = "\n".join([*_page(doors, addresses, tuple(parts)), "", *_tables(in_sql)])
    (BUILD / "attacks.md").write_text(page + "\n", encoding="utf-8")


def _may(name: str) -> str:
    return ", ".join(sorted(role.value for role in roles_of(name))) or TABLE[name]


def _page(doors: Mapping[str, Told], addresses: Told, callers: tuple[str, ...]) -> Iterator[str]:
    yield "# Every address, tried by every role at home and abroad, and by nobody"
    yield ""
    yield (
        "A cell is what the server answered to GET and POST: 404 says that there is no such page for this caller, 405"
        " that the address takes no such request, 302 to nobody that one is sent to sign in. A cell is empty where"
        " what stands there belongs to everybody."
    )
    yield ""
    yield f"{len(doors)} addresses, {len(Role)} roles."
    yield ""
    yield "| door | address | may enter | " + " | ".join(callers) + " |"
    yield "|---" * (len(callers) + 3) + "|"
    for name, answers in doors.items():
        told = " | ".join(answers.get(caller, "") for caller in callers)
        yield f"| {name} | `{addresses.get(name, '')}` | {_may(name)} | {told} |"


def _tables(in_sql: Mapping[str, Told]) -> Iterator[str]:
    callers = [caller.removeprefix(IN_SQL) for caller in in_sql]
    tables = sorted({table for told in in_sql.values() for table in told})
    yield "# Every table about people in care, asked in bare SQL by strangers of every role"
    yield ""
    yield (
        "As the role of the database that pages use, without any page: a cell is how many rows could be read, changed"
        " and deleted by somebody of another organisation, and by whoever names no actor."
    )
    yield ""
    yield f"{len(tables)} tables."
    yield ""
    yield "| table | " + " | ".join(callers) + " |"
    yield "|---" * (len(callers) + 1) + "|"
    for table in tables:
        yield f"| {table} | " + " | ".join(told.get(table, "") for told in in_sql.values()) + " |"
