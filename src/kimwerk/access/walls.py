"""The second wall: row-level security that binds the web role to the actor of the transaction.

A transaction that names no actor sees no rows. The policies ask functions of the database
(schema `walls`) that read memberships by the actor's id, so that the application can say who
acts but never what they may see. Maintenance (migrations, erasure runs, loading the demo) is
done by the owner role, which must say so in the transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    rows before and after a change. The wall binds the table's owner too. Conditions name rights by the
    functions `walls.organisations` and the like; a migration that does so ends with `rights_from_view`.
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


_RIGHTS = r"(ARRAY\[[^]]*\])"
_FUNCTION = r"\(\s*SELECT walls\.{0}\(VARIADIC " + _RIGHTS + r"\) AS {0}\)"
_BY_FUNCTION = r"(( SELECT walls.{0}(VARIADIC \1) AS {0})::bigint[])"
_FROM_VIEW = r"\s+FROM walls\.my_rights my\s+WHERE "
_WAYS = {
    "homes": (
        r"(array(select my.organisation_id from walls.my_rights my where my.permissions && \1))",
        rf"ARRAY\( SELECT my\.organisation_id{_FROM_VIEW}\(my\.permissions && {_RIGHTS}\)\)",
    ),
    "organisations": (
        r"(array(select my.organisation_id from walls.my_rights my"
        r" where my.permissions && \1 and my.municipality_id is null))",
        rf"ARRAY\( SELECT my\.organisation_id{_FROM_VIEW}\(\(my\.permissions && {_RIGHTS}\)"
        r" AND \(my\.municipality_id IS NULL\)\)\)",
    ),
    "places": (
        r"(array(select walls.place(my.organisation_id, my.municipality_id) from walls.my_rights my"
        r" where my.permissions && \1 and my.municipality_id is not null))",
        rf"ARRAY\( SELECT walls\.place\(my\.organisation_id, my\.municipality_id\) AS place{_FROM_VIEW}"
        rf"\(\(my\.permissions && {_RIGHTS}\) AND \(my\.municipality_id IS NOT NULL\)\)\)",
    ),
    "may": (
        r"(exists (select from walls.my_rights my where my.permissions && \1))",
        rf"\(EXISTS \( SELECT{_FROM_VIEW}\(my\.permissions && {_RIGHTS}\)\)\)",
    ),
}


def rights_from_view(*tables: str) -> RunSQL:
    """A migration's operation: the walls of these tables (`like` patterns) read rights from `walls.my_rights`.

    Walls are written with the functions `walls.homes`, `organisations`, `places` and `may`, which say what is meant.
    Calling one takes ten times as long as reading the view, in each question of a page. Nothing else changes.
    """
    ways = [(_FUNCTION.format(name), view) for name, (view, _) in _WAYS.items()]
    back = [
        (seen, _BY_FUNCTION.format(name) if name != "may" else r"( SELECT walls.may(VARIADIC \1) AS may)")
        for name, (_, seen) in _WAYS.items()
    ]
    return RunSQL(_walls_rewritten(tables, ways), reverse_sql=_walls_rewritten(tables, back))


def _walls_rewritten(tables: Sequence[str], ways: Sequence[tuple[str, str]]) -> str:
    """The SQL that puts other words for those that a pattern finds, in every condition of these tables."""
    using, check = "wall.qual", "wall.with_check"
    for pattern, words in ways:
        using, check = (f"regexp_replace({each}, $p${pattern}$p$, $w${words}$w$, 'g')" for each in (using, check))
    names = ", ".join(f"'{each}'" for each in tables)
    return f"""
        do $rewrite$
        declare
          wall record;
          using_now text;
          check_now text;
        begin
          for wall in select * from pg_policies where tablename like any (array[{names}]) loop
            using_now := {using};
            check_now := {check};
            if (using_now, check_now) is distinct from (wall.qual, wall.with_check) then
              execute format('alter policy %I on %I.%I', wall.policyname, wall.schemaname, wall.tablename)
                || coalesce(' using (' || using_now || ')', '') || coalesce(' with check (' || check_now || ')', '');
            end if;
          end loop;
        end $rewrite$;
    """
