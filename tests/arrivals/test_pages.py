"""The pages of the lists, as Frieda registers and Karin checks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models import Occasion, Registration
from tests.arrivals.families import OKSANA, arrive, surge
from tests.arrivals.test_registering import OXANA
from tests.cast import Cast, as_owner

ActAs = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]


@pytest.fixture
def occasion(cast: Cast, act_as: ActAs) -> Occasion:
    return surge(cast, act_as(cast.actor("karin")))


def sent(cast: Cast, *members: dict[str, str], **more: str) -> dict[str, str]:
    """What the form sends for these members."""
    fields = {"municipality": str(cast.municipalities["Siegburg"]), "arrived_on": "10.03.2022", "town": "Siegburg"}
    for number, member in enumerate(members, start=1):
        fields |= {f"m{number}-nationality": "166"} | {f"m{number}-{name}": value for name, value in member.items()}
    return fields | {"members": str(len(members)), "key": "5f0d0b5e-0000-4000-8000-000000000001"} | more


MOTHER = {"family_name": "Musterenko", "given_names": "Oksana", "birth_date": "12.04.1988", "sex": "female"}
SON = {"given_names": "Danylo", "birth_date": "01.09.2012", "needs_school": "on"}


def test_a_family_is_entered_member_by_member_and_sent_twice_counts_once(
    occasion: Occasion, cast: Cast, sign_in: SignIn
) -> None:
    frieda, url = sign_in("frieda"), reverse("arrivals:family", args=[occasion.pk])
    longer = frieda.post(url, sent(cast, MOTHER, more="1")).content.decode()
    assert "Mitglied 2" in longer
    assert "autofocus" in longer
    for _ in range(2):
        done = frieda.post(url, sent(cast, MOTHER, SON, {}), follow=True)
        assert "2 Personen sind erfasst." in done.content.decode()
    with as_owner():
        rows = Registration.objects.filter(occasion=occasion).order_by("place_in_family")
        assert [(row.family_name, row.given_names) for row in rows] == [
            ("Musterenko", "Oksana"),
            ("Musterenko", "Danylo"),
        ]


def test_mistakes_are_told_at_their_member(occasion: Occasion, cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in("frieda").post(
        reverse("arrivals:family", args=[occasion.pk]),
        sent(cast, MOTHER, SON | {"given_names": "Данило"}, postcode="1"),
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Für andere Schriften gibt es ein eigenes Feld" in page
    assert "Eine Postleitzahl hat fünf Ziffern" in page


def test_whoever_may_be_registered_already_is_shown_before_and_while_typing(
    occasion: Occasion, cast: Cast, act_as: ActAs, sign_in: SignIn
) -> None:
    arrive(act_as(cast.actor("frieda")), occasion, cast, OXANA)
    frieda, url = sign_in("frieda"), reverse("arrivals:family", args=[occasion.pk])
    typed = frieda.post(reverse("arrivals:doubles", args=[occasion.pk]), sent(cast, MOTHER, number="1"))
    assert "Mousterenko, Oxana" in typed.content.decode()
    assert "Tag und Monat der Geburt vertauscht" in typed.content.decode()
    assert "Es sind andere Personen" in frieda.post(url, sent(cast, MOTHER)).content.decode()
    assert frieda.post(url, sent(cast, MOTHER, is_new="1")).status_code == 302


def test_the_coordination_accepts_checks_merges_and_releases(
    occasion: Occasion, cast: Cast, act_as: ActAs, sign_in: SignIn
) -> None:
    frieda = act_as(cast.actor("frieda"))
    kept, double = arrive(frieda, occasion, cast, OKSANA)[0], arrive(frieda, occasion, cast, OXANA)[0]
    karin, address = sign_in("karin"), reverse("arrivals:row", args=[double.pk])
    assert "vielleicht doppelt erfasst: 1" in karin.get(reverse("arrivals:rows", args=[occasion.pk])).content.decode()
    assert reverse("arrivals:merge", args=[double.pk, kept.pk]) in karin.get(address).content.decode()
    merging = reverse("arrivals:merge", args=[kept.pk, double.pk])
    assert "Mousterenko" in karin.get(merging).content.decode()
    assert "Als doppelt beiseitegelegt" in karin.post(merging, follow=True).content.decode()
    assert "zählt nirgends" in karin.get(address).content.decode()
    back = karin.post(reverse("arrivals:unmerge", args=[double.pk]), follow=True)
    assert "zwei Personen vermerkt" in back.content.decode()
    for errand, said in (("check", "2 Zeilen sind geprüft."), ("release", "2 Zeilen sind freigegeben.")):
        assert said in karin.post(reverse(f"arrivals:{errand}", args=[occasion.pk]), follow=True).content.decode()
    assert "KW " in karin.get(reverse("arrivals:curve", args=[occasion.pk])).content.decode()


def test_a_correction_shows_both_versions(occasion: Occasion, cast: Cast, act_as: ActAs, sign_in: SignIn) -> None:
    row = arrive(act_as(cast.actor("frieda")), occasion, cast, OKSANA)[0]
    frieda, url = sign_in("frieda"), reverse("arrivals:correct", args=[row.pk])
    fields = sent(cast) | MOTHER | {"given_names": "Oksana Maria", "version": "1", "nationality": "166"}
    page = frieda.post(url, fields, follow=True).content.decode()
    assert "Musterenko, Oksana Maria" in page
    assert "Vornamen: Oksana" in page
    clash = frieda.post(url, fields | {"given_names": "Olena"})
    assert "inzwischen berichtigt" in clash.content.decode()


def test_occasions_are_opened_and_closed_by_the_coordination(cast: Cast, sign_in: SignIn) -> None:
    karin = sign_in("karin")
    facts = {"name": "Erdbeben 2023", "begins_on": "06.02.2023", "hold_back_days": "1", "keep_days": "180"}
    assert "Die Listen sind eröffnet" in karin.post(reverse("arrivals:open"), facts, follow=True).content.decode()
    assert "Einen Anlass dieses Namens" in karin.post(reverse("arrivals:open"), facts).content.decode()
    with as_owner():
        opened = Occasion.objects.get(name="Erdbeben 2023")
    closing = reverse("arrivals:close", args=[opened.pk])
    assert "erst später begonnen" in karin.post(closing, {"ends_on": "01.02.2023"}).content.decode()
    assert karin.post(closing, {"ends_on": "01.02.2024"}).status_code == 302
    periods = reverse("arrivals:periods", args=[opened.pk])
    assert "zu löschen ab 30.07.2024" in karin.get(periods).content.decode()
    assert karin.post(periods, {"hold_back_days": "2", "keep_days": "4000"}).status_code == 422
    kept = karin.post(periods, {"hold_back_days": "2", "keep_days": "30"}, follow=True)
    assert "zu löschen ab 02.03.2024" in kept.content.decode()
    assert "Erdbeben 2023" in sign_in("frieda").get(reverse("arrivals:occasions")).content.decode()
