"""What a person's page shows of the rooms above persons."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from kimwerk.access.actors import Actor
from kimwerk.persons.services.care import entrust
from kimwerk.persons.types import CareReason
from tests.casework.cases import opened
from tests.cast import Cast
from tests.consent.consents import allow, text_in_force

ActAs = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]


def test_a_persons_page_leads_to_their_cases_and_to_their_consent(cast: Cast, act_as: ActAs, sign_in: SignIn) -> None:
    frieda = act_as(cast.actor("frieda"))
    case = opened(cast, frieda)
    person = case.person_id
    page = sign_in("frieda").get(reverse("persons:person", args=[person])).content.decode()
    assert reverse("casework:case", args=[case.pk]) in page
    assert case.number in page
    assert reverse("casework:new", args=[person]) in page
    assert "Es darf nichts weitergegeben werden." in page
    assert reverse("consent:person", args=[person]) in page
    assert reverse("consent:declare", args=[person]) not in page  # there is no text to sign yet
    text_in_force(cast)
    allow(cast, frieda, person)
    page = sign_in("frieda").get(reverse("persons:person", args=[person])).content.decode()
    assert reverse("consent:declare", args=[person]) in page
    assert "1 Erlaubnis gilt, die nächste endet am" in page


def test_a_colleagues_case_is_not_listed_at_the_person(cast: Cast, act_as: ActAs, sign_in: SignIn) -> None:
    frieda = act_as(cast.actor("frieda"))
    case = opened(cast, frieda)
    entrust(
        actor=frieda, person_id=case.person_id, account_id=cast.accounts["mehmet"], reason=CareReason.DEPUTY,
    )  # fmt: skip
    page = sign_in("mehmet").get(reverse("persons:person", args=[case.person_id])).content.decode()
    assert case.number not in page
    assert "Sie führen keinen Fall zu dieser Person." in page
