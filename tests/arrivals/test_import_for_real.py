"""Lists brought in by workers that are killed in the middle: nothing is lost, and nothing is doubled."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from tests.activities.importing_world import ImportWorld
from tests.cluster_plugin import the_server
from tests.databases import database_of_this_process
from tests.demo_world import ROOT, make_tables

ROWS = 400
STOP = 4711
SETUP = f"""
import django; django.setup()
from django.db import transaction
from kimwerk.access.walls import set_actor
from kimwerk.arrivals.services.importing.running import upload_list
from tests.arrivals.families import surge
from tests.arrivals.importing import listed
from tests.cast import build_cast
rows = [f"{{at}};Musterenko{{chr(97 + at % 26)}};Oksana;{{1 + at % 28:02}}.04.{{1950 + at // 28}};w;Ukraine;Weg {{at}};"
        "53721;Siegburg;;10.03.2022;nein" for at in range({ROWS})]
with transaction.atomic():
    cast = build_cast()
    karin, frieda = cast.actor("karin"), cast.actor("frieda")
    set_actor(karin.account_id)
    occasion = surge(cast, karin)
    set_actor(frieda.account_id)
    upload_list(actor=frieda, occasion=occasion, file_name="liste.csv", pieces=[listed(*rows)])
"""
CHECK = """
from dataclasses import replace
from kimwerk.arrivals.importing.fields import plan_from_json
from kimwerk.arrivals.models import ListImport
from kimwerk.arrivals.services.importing.reading import save_plan
from kimwerk.arrivals.services.importing.running import order_check
from kimwerk.directory.models import Municipality
brought = ListImport.objects.get()
place = Municipality.objects.get(name="Siegburg").pk
save_plan(actor=frieda, pk=brought.pk, plan=replace(plan_from_json(brought.plan), municipality_id=place))
order_check(actor=frieda, pk=brought.pk)
"""
APPLY = """
from kimwerk.arrivals.models import ListImport
from kimwerk.arrivals.services.importing.applying import order_applying
order_applying(actor=frieda, pk=ListImport.objects.get().pk)
"""
ON_THE_LIST = """
select count(*), count(distinct source_key), (select coalesce(sum(rows), 0)::int from arrivals_listcount)
from arrivals_registration
"""
SILENT = """
select not exists (select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
  and state = 'active')
"""


@pytest.fixture(scope="module")
def world() -> ImportWorld:
    """A database of its own with the cast and a list that waits to be read."""
    environment = make_tables("kimwerk_lists")
    owner = environment | {"KIMWERK_CONNECT_AS": "owner"}
    subprocess.run([sys.executable, "-c", SETUP], env=owner, cwd=ROOT, check=True)
    return ImportWorld(database_of_this_process("kimwerk_lists"), environment)


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
        world.act(CHECK)
        kill(world, worker)
    assert world.ask("select state, rows_done from arrivals_listimport") == [("checking", 0)]
    with stopping_at(world, "arrivals_registration"), world.working() as worker:
        world.wait_for(state("checked"))
        assert world.ask("select count(*), count(distinct number) from arrivals_listrow") == [(ROWS + 1, ROWS + 1)]
        world.act(APPLY)
        kill(world, worker)
    assert world.ask(ON_THE_LIST) == [(0, 0, 0)]
    with world.working():
        world.wait_for(state("applied"))
    assert world.ask(ON_THE_LIST) == [(ROWS, ROWS, ROWS)]
