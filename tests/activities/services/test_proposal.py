"""The mapping proposed for the Land: it fills what is empty, and never what the office has entered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Category, CategoryMapping
from kimwerk.activities.services.categories import map_category
from kimwerk.activities.services.proposal import adopt_proposal, proposed_mappings
from kimwerk.activities.types import LAND_SCHEME
from kimwerk.kernel.hashing import content_hash
from tests.cast import Cast, as_owner

SignIn = Callable[[str], Client]
Act = Callable[[Actor], Actor]
PROPOSAL = "/tagebuch/kategorien/vorschlag/"
OFFERED = "Vorgeschlagene Zuordnung für das Land"


@pytest.fixture
def kim(cast: Cast, act_as: Act) -> Actor:
    """Kim, in an installation from before there was a proposal."""
    with as_owner():
        CategoryMapping.objects.filter(scheme=LAND_SCHEME).delete()
    return act_as(cast.actor("kim"))


def land_of(cast: Cast, code: str) -> list[tuple[str, date | None]]:
    rows = CategoryMapping.objects.filter(category=cast.categories[code], scheme=LAND_SCHEME).order_by("valid")
    return [(row.label, row.valid.lower) for row in rows]


def everything() -> str:
    rows = CategoryMapping.objects.order_by("category", "scheme", "valid").values_list("category", "scheme", "label")
    return content_hash([list(row) for row in rows])


def test_the_proposal_maps_what_nobody_has_mapped_and_a_second_time_nothing(cast: Cast, kim: Actor) -> None:
    proposed = {each.category.code: each.label for each in proposed_mappings()}
    assert proposed["erstgespraech"] == "Einzelfallberatung"
    assert "dokumentation" not in proposed  # for which we propose nothing
    assert adopt_proposal(actor=kim) == len(proposed)
    assert land_of(cast, "erstgespraech") == [("Einzelfallberatung", None)]
    before = everything()
    assert proposed_mappings() == ()
    assert adopt_proposal(actor=kim) == 0
    assert everything() == before


def test_what_the_office_has_entered_stays(cast: Cast, kim: Actor) -> None:
    mine = Category.objects.get(pk=cast.categories["erstgespraech"])
    gone = Category.objects.get(pk=cast.categories["workshop"])
    map_category(actor=kim, category=mine, mappings={LAND_SCHEME: "Beratung nach Erlass"}, since=date(2024, 1, 1))
    map_category(actor=kim, category=gone, mappings={LAND_SCHEME: "Veranstaltungen"})
    map_category(actor=kim, category=gone, mappings={LAND_SCHEME: ""}, since=date(2024, 1, 1))
    adopt_proposal(actor=kim)
    assert land_of(cast, "erstgespraech") == [("Beratung nach Erlass", date(2024, 1, 1))]
    assert land_of(cast, "workshop") == [("Veranstaltungen", None)]
    assert not CategoryMapping.objects.get(category=gone, scheme=LAND_SCHEME).is_current


def test_other_schemes_stay(cast: Cast, kim: Actor) -> None:
    others = CategoryMapping.objects.exclude(scheme=LAND_SCHEME)
    before = set(others.values_list("category", "scheme", "label"))
    adopt_proposal(actor=kim)
    assert set(others.values_list("category", "scheme", "label")) == before


def test_the_proposal_can_hold_from_a_day_on(cast: Cast, kim: Actor) -> None:
    adopt_proposal(actor=kim, since=date(2025, 1, 1))
    assert land_of(cast, "erstgespraech") == [("Einzelfallberatung", date(2025, 1, 1))]


@pytest.mark.parametrize("who", ["frieda", "lena", "stefan"])
def test_only_those_who_keep_the_categories_take_it_over(cast: Cast, kim: Actor, act_as: Act, who: str) -> None:
    with pytest.raises(PermissionDenied):
        adopt_proposal(actor=act_as(cast.actor(who)))


def test_the_page_shows_what_would_be_added_and_adds_it(cast: Cast, kim: Actor, sign_in: SignIn) -> None:
    client = sign_in("kim")
    assert OFFERED in client.get(reverse("activities:lists")).content.decode()
    page = client.get(PROPOSAL).content.decode()
    assert "Netzwerkarbeit" in page
    assert "diese Zuordnung ist unser Vorschlag" in page
    assert land_of(cast, "erstgespraech") == []
    answer = client.post(PROPOSAL, {"since": ""}, follow=True).content.decode()
    assert "Kategorien sind jetzt zugeordnet" in answer
    assert OFFERED not in answer
    assert land_of(cast, "erstgespraech") == [("Einzelfallberatung", None)]
    assert "Es gibt nichts zu übernehmen" in client.get(PROPOSAL).content.decode()
