"""A match outside one's own places: named as a place to ask at, on record, and nothing more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models import Occasion, Registration
from kimwerk.arrivals.selectors.duplicates import registrations_near
from kimwerk.arrivals.services.importing.applying import apply_list
from kimwerk.audit.models import Event
from tests.arrivals.families import OKSANA, arrive, surge
from tests.arrivals.importing import MOTHER as ROW_OF_MOTHER
from tests.arrivals.importing import NEIGHBOUR, checked, listed
from tests.arrivals.test_pages import MOTHER, sent
from tests.cast import Cast, as_owner
from tests.persons.people import register

ActAs = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]


@pytest.fixture
def occasion(cast: Cast, act_as: ActAs) -> Occasion:
    return surge(cast, act_as(cast.actor("karin")))


def test_a_registration_of_another_place_and_a_file_of_another_body_are_questions_only(
    occasion: Occasion, cast: Cast, act_as: ActAs, sign_in: SignIn
) -> None:
    arrive(act_as(cast.actor("frieda")), occasion, cast, OKSANA)
    with as_owner():
        kleve = cast.organisations["Kreis Kleve"]
        elsewhere = Occasion.objects.create(
            organisation_id=kleve, name="Kleve", begins_on=occasion.begins_on, opened_by_id=cast.accounts["klaus"]
        )
        Registration.objects.update(occasion=elsewhere, organisation_id=kleve)
    klaus = act_as(cast.actor("klaus"))
    register(
        cast,
        klaus,
        "Kreis Kleve",
        family_name="Musterenko",
        given_names="Oksana",
        names=(),
        birth_date=OKSANA.birth_date,
    )
    browser = sign_in("frieda")
    page = browser.post(reverse("arrivals:family", args=[occasion.pk]), sent(cast, MOTHER)).content.decode()
    assert "Möglicher Treffer bei Kreis Kleve: dort fragen." in page
    assert "Möglicher Treffer bei Erfassungsliste Siegburg: dort fragen." in page
    assert "Мустеренко" not in page
    act_as(cast.actor("doris"))
    frieda = cast.accounts["frieda"]
    assert Event.objects.filter(action="person.asked_elsewhere", actor_id=frieda).count() == 1
    assert Event.objects.filter(action="person.found_elsewhere", actor_id=frieda).count() == 1
    with as_owner():
        numbers = Registration.objects.get().match_keys
    act_as(cast.actor("frieda"))
    assert registrations_near(numbers) == []


def test_rows_of_a_file_are_asked_about_like_those_that_are_entered(
    occasion: Occasion, cast: Cast, act_as: ActAs, sign_in: SignIn
) -> None:
    klaus = act_as(cast.actor("klaus"))
    register(
        cast, klaus, "Kreis Kleve", family_name="Moustérenko", given_names="Oxana", names=(),
        birth_date=OKSANA.birth_date,
    )  # fmt: skip
    frieda = act_as(cast.actor("frieda"))
    brought = checked(frieda, occasion, cast, listed(ROW_OF_MOTHER, NEIGHBOUR, "2;;;;;;;;;;;"))
    assert (brought.counts["elsewhere"], brought.counts["created"]) == (1, 2)
    act_as(cast.actor("doris"))
    asked = Event.objects.get(action="person.asked_elsewhere", actor_id=cast.accounts["frieda"])
    assert asked.amount == 2
    page = sign_in("frieda").get(reverse("arrivals:import", args=[brought.pk]) + "?verdict=elsewhere").content.decode()
    assert "Möglicher Treffer bei Kreis Kleve: dort fragen." in page
    assert "Oksana" in page
    assert "Iryna" not in page
    act_as(frieda)
    apply_list(actor=frieda, pk=brought.pk)
    brought.refresh_from_db()
    assert brought.counts["elsewhere"] == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        act_as(cast.actor("klaus"))
        question = "select * from walls.identities_elsewhere(%s, '{1}', '{1}')"
        connection.cursor().execute(question, [occasion.organisation_id])


def test_a_person_in_ones_care_is_shown_while_a_family_is_entered(
    occasion: Occasion, cast: Cast, act_as: ActAs, sign_in: SignIn
) -> None:
    frieda = act_as(cast.actor("frieda"))
    known = register(
        cast, frieda, family_name="Musterenko", given_names="Oksana", names=(), birth_date=OKSANA.birth_date
    )
    typed = sent(cast, MOTHER | {"given_names": "Oxana"}, number="1")
    page = sign_in("frieda").post(reverse("arrivals:doubles", args=[occasion.pk]), typed).content.decode()
    assert reverse("persons:person", args=[known.pk]) in page
    assert "in Ihrer Zuständigkeit" in page
    assert "%" in page
