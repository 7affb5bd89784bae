"""Lists of any length: counted by the database beside the rows, paged by key, searched by the beginnings of names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models import ListCount, Occasion, Registration
from kimwerk.arrivals.selectors import numbers
from kimwerk.arrivals.selectors.numbers import Ready, count_of, numbers_of, queues_of, ready_of
from kimwerk.arrivals.selectors.rows import rows_of
from kimwerk.arrivals.services import accept_findings, check_rows, merge, release_rows, unmerge
from kimwerk.arrivals.services.counting import add_up_counts
from kimwerk.arrivals.types import Finding, RegistrationState, RowFilter
from kimwerk.arrivals.web.views.rows import IN_ORDER
from kimwerk.persons.types import Sex
from kimwerk.ui.keyed import Known, keyed
from kimwerk.ui.listing import AFTER, BEFORE
from tests.arrivals.families import DANYLO, OKSANA, arrive, surge
from tests.arrivals.test_registering import OXANA
from tests.cast import Cast, as_owner

ActAs = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]


@pytest.fixture
def occasion(cast: Cast, act_as: ActAs) -> Occasion:
    return surge(cast, act_as(cast.actor("karin")))


def recounted(occasion: Occasion) -> Counter[tuple[object, ...]]:
    """Every row that counts, by what is open about it."""
    with as_owner():
        rows = list(Registration.objects.filter(occasion=occasion, merged_into=None))
    return Counter(
        (row.municipality_id, row.state, tuple(sorted(each.value for each in row.open_findings))) for row in rows
    )


def kept(occasion: Occasion) -> Counter[tuple[object, ...]]:
    """The same as the database keeps it."""
    counted: Counter[tuple[object, ...]] = Counter()
    with as_owner():
        for each in ListCount.objects.filter(occasion=occasion):
            counted[each.municipality_id, each.state, tuple(each.findings)] += each.rows
    return Counter({key: rows for key, rows in counted.items() if rows})


def test_the_counts_are_those_of_recounting_whatever_happens_to_rows(
    occasion: Occasion, cast: Cast, act_as: ActAs
) -> None:
    frieda, karin = act_as(cast.actor("frieda")), cast.actor("karin")
    first = arrive(frieda, occasion, cast)[0]
    double = arrive(frieda, occasion, cast, OXANA)[0]
    alone = arrive(frieda, occasion, cast, DANYLO, town="Hennef (Sieg)", postcode="53773")[0]
    act_as(karin)
    for step in (
        lambda: merge(actor=karin, kept=first, double=double),
        lambda: unmerge(actor=karin, double=double),
        lambda: accept_findings(actor=karin, registration=alone, findings=[Finding.ALONE]),
        lambda: check_rows(actor=karin, rows=Registration.objects.values_list("pk", flat=True)),
        lambda: Registration.objects.filter(pk=first.pk).update(municipality=cast.municipalities["Hennef (Sieg)"]),
        lambda: release_rows(actor=karin, rows=[alone.pk, first.pk]),
        add_up_counts,
        lambda: Registration.objects.filter(pk=alone.pk).delete(),
    ):
        step()
        assert kept(occasion) == recounted(occasion)
    assert kept(occasion).total() == 4
    add_up_counts()
    assert add_up_counts() == 0
    with as_owner():
        lines = ListCount.objects.filter(occasion=occasion)
        assert len(lines) == len({(each.municipality_id, each.state, *each.findings) for each in lines})
        assert all(each.rows for each in lines)


def test_the_program_reads_counts_of_its_places_and_writes_none(occasion: Occasion, cast: Cast, act_as: ActAs) -> None:
    arrive(act_as(cast.actor("frieda")), occasion, cast)
    assert ListCount.objects.exists()
    for attempt in (
        lambda: ListCount.objects.update(rows=7),
        lambda: ListCount.objects.all().delete(),
        lambda: connection.cursor().execute("select arrivals_count_anew()"),
        lambda: connection.cursor().execute("select * from arrivals_search.name"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    act_as(cast.actor("klaus"))
    assert not ListCount.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("select arrivals_named(%s, '{musterenko}', '{musterenko}', 9)", [occasion.pk])
        assert cursor.fetchone() == ([],)


def test_held_back_rows_are_told_from_due_ones_also_where_both_are_many(
    occasion: Occasion, cast: Cast, act_as: ActAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(act_as(cast.actor("frieda")), occasion, cast)
    karin = act_as(cast.actor("karin"))
    check_rows(actor=karin, rows=Registration.objects.values_list("pk", flat=True))
    Occasion.objects.filter(pk=occasion.pk).update(hold_back_days=2)
    occasion.refresh_from_db()
    assert ready_of(karin, occasion) == Ready(0, 0, 3)
    lately = Registration.objects.order_by("pk").first()
    assert lately is not None
    Registration.objects.exclude(pk=lately.pk).update(checked_at=timezone.now() - timedelta(days=3))
    for counted in (1000, 1, 0):
        monkeypatch.setattr(numbers, "COUNTED_ONE_BY_ONE", counted)
        assert ready_of(karin, occasion) == Ready(0, 2, 1)


def test_numbers_of_filters_are_those_of_the_rows_they_show(occasion: Occasion, cast: Cast, act_as: ActAs) -> None:
    frieda = act_as(cast.actor("frieda"))
    arrive(frieda, occasion, cast)
    arrive(frieda, occasion, cast, DANYLO, town="Hennef (Sieg)", postcode="53773")
    karin = act_as(cast.actor("karin"))
    here = cast.municipalities["Siegburg"]
    for wanted, count in (
        (RowFilter(), 4),
        (RowFilter(municipality_id=here), 3),
        (RowFilter(state=RegistrationState.CHECKED), 0),
        (RowFilter(finding=Finding.ALONE), 1),
        (RowFilter(municipality_id=here, finding=Finding.ALONE), 0),
    ):
        asked = rows_of(karin, occasion, wanted)
        assert asked.count == asked.found.count() == count_of(karin, occasion, wanted) == count
    noticed = {Finding.DUPLICATE: 1, Finding.ALONE: 1}
    assert (numbers_of(karin, occasion)[here].all, queues_of(karin, occasion)) == (3, noticed)


@pytest.mark.parametrize("typed", ["Muster", "musterenko oks", "oksana", "Мустер", "оксана мустеренко", "MUSTERENKO"])
def test_a_row_is_found_by_the_beginnings_of_its_names_in_either_script(
    typed: str, occasion: Occasion, cast: Cast, act_as: ActAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    frieda = act_as(cast.actor("frieda"))
    row = arrive(frieda, occasion, cast)[0]
    few = rows_of(frieda, occasion, RowFilter(name=typed))
    assert row in few.found
    monkeypatch.setattr("kimwerk.arrivals.selectors.rows.MOST_NAMED", 0)
    many = rows_of(frieda, occasion, RowFilter(name=typed))
    assert set(many.found) == set(few.found)
    assert (many.is_at_least, few.is_at_least) == (True, False)


@pytest.mark.parametrize("typed", ["sterenko", "oksana danylo", "'; drop table x --", "%", "musterenko:*"])
def test_what_no_name_begins_with_finds_nobody(typed: str, occasion: Occasion, cast: Cast, act_as: ActAs) -> None:
    frieda = act_as(cast.actor("frieda"))
    arrive(frieda, occasion, cast)
    found = rows_of(frieda, occasion, RowFilter(name=typed))
    assert found.count == len(found.found) == {"%": 3, "musterenko:*": 3}.get(typed, 0)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from([None, date(1990, 1, 1), date(2001, 1, 1)])),
        max_size=14,
    ),
    size=st.integers(1, 5),
)
def test_pages_by_key_show_every_row_once_forwards_and_backwards(
    people: list[tuple[int, int, date | None]], size: int, occasion: Occasion, cast: Cast, act_as: ActAs
) -> None:
    """Also where many agree in the moment, the family and the day of birth."""
    frieda = act_as(cast.actor("frieda"))
    with transaction.atomic():
        made = Registration.objects.bulk_create(
            Registration(
                occasion=occasion, organisation_id=occasion.organisation_id,
                municipality_id=cast.municipalities["Siegburg"], family=UUID(int=family), place_in_family=place,
                family_name="Musterenko", sort_key="musterenko", sex=Sex.UNKNOWN.value, birth_date=born,
                arrived_on=date(2022, 3, 1), registered_by_id=frieda.account_id,
                registered_at=timezone.make_aware(datetime(2022, 3, 1 + moment)),
            )
            for place, (moment, family, born) in enumerate(people)
        )  # fmt: skip
        found = Registration.objects.filter(pk__in=[each.pk for each in made])
        wanted = [row.pk for row in found.in_order()]
        pages = walked(found, "", "next_url", len(made), size)
        assert [pk for page in pages for pk in page] == wanted
        back = walked(found, "before=end", "previous_url", len(made), size)
        assert list(dict.fromkeys(pk for page in back[::-1] for pk in page)) == wanted  # the first page is a whole one
        transaction.set_rollback(True)


def walked(found: object, begin: str, way: str, count: int, size: int) -> list[list[int]]:
    """The rows of the pages from a beginning on along a way, and that each page knows its place."""
    pages, query = [], begin
    while True:
        listed = keyed(found, IN_ORDER, QueryDict(query), known=Known(count), among=found, size=size)  # type: ignore[arg-type]  # a queryset of the test's
        pages.append([row.pk for row in listed.items])
        place = listed.pagination
        if listed.items and way == "next_url":
            assert (place.first, place.last) == (sum(map(len, pages[:-1])) + 1, sum(map(len, pages)))
        if not (url := getattr(place, way)):
            return pages
        query = url.removeprefix("?")


def test_a_page_beside_a_row_that_is_gone_or_foreign_begins_anew(
    occasion: Occasion, cast: Cast, sign_in: SignIn, act_as: ActAs
) -> None:
    row = arrive(act_as(cast.actor("frieda")), occasion, cast)[0]
    karin, address = sign_in("karin"), reverse("arrivals:rows", args=[occasion.pk])
    for query in (f"{AFTER}=999999999", f"{AFTER}=x", f"{BEFORE}={row.pk}", f"{BEFORE}=end", "at=77"):
        page = karin.get(f"{address}?{query}").content.decode()
        assert page.count("arrivals-row") or "Musterenko" in page
        assert re.search(r"\b1\s+bis\s+3\s+von\s+3\b", page), query


def test_a_long_list_is_paged_with_its_filter_kept(
    occasion: Occasion, cast: Cast, sign_in: SignIn, act_as: ActAs, django_assert_max_num_queries: Callable[..., object]
) -> None:
    frieda = act_as(cast.actor("frieda"))
    for number in range(52):
        day = date(1980, 1, 1) + timedelta(days=number)
        arrive(frieda, occasion, cast, replace(OKSANA, family_name=f"Must{'abcdefghij'[number % 10]}", birth_date=day))
    karin, address = sign_in("karin"), reverse("arrivals:rows", args=[occasion.pk])
    place = cast.municipalities["Siegburg"]
    first = karin.get(f"{address}?place={place}").content.decode()
    assert "1 bis 50 von 52" in first
    following = re.search(r'href="(\?[^"]*after=[^"]*)"', first)
    assert following
    assert f"place={place}" in following[1]
    with django_assert_max_num_queries(45):
        last = karin.get(address + following[1].replace("&amp;", "&")).content.decode()
    assert "51 bis 52 von 52" in last
    assert "Zum Anfang" in last
