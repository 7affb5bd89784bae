"""The diary in the categories of the Land: nothing is lost, nothing counts twice, and each day has its own mapping."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from kimwerk.access.actors import Actor
from kimwerk.activities.land_figures import FIGURES
from kimwerk.activities.models import Category, CategoryMapping
from kimwerk.activities.services.categories import map_category
from kimwerk.kernel.figures import MISSING, Counted, FigureQuery, QueryError, QueryProblem
from kimwerk.kernel.periods import Period
from tests.activities.diary import stands
from tests.cast import Cast, as_owner

Act = Callable[[Actor], Actor]
BY_KEY = {figure.key: figure for figure in FIGURES}
SPRING = Period.of_days(date(2022, 1, 1), date(2022, 4, 30))


def mapped(cast: Cast, code: str, label: str, *, since: date | None = None, until: date | None = None) -> None:
    with as_owner():
        CategoryMapping.objects.create(
            category_id=cast.categories[code], scheme="land", code=label.lower(), label=label,
            valid=DateRange(since, until),
        )  # fmt: skip


@pytest.fixture
def kim(cast: Cast, act_as: Act) -> Actor:
    """Four talks and two referral consultations of March; nothing is mapped but what a test maps."""
    stands(cast, count=4, topics=(cast.categories["wohnen"],))
    stands(
        cast, count=2, kind_id=cast.categories["verweisberatung"], municipality_id=None, site_id=None,
        topics=(cast.categories["wohnen"], cast.categories["arbeit"]),
    )  # fmt: skip
    with as_owner():
        CategoryMapping.objects.filter(scheme="land").delete()
    return act_as(cast.actor("kim"))


def asked(actor: Actor, key: str, *by: str, window: Period = SPRING, **only: tuple[str, ...]) -> Counted:
    return BY_KEY[key].compute(actor, FigureQuery(window, by, only))


def test_what_is_mapped_to_nothing_stands_in_rows_of_its_own(cast: Cast, kim: Actor) -> None:
    mapped(cast, "erstgespraech", "Beratung")
    counted = asked(kim, "land_activities", "land_kind")
    assert dict(counted.cells) == {("beratung",): 4, ("unmapped-verweisberatung",): 2}
    assert [member.label for member in counted.axes[0].members] == ["Beratung", "ohne Zuordnung: Verweisberatung"]
    assert counted.total == 6


def test_two_own_categories_of_one_foreign_one_are_summed_up(cast: Cast, kim: Actor) -> None:
    for code in ("erstgespraech", "verweisberatung"):
        mapped(cast, code, "Beratung")
    counted = asked(kim, "land_activities", "land_kind", "municipality")
    assert dict(counted.cells) == {("beratung", "05382060"): 4, ("beratung", MISSING): 2}
    assert dict(asked(kim, "land_participants", "land_kind").cells) == {("beratung",): 12}


def test_an_activity_with_two_topics_of_one_foreign_topic_counts_once_in_it(cast: Cast, kim: Actor) -> None:
    for code in ("wohnen", "arbeit"):
        mapped(cast, code, "Alltag")
    stands(cast, topics=())
    counted = asked(kim, "land_activities_by_topic", "land_topic")
    assert dict(counted.cells) == {("alltag",): 6, (MISSING,): 1}
    assert counted.total == 7
    crossed = asked(kim, "land_activities_by_topic", "land_kind", "land_topic", "month")
    assert crossed.cells["unmapped-verweisberatung", "alltag", "2022-03"] == 2


def test_the_mapping_of_the_day_is_the_one_that_counts(cast: Cast, kim: Actor) -> None:
    stands(cast, count=3, day=date(2022, 4, 1))
    mapped(cast, "erstgespraech", "Alt", until=date(2022, 4, 1))
    mapped(cast, "erstgespraech", "Neu", since=date(2022, 4, 1))
    mapped(cast, "verweisberatung", "Alt")
    counted = asked(kim, "land_activities", "land_kind", "month")
    assert dict(counted.cells) == {("alt", "2022-03"): 6, ("neu", "2022-04"): 3}
    assert [member.key for member in counted.axes[1].members] == ["2022-01", "2022-02", "2022-03", "2022-04"]
    assert not [member for member in counted.axes[1].members if member.is_incomplete]
    assert asked(kim, "land_activities", "land_kind", land_kind=("neu",)).total == 3
    assert asked(kim, "land_activities", land_kind=("alt",)).total == 6
    assert asked(kim, "land_activities", land_kind=("moon",)).total == 0


def test_referral_consultations_alone_are_counted_by_target(cast: Cast, kim: Actor) -> None:
    counted = asked(kim, "land_referrals", "land_referral_target")
    assert (dict(counted.cells), counted.total) == ({(MISSING,): 2}, 2)


def test_others_count_their_own_work_alone(cast: Cast, kim: Actor, act_as: Act) -> None:
    klara = act_as(cast.actor("klara"))
    assert asked(klara, "land_activities", "land_kind").total == 0


@pytest.mark.parametrize(
    ("by", "problem"),
    [
        (("moon",), QueryProblem.UNKNOWN_DIMENSION),
        (("land_kind", "land_kind"), QueryProblem.TOO_MANY_DIMENSIONS),
        (("kind",), QueryProblem.UNKNOWN_DIMENSION),
    ],
)
def test_a_question_without_sense_is_refused(kim: Actor, by: tuple[str, ...], problem: QueryProblem) -> None:
    with pytest.raises(QueryError) as refused:
        asked(kim, "land_activities", *by)
    assert refused.value.problem is problem


def labels(category: Category) -> list[tuple[str, date | None, date | None]]:
    rows = CategoryMapping.objects.filter(category=category, scheme="land").order_by("valid")
    return [(row.label, row.valid.lower, row.valid.upper) for row in rows]


def test_a_mapping_is_corrected_or_followed_by_another_and_keeps_its_past(cast: Cast, kim: Actor) -> None:
    category = Category.objects.get(pk=cast.categories["erstgespraech"])
    april, may = date(2022, 4, 1), date(2022, 5, 1)

    def map_to(label: str, since: date | None = None) -> None:
        map_category(actor=kim, category=category, mappings={"land": label}, since=since)

    map_to("Beratung")
    map_to("Gespräche")
    assert labels(category) == [("Gespräche", None, None)]
    map_to("Erstberatung", april)
    assert labels(category) == [("Gespräche", None, april), ("Erstberatung", april, None)]
    map_to("Erstgespräch")
    assert labels(category)[1] == ("Erstgespräch", april, None)
    map_to("", may)
    assert labels(category)[1] == ("Erstgespräch", april, may)
    map_to("Wieder da", april)
    assert labels(category)[1:] == [("Erstgespräch", april, may), ("Wieder da", may, None)]


def test_no_day_has_two_mappings(cast: Cast, kim: Actor) -> None:
    mapped(cast, "erstgespraech", "Alt", until=date(2022, 4, 1))
    with pytest.raises(IntegrityError, match="category_is_mapped_once_at_a_time"), transaction.atomic():
        mapped(cast, "erstgespraech", "Neu", since=date(2022, 3, 31))
