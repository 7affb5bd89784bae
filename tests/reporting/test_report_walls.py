"""The second wall around reports, and that what is released stays as it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.reporting.models import Edition, PlacedFigure, Report, ReportBuild, ReportSection
from tests.cast import CHARACTERS, Cast, as_owner
from tests.made_once import MakeOnce
from tests.reporting.reporters import a_released_edition

Act = Callable[[Actor], Actor]
TABLES = ("report", "reportsection", "placedfigure", "reportbuild")
READERS = {"frieda", "mehmet", "karin", "kim", "anton", "lena", "fiona"}
EDITION_READERS = READERS | {"stefan"}


def counted(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from reporting_{table}")
        row: tuple[int] = cursor.fetchone()
        return row[0]


@pytest.fixture(scope="module", autouse=True)
def released_once(make_once: MakeOnce) -> int:
    return make_once(a_released_edition)


@pytest.fixture
def edition(released_once: int, cast: Cast) -> Edition:
    set_actor(cast.accounts["lena"])
    return Edition.objects.get(pk=released_once)


@pytest.mark.parametrize("who", CHARACTERS)
def test_drafts_are_for_those_who_may_read_figures_there(edition: Edition, cast: Cast, act_as: Act, who: str) -> None:
    actor = act_as(cast.actor(who))
    expected = who in READERS
    assert {table: counted(table) > 0 for table in TABLES} == dict.fromkeys(TABLES, expected)
    seen = [model.objects.visible_to(actor).exists() for model in (Report, ReportSection, PlacedFigure, ReportBuild)]
    assert seen == [expected] * 4


@pytest.mark.parametrize("who", CHARACTERS)
def test_editions_are_for_all_who_read_reports_there(edition: Edition, cast: Cast, act_as: Act, who: str) -> None:
    actor = act_as(cast.actor(who))
    assert (counted("edition") == 1) == (who in EDITION_READERS)
    assert Edition.objects.visible_to(actor).exists() == (who in EDITION_READERS)


def test_a_transaction_without_an_actor_sees_neither(edition: Edition) -> None:
    set_actor(None)
    assert [counted(table) for table in (*TABLES, "edition")] == [0] * 5


@pytest.mark.parametrize("who", ["frieda", "fiona", "stefan", "klara", "sam"])
@pytest.mark.parametrize(
    "statement",
    [
        "update reporting_report set title = 'x'",
        "update reporting_reportsection set text = 'x'",
        "update reporting_placedfigure set key = 'x'",
        "update reporting_reportbuild set state = 'failed'",
        "delete from reporting_placedfigure",
        "delete from reporting_reportbuild",
    ],
)
def test_readers_and_strangers_change_nothing_in_bare_sql(
    edition: Edition, cast: Cast, act_as: Act, who: str, statement: str
) -> None:
    act_as(cast.actor(who))
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount == 0


@pytest.mark.parametrize("who", ["frieda", "klara", "tomasz"])
def test_nobody_begins_a_report_where_they_may_not_write(cast: Cast, act_as: Act, who: str) -> None:
    act_as(cast.actor(who))
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Report.objects.create(
            organisation_id=cast.organisations["Rhein-Sieg-Kreis"], template="evaluation", title="x",
            window_start="2022-01-01", window_end="2022-02-01", created_by_id=cast.accounts[who],
        )  # fmt: skip


def test_who_may_write_but_not_release_cannot_make_an_edition(edition: Edition, cast: Cast, act_as: Act) -> None:
    act_as(cast.actor("karin"))
    copied = Edition.objects.get()
    copied.pk, copied.number = None, 2
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        copied.save(force_insert=True)


CHANGES = (
    "update reporting_edition set title = 'x'",
    "update reporting_edition set content = '{}'",
    "update reporting_edition set html = ''",
    "delete from reporting_edition",
)


@pytest.mark.parametrize("statement", CHANGES)
@pytest.mark.parametrize("who", ["kim", "lena", "stefan", "klara"])
def test_a_released_edition_never_changes(edition: Edition, cast: Cast, act_as: Act, who: str, statement: str) -> None:
    act_as(cast.actor(who))
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", CHANGES)
def test_naming_maintenance_does_not_open_it_to_the_web_role(
    edition: Edition, cast: Cast, act_as: Act, statement: str
) -> None:
    act_as(cast.actor("lena"))
    with connection.cursor() as cursor:
        cursor.execute("select set_config('kimwerk.maintenance', 'on', true)")
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            cursor.execute(statement)


@pytest.mark.parametrize("statement", [*CHANGES, "truncate reporting_edition cascade"])
def test_the_owner_changes_no_edition_without_maintenance(edition: Edition, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # what waits to be checked would forbid truncating anyway
        cursor.execute("reset role")
        try:
            with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
                cursor.execute(statement)
        finally:
            cursor.execute("set role kimwerk_app")


def test_maintenance_of_the_owner_can_take_an_edition_out_but_not_empty_the_table(edition: Edition) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            cursor.execute("truncate reporting_edition cascade")
        cursor.execute("delete from reporting_edition")
        assert cursor.rowcount == 1
