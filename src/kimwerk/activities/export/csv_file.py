"""Entries as CSV, written by the database itself and passed on block by block in constant memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import connection

from kimwerk.access.actors import Actor
from kimwerk.access.walls import acting
from kimwerk.activities.export.columns import COLUMNS
from kimwerk.activities.export.sanitising import harmless, harmless_sql
from kimwerk.activities.models.activity import ActivityQuerySet
from kimwerk.activities.selectors.entries import ROW_COLUMNS, entries
from kimwerk.activities.types import EntryFilter

BYTE_ORDER_MARK = "\ufeff"
DELIMITER = ";"
BLOCK = 64 * 1024
JOINED = 2
"""So many members of a list are looked up by joins; longer lists, which are rare, one by one."""


def csv_blocks(actor: Actor, asked: EntryFilter) -> Iterator[bytes]:
    """The file in blocks of about 64 KiB, read in a transaction of its own in which the actor is named.

    By the time an answer is streamed, the transaction of its request has ended.
    """
    yield (BYTE_ORDER_MARK + _heading()).encode()
    with acting(actor), connection.cursor() as cursor:
        statement, parameters = _statement(entries(actor, asked))
        collected = bytearray()
        with cursor.cursor.copy(statement, parameters) as copy:
            for line in copy:
                collected += line
                if len(collected) >= BLOCK:
                    yield bytes(collected)
                    collected.clear()
        yield bytes(collected)


def _heading() -> str:
    return DELIMITER.join(_quoted(harmless(str(column.title))) for column in COLUMNS) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(char in text for char in f'{DELIMITER}"\r\n') else text


_NAMES = {
    "categories": "select id, {label} as label from activities_category",
    "municipalities": "select id, {name} as label from directory_municipality",
    "sites": "select id, {name} as label from directory_site",
    "organisations": "select id, {name} as label from directory_organisation",
    "people": "select id, {person} as label from accounts_account",
}
_SINGLE = {
    "kind": ("categories", "kind_id"),
    "referral": ("categories", "referral_target_id"),
    "channel": ("categories", "channel_id"),
    "municipality": ("municipalities", "municipality_id"),
    "site": ("sites", "site_id"),
    "person": ("people", "done_by_id"),
}
_LISTS = {
    "topics": "categories",
    "target_groups": "categories",
    "legal_circles": "categories",
    "partners": "organisations",
}


def _statement(found: ActivityQuerySet) -> tuple[str, Sequence[object]]:
    """COPY of the rows with names looked up, days written in German and texts shielded, all in the database."""
    inner, parameters = found.values(*ROW_COLUMNS).query.sql_with_params()
    shielded = {
        "label": harmless_sql("label"),
        "name": harmless_sql("name"),
        "person": harmless_sql("trim(given_name || ' ' || family_name)"),
    }
    names = ", ".join(f"{name} as materialized ({sql.format(**shielded)})" for name, sql in _NAMES.items())
    joins = [f"left join {table} {alias} on {alias}.id = q.{key}" for alias, (table, key) in _SINGLE.items()]
    joins += [
        f"left join {table} {column}_{place} on {column}_{place}.id = q.{column}[{place}]"
        for column, table in _LISTS.items()
        for place in range(1, JOINED + 1)
    ]
    shown = ", ".join(_expression(column.sql) for column in COLUMNS)
    return (
        f"copy (with {names} select {shown} from ({inner}) q {' '.join(joins)} order by q.day desc, q.id desc)"
        f" to stdout with (format csv, delimiter '{DELIMITER}', encoding 'UTF8')",
        parameters,
    )


def _expression(sql: str) -> str:
    if not sql.startswith("@"):
        return sql
    column = sql.removeprefix("@")
    if column == "note":
        return f"case when q.note <> '' then {harmless_sql('q.note')} end"
    joined = ", ".join(f"{column}_{place}.label" for place in range(1, JOINED + 1))
    return (
        f"case when cardinality(q.{column}) <= {JOINED} then nullif(concat_ws(', ', {joined}), '') else"
        f" (select string_agg(n.label, ', ' order by o.at) from unnest(q.{column}) with ordinality as o(id, at)"
        f" join {_LISTS[column]} n on n.id = o.id) end"
    )
