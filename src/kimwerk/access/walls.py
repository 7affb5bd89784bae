"""The second wall: row-level security that binds the web role to the actor of the transaction.

A transaction that names no actor sees no rows. The policies ask functions of the database
(schema `walls`) that read memberships by the actor's id, so that the application can say who
acts but never what they may see. Maintenance (migrations, erasure runs, loading the demo) is
done by the owner role, which must say so in the transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.db.migrations.operations import RunSQL

from kimwerk.access.actors import Actor


def set_actor(account_id: int | None) -> None:
    """Name the actor of the running transaction. It is forgotten when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('kimwerk.actor', %s, true)", [str(account_id or "")])


def name_link(token_hash: str) -> None:
    """Name the link that somebody holds who is not signed in. It is forgotten when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('kimwerk.link', %s, true)", [token_hash])


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """A transaction in which the actor is named: for jobs, commands and streamed answers."""
    with transaction.atomic():
        set_actor(actor.account_id)
        yield


@contextmanager
def maintenance() -> Iterator[None]:
    """A transaction of the owner role behind the walls. The web role cannot open it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select set_config('kimwerk.maintenance', 'on', true)")
        yield
        with connection.cursor() as cursor:
            cursor.execute("select set_config('kimwerk.maintenance', '', true)")


@contextmanager
def in_the_past(at: datetime) -> Iterator[None]:
    """To load a past: what the database itself dates is dated so. Only heeded in a session of the owner role."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('kimwerk.past', %s, true)", [at.isoformat()])
    yield
    with connection.cursor() as cursor:
        cursor.execute("select set_config('kimwerk.past', '', true)")


def wall(table: str, *, read: str, write: str | None = None) -> RunSQL:
    """A migration's operation: nobody passes to the table's rows but through these conditions.

    `read` and `write` are SQL conditions over a row; `write` (default: the same) must hold for
    rows before and after a change. The wall binds the table's owner too.
    """
    change = write or read
    return RunSQL(
        sql=f"""
            alter table {table} enable row level security;
            alter table {table} force row level security;
            create policy {table}_read on {table} for select using ({read});
            create policy {table}_insert on {table} for insert with check ({change});
            create policy {table}_update on {table} for update using ({change}) with check ({change});
            create policy {table}_delete on {table} for delete using ({change});
            create policy {table}_maintenance on {table} to kimwerk_owner
                using (current_setting('kimwerk.maintenance', true) = 'on')
                with check (current_setting('kimwerk.maintenance', true) = 'on');
        """,
        reverse_sql=f"""
            drop policy {table}_maintenance on {table};
            drop policy {table}_delete on {table};
            drop policy {table}_update on {table};
            drop policy {table}_insert on {table};
            drop policy {table}_read on {table};
            alter table {table} no force row level security;
            alter table {table} disable row level security;
        """,
    )


def wall_again(table: str, *, read: str, write: str | None = None) -> str:
    """The SQL that gives a wall other conditions, for a migration: as `wall` has them, nothing else changes."""
    change = write or read
    return f"""
        alter policy {table}_read on {table} using ({read});
        alter policy {table}_insert on {table} with check ({change});
        alter policy {table}_update on {table} using ({change}) with check ({change});
        alter policy {table}_delete on {table} using ({change});
    """
