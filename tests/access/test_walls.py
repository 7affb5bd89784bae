"""The second wall: what the database itself refuses, whatever the program asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from kimwerk.access.actors import NOBODY, Actor
from kimwerk.access.walls import set_actor
from kimwerk.activities.models import Activity
from tests.cast import Cast, as_owner

Act = Callable[[Actor], Actor]


@pytest.fixture
def entry_of_frieda(cast: Cast) -> Activity:
    with as_owner():
        return Activity.objects.create(
            organisation_id=cast.organisations["Rhein-Sieg-Kreis"],
            day=date(2022, 3, 7),
            kind_id=cast.categories["workshop"],
            municipality_id=cast.municipalities["Siegburg"],
            done_by_id=cast.accounts["frieda"],
            entered_by_id=cast.accounts["frieda"],
        )


def test_a_transaction_without_an_actor_sees_no_entry(entry_of_frieda: Activity) -> None:
    set_actor(None)
    assert not Activity.objects.exists()


def test_one_sees_ones_own_entry(entry_of_frieda: Activity, cast: Cast, act_as: Act) -> None:
    act_as(cast.actor("frieda"))
    assert Activity.objects.get() == entry_of_frieda


@pytest.mark.parametrize("stranger", ["klaus", "klara", "tomasz", "sam", "doris", "arno", "tina", "stefan"])
def test_a_stranger_sees_no_entry_even_in_bare_sql(
    stranger: str, entry_of_frieda: Activity, cast: Cast, act_as: Act
) -> None:
    act_as(cast.actor(stranger))
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from activities_activity")
        assert cursor.fetchone() == (0,)


def test_a_colleague_may_count_an_entry_but_not_read_it(entry_of_frieda: Activity, cast: Cast, act_as: Act) -> None:
    mehmet = act_as(cast.actor("mehmet"))
    assert Activity.objects.countable_by(mehmet).count() == 1
    assert Activity.objects.visible_to(mehmet).count() == 0


def test_nobody_is_given_nothing(entry_of_frieda: Activity) -> None:
    assert not Activity.objects.visible_to(NOBODY).exists()


@pytest.mark.parametrize("stranger", ["klara", "mehmet", "lena"])
def test_a_stranger_cannot_change_an_entry_in_bare_sql(
    stranger: str, entry_of_frieda: Activity, cast: Cast, act_as: Act
) -> None:
    act_as(cast.actor(stranger))
    with connection.cursor() as cursor:
        cursor.execute("update activities_activity set minutes = 5")
        assert cursor.rowcount == 0


def test_nobody_can_enter_for_another_organisation(cast: Cast, act_as: Act) -> None:
    klaus = act_as(cast.actor("klaus"))
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Activity.objects.create(
            organisation_id=cast.organisations["Rhein-Sieg-Kreis"],
            day=date(2022, 3, 7),
            kind_id=cast.categories["workshop"],
            done_by_id=klaus.account_id,
            entered_by_id=klaus.account_id,
        )


@pytest.mark.parametrize(
    "attempt",
    [
        "select set_config('kimwerk.maintenance', 'on', true)",
        "alter table activities_activity disable row level security",
        "truncate activities_activity",
        "set session_replication_role = replica",
        "drop policy activities_activity_read on activities_activity",
        "insert into accounts_roleright (role, permission) values ('case_manager', 'audit.read')",
    ],
)
def test_the_web_role_cannot_step_around_the_wall(
    attempt: str, entry_of_frieda: Activity, cast: Cast, act_as: Act
) -> None:
    act_as(cast.actor("klaus"))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attempt)
    except DatabaseError:
        pass
    assert not Activity.objects.exists()
    set_actor(cast.accounts["frieda"])
    assert Activity.objects.exists()


def test_every_table_of_a_controllers_data_has_a_forced_wall(cast: Cast) -> None:
    """Tables with an organisation, a person's choice or a contact; accounts are read before anybody is known."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            " where n.nspname = 'public' and c.relkind = 'r' and c.relname ~ '^(activities|directory|reporting)_'"
            " and not (c.relrowsecurity and c.relforcerowsecurity) order by 1"
        )
        open_tables = {row[0] for row in cursor.fetchall()}
    assert open_tables <= {
        "activities_category",
        "activities_categorymapping",
        "activities_tallyprofile",
        "directory_district",
        "directory_installation",
        "directory_municipality",
        "directory_office",
        "directory_organisation",
        "directory_site",
    }
