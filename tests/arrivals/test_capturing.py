"""A phone without a connection keeps families and sends them later: nothing is lost, nothing is doubled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.accounts.sealing import secret_for
from kimwerk.arrivals.models import ListContract, Occasion, Registration
from kimwerk.arrivals.services import close_occasion, end_contract
from tests.arrivals.families import arrive, surge
from tests.arrivals.test_pages import MOTHER, SON, sent
from tests.arrivals.test_registering import OXANA
from tests.cast import Cast, as_owner

ActAs = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]


@dataclass
class Device:
    """Frieda's phone, once it has a connection again."""

    client: Client
    url: str
    cast: Cast

    def send(self, *members: dict[str, str], **more: str) -> dict[str, Any]:
        now = timezone.now().isoformat()
        fields = sent(self.cast, *members, **{"device_time": now, "noted_at": now} | more)
        answer: dict[str, Any] = self.client.post(self.url, fields, headers={"Accept": "application/json"}).json()
        return answer


@pytest.fixture
def occasion(cast: Cast, act_as: ActAs) -> Occasion:
    return surge(cast, act_as(cast.actor("karin")))


@pytest.fixture
def phone(occasion: Occasion, cast: Cast, sign_in: SignIn) -> Device:
    return Device(sign_in("frieda"), reverse("arrivals:family", args=[occasion.pk]), cast)


def rows_now() -> list[Registration]:
    with as_owner():
        return list(Registration.objects.order_by("pk"))


def test_what_was_kept_is_registered_once_by_the_time_of_the_server(phone: Device) -> None:
    wrong = (timezone.now() - timedelta(days=900)).isoformat()
    first = phone.send(MOTHER, SON, noted_at=wrong, device_time=wrong)
    again = phone.send(MOTHER, SON)
    assert (first["is_registered"], again["is_registered"]) == (True, True)
    assert "geht falsch" in first["clock"]
    assert again["clock"] == ""
    rows = rows_now()
    assert [row.given_names for row in rows] == ["Oksana", "Danylo"]
    assert rows[0].registered_at.date() == timezone.now().date()
    assert rows[0].noted_at is not None
    assert rows[0].noted_at.isoformat() == wrong
    assert phone.send(MOTHER, key="5f0d0b5e-0000-4000-8000-000000000002", is_new="1", noted_at="gestern")[
        "is_registered"
    ]
    assert rows_now()[-1].noted_at is None


def test_what_was_sent_before_with_something_else_is_not_lost_in_silence(phone: Device) -> None:
    assert phone.send(MOTHER)["is_registered"]
    more = phone.send(MOTHER, SON)
    assert not more["is_registered"]
    assert "sagen aber inzwischen etwas anderes (Musterenko, Oksana)" in more["lines"][0]["text"]
    assert len(rows_now()) == 1


def test_whoever_a_colleague_has_registered_meanwhile_is_shown_and_registered_only_on_demand(
    phone: Device, occasion: Occasion, cast: Cast, act_as: ActAs
) -> None:
    arrive(act_as(cast.actor("frieda")), occasion, cast, OXANA)
    doubtful = phone.send(MOTHER)
    assert not doubtful["is_registered"]
    assert doubtful["confirm"]["name"] == "is_new"
    assert "Mousterenko, Oxana" in doubtful["lines"][0]["text"]
    assert phone.send(MOTHER, is_new="1")["is_registered"]


def test_the_list_was_closed_meanwhile(phone: Device, occasion: Occasion, cast: Cast, act_as: ActAs) -> None:
    close_occasion(actor=act_as(cast.actor("karin")), occasion=occasion, on=date(2022, 12, 31))
    assert "Der Anlass ist geschlossen" in phone.send(MOTHER)["lines"][0]["text"]
    assert rows_now() == []


def test_what_no_office_needs_any_more_is_named_before_it_is_left_out(
    phone: Device, occasion: Occasion, cast: Cast, act_as: ActAs
) -> None:
    karin = act_as(cast.actor("karin"))
    authority = ListContract.objects.accepted_by(karin).get(kind="foreigners_authority")
    end_contract(actor=karin, contract=authority)
    answer = phone.send(MOTHER, phone="02241 1")
    assert (answer["is_registered"], answer["confirm"]["name"]) == (False, "without")
    assert "Telefon" in answer["text"]
    assert phone.send(MOTHER, phone="02241 1", without="1")["is_registered"]
    assert rows_now()[0].phone == ""


def test_mistakes_are_told_with_member_and_field(phone: Device) -> None:
    told = [line["text"] for line in phone.send(MOTHER | {"birth_date": "31.02.1988"}, SON, postcode="1")["lines"]]
    assert told == ["Mitglied 1, Geburtsdatum: Diesen Tag gibt es nicht. Schreiben Sie ihn so: 07.03.2022."]
    told = [line["text"] for line in phone.send(MOTHER | {"family_name": "محمدی"}, postcode="1")["lines"]]
    assert told[0].startswith("Postleitzahl: ")
    assert told[1].startswith("Mitglied 1, Nachname: ")


def test_the_secret_of_a_device_is_its_accounts_and_no_others(sign_in: SignIn, cast: Cast) -> None:
    device = reverse("arrivals:device")
    frieda = sign_in("frieda").get(device)
    assert frieda.json()["secret"] == sign_in("frieda").get(device).json()["secret"]
    assert "no-store" in frieda.headers["Cache-Control"]
    assert secret_for("one purpose") != secret_for("another")
    assert sign_in("karin").get(device).status_code == 404
    assert sign_in("frieda").get(reverse("arrivals:worker")).headers["Content-Type"].startswith("text/javascript")
