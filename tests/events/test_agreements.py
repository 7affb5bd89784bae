"""Agreements with municipalities: they hold until a newer one begins, and the directory shows them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.directory.models import Organisation
from kimwerk.events.models import Agreement
from kimwerk.events.selectors.agreements import agreement_at, agreements_for
from kimwerk.events.services.agreeing import agree
from kimwerk.events.types import AgreementFacts, EventsProblem, EventsRefused
from tests.cast import Cast

Act = Callable[[Actor], Actor]
FIRST = AgreementFacts(date(2022, 2, 1), "Neuzugewanderte", "Ab drei Lebensbereichen beginnt das Case Management.")


def test_an_agreement_holds_until_a_newer_one_begins_and_never_changes(cast: Cast, act_as: Act) -> None:
    kim = act_as(cast.actor("kim"))
    home, siegburg = cast.organisations["Rhein-Sieg-Kreis"], cast.municipalities["Siegburg"]

    def write(day: date, groups: str) -> Agreement:
        facts = AgreementFacts(day, groups, FIRST.delimitation)
        return agree(actor=kim, organisation_id=home, municipality_id=siegburg, facts=facts)

    first = write(FIRST.valid_from, "Neuzugewanderte")
    write(timezone.localdate() + timedelta(days=30), "Alle")
    holding = {place.municipality.name: place.agreement for place in agreements_for(kim)}
    assert (holding["Siegburg"], holding["Troisdorf"]) == (first, None)
    second = write(timezone.localdate(), "Geflüchtete")
    assert [place.agreement for place in agreements_for(kim) if place.agreement] == [second]
    with pytest.raises(EventsRefused) as refused:
        write(timezone.localdate(), "Noch einmal")
    assert refused.value.problem is EventsProblem.SAME_DAY
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Agreement.objects.update(target_groups="Andere")
    lena = act_as(cast.actor("lena"))
    with pytest.raises(PermissionDenied):
        agree(actor=lena, organisation_id=home, municipality_id=siegburg, facts=FIRST)
    act_as(cast.actor("klara"))
    assert Agreement.objects.count() == 0


def test_case_managers_read_it_there_and_in_the_directory(cast: Cast, sign_in: Callable[[str], Client]) -> None:
    office, frieda = sign_in("kim"), sign_in("frieda")
    siegburg = cast.municipalities["Siegburg"]
    sent = {"valid_from": "2022-02-01", "target_groups": FIRST.target_groups, "delimitation": FIRST.delimitation}
    office.post(reverse("events:agree", args=[siegburg]), sent)
    assert "noch einmal" not in frieda.get(reverse("events:agreements")).content.decode()
    page = frieda.get(reverse("events:agreement", args=[siegburg])).content.decode()
    assert "gilt seit 01.02.2022" in page
    assert FIRST.delimitation in frieda.get(reverse("directory:municipality", args=["05382060"])).content.decode()
    assert (
        FIRST.delimitation
        not in sign_in("stefan").get(reverse("directory:municipality", args=["05382060"])).content.decode()
    )


def test_a_case_manager_of_the_town_hall_reads_what_the_county_agreed_with_the_town(cast: Cast, act_as: Act) -> None:
    kim, tomasz = cast.actor("kim"), cast.actor("tomasz")
    home, troisdorf = cast.organisations["Rhein-Sieg-Kreis"], cast.municipalities["Troisdorf"]
    act_as(kim)
    for name in ("Siegburg", "Troisdorf"):
        agree(actor=kim, organisation_id=home, municipality_id=cast.municipalities[name], facts=FIRST)
    assert agreement_at(act_as(tomasz), troisdorf) is None, "the directory does not say yet where the town hall stands"
    Organisation.objects.filter(pk=cast.organisations["Stadt Troisdorf"]).update(municipality=troisdorf)
    assert [each.municipality_id for each in Agreement.objects.all()] == [troisdorf], "the walls let just this one pass"
    found = agreement_at(tomasz, troisdorf)
    assert found is not None
    assert found.organisation_id == home
    assert agreement_at(tomasz, cast.municipalities["Siegburg"]) is None
