"""Lists brought in by workers that are killed in the middle: nothing is lost, and nothing is doubled."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import psycopg
import pytest
from pytest_django.plugin import DjangoDbBlocker

from kimwerk.arrivals.importing.fields import plan_from_json
from kimwerk.arrivals.models import ListImport
from kimwerk.arrivals.services.importing.applying import order_applying
from kimwerk.arrivals.services.importing.reading import save_plan
from kimwerk.arrivals.services.importing.running import order_check, upload_list
from tests.activities.importing_world import ImportWorld, import_world
from tests.arrivals.families import surge
from tests.arrivals.importing import listed
from tests.cast import Cast
from tests.cluster_plugin import the_server

ROWS = 400
STOP = 4711
ON_THE_LIST = """
select count(*), count(distinct source_key), (select coalesce(sum(rows), 0)::int from arrivals_listcount)
from arrivals_registration
"""
SILENT = """
select not exists (select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
  and state = 'active')
"""


@pytest.fixture(scope="module")
def world(django_db_setup: Cast, django_db_blocker: DjangoDbBlocker) -> Iterator[ImportWorld]:
    """A database of its own with the cast and a list that waits to be read."""
    rows = (
        f"{at};Musterenko{chr(97 + at % 26)};Oksana;{1 + at % 28:02}.04.{1950 + at // 28};w;Ukraine;Weg {at};"
        "53721;Siegburg;;10.03.2022;nein"
        for at in range(ROWS)
    )
    with django_db_blocker.unblock():
        made = import_world("kimwerk_lists")
        with made.acting("karin") as karin:
            occasion = surge(made.cast, karin)
        with made.acting() as frieda:
            upload_list(actor=frieda, occasion=occasion, file_name="liste.csv", pieces=[listed(*rows)])
        yield made


def order_a_check(world: ImportWorld) -> None:
    """All on the list live in Siegburg; their rows are to be checked by a worker."""
    with world.acting() as frieda:
        brought, place = ListImport.objects.get(), world.cast.municipalities["Siegburg"]
        save_plan(actor=frieda, pk=brought.pk, plan=replace(plan_from_json(brought.plan), municipality_id=place))
        order_check(actor=frieda, pk=brought.pk)


def order_bringing_in(world: ImportWorld) -> None:
    """What was checked is to be brought in."""
    with world.acting() as frieda:
        order_applying(actor=frieda, pk=ListImport.objects.get().pk)


@contextmanager
def stopping_at(world: ImportWorld, table: str) -> Iterator[None]:
    """Whoever adds rows to the table stands still, in the middle of it, until this is over."""
    world.ask(
        "create or replace function stand_still() returns trigger language plpgsql as"
        f" $$ begin perform pg_advisory_xact_lock({STOP}); return null; end $$;"
        f"create trigger stand_still after insert on {table} for each statement execute function stand_still()"
    )
    with psycopg.connect(the_server().dsn(world.database)) as holder:
        holder.execute(f"select pg_advisory_lock({STOP})".encode())
        yield
    world.wait_for(SILENT)
    world.ask(f"drop trigger stand_still on {table}")


def kill(world: ImportWorld, worker: subprocess.Popen[bytes]) -> None:
    """Kill the worker once it stands still."""
    world.wait_for(
        f"select exists (select from pg_locks where locktype = 'advisory' and objid = {STOP} and not granted)"
    )
    world.kill(worker)


def state(wanted: str) -> str:
    return f"select state = '{wanted}' from arrivals_listimport"


def test_a_worker_killed_while_it_checks_or_brings_in_loses_and_doubles_nothing(world: ImportWorld) -> None:
    with stopping_at(world, "arrivals_listrow"), world.working() as worker:
        world.wait_for(state("mapping"))
        order_a_check(world)
        kill(world, worker)
    assert world.ask("select state, rows_done from arrivals_listimport") == [("checking", 0)]
    with stopping_at(world, "arrivals_registration"), world.working() as worker:
        world.wait_for(state("checked"))
        assert world.ask("select count(*), count(distinct number) from arrivals_listrow") == [(ROWS + 1, ROWS + 1)]
        order_bringing_in(world)
        kill(world, worker)
    assert world.ask(ON_THE_LIST) == [(0, 0, 0)]
    with world.working():
        world.wait_for(state("applied"))
    assert world.ask(ON_THE_LIST) == [(ROWS, ROWS, ROWS)]
