"""Tables without triggers, keys and indexes while millions of rows come in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

FOREIGN_KEYS = """
select format('alter table %%I drop constraint %%I', conrelid::regclass, conname),
  format('alter table %%I add constraint %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
from pg_constraint where conrelid = any(%s::regclass[]) and contype = 'f' order by 1
"""
INDEXES = """
select format('drop index %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
from pg_index where indrelid = any(%s::regclass[])
  and not exists (select from pg_constraint where conindid = indexrelid) order by 1
"""


@contextmanager
def bare(*tables: str) -> Iterator[None]:
    """The tables without triggers, keys and indexes within the running transaction; built anew at its end.

    Foreign keys are checked then, once for all rows. Only the tables' owner can do this.
    """
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set local maintenance_work_mem = '512MB'")
        forced = _forced(tables)
        for table in tables:
            cursor.execute(f"alter table {table} disable trigger user, no force row level security")
        keys = _taken_off(FOREIGN_KEYS, tables)
        indexes = _taken_off(INDEXES, tables)
        yield
        for definition in (*indexes, *keys):
            cursor.execute(definition)
        for table in tables:
            cursor.execute(f"alter table {table} enable trigger user")
        for table in forced:
            cursor.execute(f"alter table {table} force row level security")


def _forced(tables: tuple[str, ...]) -> list[str]:
    """Those whose walls bind the owner, too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select oid::regclass::text from pg_class where oid = any(%s::regclass[]) and relforcerowsecurity",
            [list(tables)],
        )
        return [name for (name,) in cursor.fetchall()]


def _taken_off(listing: str, tables: tuple[str, ...]) -> list[str]:
    """Remove what the listing names; returns how to make it again."""
    with connection.cursor() as cursor:
        cursor.execute(listing, [list(tables)])
        found: list[tuple[str, str]] = cursor.fetchall()
        for removal, _ in found:
            cursor.execute(removal)
    return [definition for _, definition in found]
