"""Loads diary entries in bulk, as the owner role: for synthetic data only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

from kimwerk.audit.services import record_maintenance


@contextmanager
def without_triggers(table: str, *triggers: str, action: str, amount: int) -> Iterator[None]:
    """Within the running transaction, leave these triggers of the table out, and record one act instead.

    Only the table's owner can do this; others wait for the end of the transaction to write.
    """
    with connection.cursor() as cursor:
        for trigger in triggers:
            cursor.execute(f'alter table {table} disable trigger "{trigger}"')
    yield
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        for trigger in triggers:
            cursor.execute(f'alter table {table} enable trigger "{trigger}"')
        cursor.execute("set constraints all deferred")
    record_maintenance(action=action, subject_type=table, amount=amount)


def load_activities(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Copy rows into the diary in their order.

    By way of a table of the transaction, because PostgreSQL copies into no table behind a wall.
    """
    named = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute("create temporary table arriving (like activities_activity) on commit drop")
        cursor.execute(f"alter table arriving {', '.join(f'alter {name} drop not null' for name in KEPT_BY_DEFAULT)}")
        cursor.execute("alter table arriving add row_number bigint generated always as identity")
        with cursor.copy(f"copy arriving ({named}) from stdin") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"insert into activities_activity ({named}) select {named} from arriving order by row_number")
        cursor.execute("drop table arriving")


KEPT_BY_DEFAULT = ("id",)
"""Columns that the diary fills itself."""
