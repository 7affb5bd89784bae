"""What was published is kept, walled, unchangeable, and protects the next publication."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.directory.models import Organisation
from kimwerk.kernel.periods import Period
from kimwerk.reporting.disclosure.publication import TIME, ProtectedPublication, PublicTable
from kimwerk.reporting.disclosure.publishing import protect_publication
from kimwerk.reporting.disclosure.rules import Policy
from kimwerk.reporting.disclosure.tables import Dimension
from kimwerk.reporting.models import PublishedTable
from kimwerk.reporting.selectors.ledger import earlier
from kimwerk.reporting.services.ledger import enter
from tests.cast import CHARACTERS, Cast, as_owner

Act = Callable[[Actor], Actor]
YEAR, HALF = Period(date(2022, 1, 1), date(2023, 1, 1)), Period(date(2022, 1, 1), date(2022, 7, 1))
PLACES = Dimension("place", {"all": ("Eitorf", "Much", "Hennef")})
QUARTERS = {f"2022-Q{number}": Period.quarter(2022, number) for number in (1, 2, 3, 4)}


def by_place(window: Period, *counts: int) -> PublicTable:
    leaves = zip(PLACES.children["all"], counts, strict=True)
    return PublicTable("places", "contacts", window, (PLACES,), {(place,): count for place, count in leaves})


def by_quarter() -> PublicTable:
    time = Dimension(TIME, {"2022": tuple(QUARTERS)})
    counts = {(place, quarter): 7 for place in PLACES.children["all"] for quarter in QUARTERS}
    return PublicTable("quarters", "contacts", YEAR, (PLACES, time), counts, periods=QUARTERS)


def publish(cast: Cast, act_as: Act, *tables: PublicTable, who: str = "kim", name: str = "x") -> ProtectedPublication:
    actor = act_as(cast.actor(who))
    home = Organisation.objects.get(pk=cast.organisations["Rhein-Sieg-Kreis"])
    publication = protect_publication(tables, Policy(3), earlier(actor, home.pk))
    enter(actor=actor, organisation=home, name=name, publication=publication, policy=Policy(3))
    return publication


def test_what_is_entered_comes_back_as_it_was(cast: Cast, act_as: Act) -> None:
    first = publish(cast, act_as, by_place(HALF, 2, 12, 13), by_quarter(), name="Evaluation 2022")
    kept = earlier(cast.actor("kim"), cast.organisations["Rhein-Sieg-Kreis"])
    assert [each.table for each in kept] == [table.table for table in first.tables]
    assert [each.hidden for each in kept] == [table.hidden for table in first.tables]
    assert {each.publication for each in kept} == {"Evaluation 2022"}


def test_the_next_edition_does_not_tell_what_came_in_between(cast: Cast, act_as: Act) -> None:
    """Ten in the half year and eleven in the year would tell that one came in the second half."""
    assert not publish(cast, act_as, by_place(HALF, 10, 12, 13), name="first").tables[0].hidden
    second = publish(cast, act_as, by_place(YEAR, 11, 22, 23), name="second").tables[0]
    assert ("Eitorf",) in second.hidden
    assert len(second.hidden) > 1


@pytest.mark.parametrize("who", CHARACTERS)
def test_the_ledger_is_for_those_who_read_exact_figures(cast: Cast, act_as: Act, who: str) -> None:
    publish(cast, act_as, by_place(YEAR, 2, 12, 13))
    actor = act_as(cast.actor(who))
    reads = who in {"frieda", "mehmet", "karin", "kim", "anton", "lena", "fiona"}
    assert bool(earlier(actor, cast.organisations["Rhein-Sieg-Kreis"])) == reads
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from reporting_publishedtable")
        assert (cursor.fetchone()[0] == 1) == reads


def test_only_who_releases_publishes(cast: Cast, act_as: Act) -> None:
    with pytest.raises(PermissionDenied):
        publish(cast, act_as, by_place(YEAR, 2, 12, 13), who="karin")
    publish(cast, act_as, by_place(YEAR, 2, 12, 13))
    act_as(cast.actor("karin"))
    copied = PublishedTable.objects.get()
    copied.pk, copied.position = None, 2
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        copied.save(force_insert=True)


def test_a_transaction_without_an_actor_sees_nothing(cast: Cast, act_as: Act) -> None:
    publish(cast, act_as, by_place(YEAR, 2, 12, 13))
    set_actor(None)
    assert not PublishedTable.objects.exists()


@pytest.mark.parametrize("change", ["update {} set kept = '{{}}'", "delete from {}", "truncate {}"])
def test_what_was_published_never_changes(cast: Cast, act_as: Act, change: str) -> None:
    publish(cast, act_as, by_place(YEAR, 2, 12, 13))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format("reporting_publishedtable"))
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            cursor.execute("truncate reporting_publishedtable")


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"threshold": 1}, "published_table_has_a_threshold"),
        ({"figure": ""}, "published_table_is_named"),
        ({"window_end": date(2022, 1, 1)}, "published_table_has_a_window"),
    ],
)
def test_a_published_table_is_plausible(cast: Cast, act_as: Act, change: dict[str, object], constraint: str) -> None:
    publish(cast, act_as, by_place(YEAR, 2, 12, 13))
    row = PublishedTable.objects.get()
    row.pk, row.position = None, 2
    for field, value in change.items():
        setattr(row, field, value)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save(force_insert=True)
