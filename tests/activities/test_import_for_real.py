"""Imports in processes that really commit: two at once, and workers that are killed in the middle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from kimwerk.activities.models import TallyImport
from kimwerk.activities.services.tallies.orders import order_applying, order_check, order_reading
from kimwerk.activities.services.tallies.planning import save_mapping
from kimwerk.activities.services.tallies.uploading import upload_tally
from kimwerk.activities.tally import plan_from_json
from tests.activities.importing import tally
from tests.activities.importing_world import ImportWorld, import_world, outcome_of
from tests.cast import Cast

ROWS = 6_000
ENTRIES = "select count(*) from activities_activity where removed_at is null"


@pytest.fixture(scope="module")
def world(django_db_setup: Cast, django_db_blocker: DjangoDbBlocker) -> Iterator[ImportWorld]:
    """A database of its own with the cast."""
    with django_db_blocker.unblock():
        yield import_world("kimwerk_imports")


@pytest.fixture
def file(tmp_path: Path, world: ImportWorld) -> Path:
    """A tally of some thousand different activities, and a diary that is empty."""
    world.ask(
        "delete from activities_activity; delete from activities_tallyrow; delete from activities_tallychunk;"
        " delete from activities_tallyimport; select true"
    )
    lines = [
        f"{1 + at % 28:02}.{1 + at // 28 % 12:02}.{2001 + at // 336};Workshop;Siegburg;{at % 50};30"
        for at in range(ROWS)
    ]
    path = tmp_path / "tally.csv"
    path.write_bytes(tally(*lines))
    return path


def test_two_imports_of_one_file_at_once_enter_it_once(world: ImportWorld, file: Path) -> None:
    racing = [world.importing(file), world.importing(file)]
    outcomes = [outcome_of(process) for process in racing]
    assert [outcome["state"] for outcome in outcomes] == ["applied", "applied"]
    counts = [outcome["counts"] for outcome in outcomes]
    assert sorted(count["created"] for count in counts) == [0, ROWS]
    assert sorted(count["unchanged"] for count in counts) == [0, ROWS]
    assert world.ask(ENTRIES) == [(ROWS,)]


def order_a_reading(world: ImportWorld, file: Path) -> None:
    """An import whose rows are to be checked by a worker."""
    with world.acting() as frieda:
        pieces, organisation = [file.read_bytes()], frieda.grants[0].organisation_id
        tally = upload_tally(actor=frieda, organisation_id=organisation, file_name="t.csv", pieces=pieces)
        order_reading(actor=frieda, tally=tally)


def order_a_check(world: ImportWorld) -> None:
    """The columns are taken as they were recognised."""
    with world.acting() as frieda:
        tally = TallyImport.objects.get()
        save_mapping(actor=frieda, tally_id=tally.pk, plan=plan_from_json(tally.plan))
        order_check(actor=frieda, tally_id=tally.pk)


def order_entering(world: ImportWorld) -> None:
    """What was checked is to be entered into the diary."""
    with world.acting() as frieda:
        order_applying(actor=frieda, tally_id=TallyImport.objects.get().pk)


def state(world: ImportWorld, *states: str) -> str:
    listed = ", ".join(f"'{each}'" for each in states)
    return f"select bool_or(state in ({listed})) from activities_tallyimport"


def test_a_killed_worker_leaves_nothing_half_done_and_another_takes_over(world: ImportWorld, file: Path) -> None:
    order_a_reading(world, file)
    with world.slowly("activities_tallyrow"), world.working() as worker:
        world.wait_for(state(world, "mapping"))
        order_a_check(world)
        world.wait_for("select bool_or(rows_done > 0) from activities_tallyimport")
        world.kill(worker)
    assert world.ask("select state from activities_tallyimport") == [("checking",)]
    with world.working():
        world.wait_for(state(world, "checked"))
    assert world.ask("select count(*), count(distinct number) from activities_tallyrow") == [(ROWS + 1, ROWS + 1)]
    assert world.ask(ENTRIES) == [(0,)]
    with world.slowly("activities_activity"), world.working() as worker:
        order_entering(world)
        world.wait_for(
            "select exists (select from pg_stat_activity where datname = current_database()"
            " and pid <> pg_backend_pid() and query ilike '%insert into activities_activity%')"
        )
        world.kill(worker)
    world.wait_for(
        "select not exists (select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        " and state = 'active')"
    )
    assert world.ask(ENTRIES) == [(0,)]
    assert world.ask("select state from activities_tallyimport") == [("applying",)]
    with world.working():
        world.wait_for(state(world, "applied"))
    assert world.ask(ENTRIES) == [(ROWS,)]


def test_a_file_from_the_command_line_says_every_rows_verdict(world: ImportWorld, tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_bytes(tally("07.03.2022;Workshop;Siegburg;12;90", "09.03.2022;Workshop;Atlantis;3;30"))
    process = world.importing(path, "--dry-run")
    outcome = outcome_of(process)
    assert process.returncode == 1
    assert [(row["row"], row["verdict"]) for row in outcome["rows"]] == [
        (1, "skipped"),
        (2, "created"),
        (3, "rejected"),
    ]
    assert outcome["rows"][2]["problems"][0]["code"] == "unknown"
    refused = world.importing(tmp_path / "some.csv", character="klaus")
    assert outcome_of(refused)["counts"]["rejected"] == 2
