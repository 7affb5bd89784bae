"""Every table that tells of people in our care, asked in bare SQL by strangers of every role."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from kimwerk.access.roles import Role
from kimwerk.access.walls import set_actor
from kimwerk.kernel.personal import Category
from tests.architecture.test_house import own_models, room_of
from tests.attacks.report import BUILD, IN_SQL, keep, write_report
from tests.attacks.world import World
from tests.cast import as_owner

ABROAD = "Kreis Kleve"
NOTHING = "0/0/0"
Enter = Callable[[Role, str], Client]


def tables_about_clients() -> list[str]:
    """The tables with a field that is declared to tell of a person in our care."""
    return sorted(
        model._meta.db_table
        for model in own_models()
        for declared in [importlib.import_module(f"kimwerk.{room_of(model)}.privacy").FIELDS[model.__name__]]
        if {Category.CLIENT, Category.SPECIAL} & {field.category for field in declared.values()}
    )


def rows_touched(statements: Iterator[str]) -> dict[str, int]:
    """How many rows each statement reaches as the web role; a refusal reaches none. Nothing is kept."""
    touched = {}
    for statement in statements:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
                touched[statement] = cursor.fetchone()[0] if statement.startswith("select") else cursor.rowcount
                transaction.set_rollback(True)
        except DatabaseError:
            touched[statement] = 0
    return touched


def attempts(table: str) -> Iterator[str]:
    """Reading, changing and deleting everything there is."""
    yield f"select count(*) from {table}"
    with connection.cursor() as cursor:
        # asked of the catalogue, which answers for tables that the web role may not touch, too
        cursor.execute("select attname from pg_attribute where attrelid = %s::regclass and attnum = 2", [table])
        first = cursor.fetchone()[0]
    yield f"update {table} set {first} = {first}"
    yield f"delete from {table}"


def test_the_world_has_rows_to_be_found(world: World) -> None:
    """A table without a row would pass every attack."""
    with as_owner(), connection.cursor() as cursor:
        empty = []
        for table in tables_about_clients():
            cursor.execute(f"select exists (select from {table})")
            if cursor.fetchone() == (False,):
                empty.append(table)
    assert empty == []


def attacked() -> dict[str, str]:
    """By table the rows that the actor in charge reads, changes and deletes, as "0/0/0"."""
    return {
        table: "/".join(str(rows) for rows in rows_touched(attempts(table)).values())
        for table in tables_about_clients()
    }


@pytest.mark.parametrize("role", Role)
def test_a_stranger_reaches_no_row_about_people(role: Role, enter: Enter, world: World) -> None:
    set_actor(int(enter(role, ABROAD).session["_auth_user_id"]))
    reached = attacked()
    keep(f"{IN_SQL}{role.value}", reached)
    assert set(reached.values()) == {NOTHING}, reached


def test_who_names_no_actor_reaches_no_row_about_people(world: World) -> None:
    set_actor(None)
    reached = attacked()
    keep(f"{IN_SQL}nobody", reached)
    assert set(reached.values()) == {NOTHING}, reached


def test_the_report_lists_every_table(world: World) -> None:
    write_report()
    page = (BUILD / "attacks.md").read_text(encoding="utf-8")
    assert [table for table in tables_about_clients() if f"| {table} |" not in page] == []


@pytest.mark.parametrize(
    "statement",
    [
        "select count(*) from walls.held",
        "select count(*) from walls.should_be_held",
        "insert into walls.held select 0, walls.actor(), 1, null, daterange(null, null), '{case.work}'",
        "update walls.held set permissions = '{case.work}'",
        "delete from walls.held",
        "truncate walls.held",
        "alter table walls.held disable row level security",
        "create trigger mine before insert on walls.held for each row execute function walls.keep_held()",
        "create or replace function walls.homes(variadic permissions text[]) returns bigint[] language sql"
        " as 'select array[1::bigint]'",
        "select walls.hold(array[walls.actor()])",
        "select walls.hold_all()",
        "insert into walls.my_rights select 1, null, '{case.work}'",
        "create or replace view walls.my_rights as"
        " select organisation_id, municipality_id, permissions from walls.held",
        "select count(*) from walls.admitted",
        "select count(*) from walls.should_be_admitted",
        "insert into walls.admitted select 1, walls.actor(), '-infinity', 'infinity', true",
        "insert into walls.my_cases select 1",
        "insert into walls.my_kept_cases select 1",
        "update walls.admitted set ends_at = 'infinity', may_keep = true",
        "delete from walls.admitted",
        "select walls.keep_admitted_to(array[1], array[walls.actor()])",
        "select walls.admit_all()",
        "select count(*) from walls.entrusted",
        "select count(*) from walls.should_be_entrusted",
        "insert into walls.entrusted select 1, 1, walls.actor(), '-infinity', 'infinity', true",
        "insert into walls.my_people select 1",
        "delete from walls.my_kept_people",
        "update walls.entrusted set ends_at = 'infinity'",
        "select walls.keep_entrusted_of_care(array[1], array[walls.actor()])",
        "select walls.entrust_all()",
        "alter table persons_care disable trigger entrusted_update",
        "create or replace view walls.my_people as select id as person_id from persons_person",
        "alter table casework_case disable trigger admitted_update",
        "alter table casework_insight disable trigger admitted_update",
        "create or replace view walls.my_kept_cases as select case_id from walls.my_cases",
        "create or replace view walls.my_cases as select id as case_id from casework_case",
        "insert into accounts_roleright (role, permission) values ('system_administrator', 'case.work')",
        "alter table accounts_membership disable trigger held_insert",
        "set session_replication_role = replica",
    ],
)
@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.SYSTEM_ADMINISTRATOR])
def test_what_the_walls_keep_about_rights_is_neither_read_nor_written(
    statement: str, role: Role, enter: Enter, world: World
) -> None:
    set_actor(int(enter(role, ABROAD).session["_auth_user_id"]))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
