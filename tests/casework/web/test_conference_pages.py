"""The pages of conferences and checklists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.casework.conference_types import PURPOSE
from kimwerk.casework.models import Case, Checklist, Conference, ConferenceTask
from tests.casework.cases import running
from tests.casework.referring import JOBCENTER, consent_for
from tests.cast import Cast

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]
NAME = "Musterenko"


def text(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.fixture
def case(cast: Cast, act_as: Act) -> Case:
    """A case of Frieda's, who stays the actor."""
    return running(cast, act_as(cast.actor("frieda")))


def plan(cast: Cast, **changes: object) -> dict[str, object]:
    return {
        "occasion": "Übergang in Ausbildung",
        "planned_on": (timezone.localdate() + timedelta(days=7)).isoformat(),
        "planned_time": "10:00",
        "question": "Wer hilft bei der Anerkennung?",
        "invitees": [cast.organisations[JOBCENTER]],
        "categories": ["identity"],
    } | changes


def test_an_invitee_not_covered_is_shown_with_the_way_to_mend_it(cast: Cast, case: Case, sign_in: SignIn) -> None:
    frieda = sign_in("frieda")
    page = text(frieda.post(f"/faelle/konferenzen/neu/{case.pk}/", plan(cast), follow=True))
    assert f"Keine gültige Einwilligung deckt {JOBCENTER}" in page
    pk = Conference.objects.get().pk
    assert f"/faelle/einwilligungen/personen/{case.person_id}/" in page
    assert f"/faelle/konferenzen/{pk}/weitergeben/" not in page
    refused = frieda.post(f"/faelle/konferenzen/{pk}/weitergeben/", follow=True)
    assert "Niemand hat etwas erfahren" in text(refused)


def test_with_consent_the_invited_are_told_after_asking(cast: Cast, case: Case, sign_in: SignIn) -> None:
    consent_for(cast, case, purpose=PURPOSE)
    frieda = sign_in("frieda")
    frieda.post(f"/faelle/konferenzen/neu/{case.pk}/", plan(cast))
    url = f"/faelle/konferenzen/{Conference.objects.get().pk}/"
    asked = text(frieda.get(f"{url}weitergeben/"))
    assert JOBCENTER in asked
    assert "Name, Geburt, Geschlecht, Staatsangehörigkeit" in asked
    assert "informiert" in text(frieda.post(f"{url}weitergeben/", follow=True))


def test_a_conference_is_held_with_tasks(cast: Cast, case: Case, sign_in: SignIn) -> None:
    consent_for(cast, case, purpose=PURPOSE)
    frieda = sign_in("frieda")
    frieda.post(f"/faelle/konferenzen/neu/{case.pk}/", plan(cast))
    url = f"/faelle/konferenzen/{Conference.objects.get().pk}/"
    told = {
        "held_on": timezone.localdate().isoformat(),
        "attended": [cast.organisations[JOBCENTER]],
        "client": "present",
        "agreement": "Das Jobcenter prüft.",
        "kind": cast.categories["arbeitskreis"],
        "minutes": "45",
    }
    assert "Das Jobcenter prüft." in text(frieda.post(f"{url}ergebnis/", told, follow=True))
    assert frieda.post(f"{url}aufgabe/", {"task": "", "owner": "me"}).status_code == 422
    due = timezone.localdate().isoformat()
    frieda.post(f"{url}aufgabe/", {"task": "Antrag schicken", "owner": "client", "due_on": due})
    task = ConferenceTask.objects.get()
    assert "die Person selbst" in text(frieda.get(url))
    frieda.post(f"/faelle/konferenzen/aufgaben/{task.pk}/erledigt/")
    assert "erledigt" in text(frieda.get(url))


def test_an_anonymised_conference_asks_for_no_data_and_names_nobody(cast: Cast, sign_in: SignIn) -> None:
    karin = sign_in("karin")
    page = text(karin.get("/faelle/konferenzen/lernen/"))
    assert 'name="categories"' not in page
    refused = karin.post("/faelle/konferenzen/lernen/", plan(cast, question="Was hilft Frau Musterenko?"))
    assert refused.status_code == 422
    assert "Hier wird niemand genannt" in text(refused)
    planned = karin.post("/faelle/konferenzen/lernen/", plan(cast), follow=True)
    assert "anonymisiert" in text(planned)
    assert "Übergang in Ausbildung" in text(sign_in("mehmet").get("/faelle/konferenzen/"))
    assert "Übergang in Ausbildung" not in text(sign_in("klaus").get("/faelle/konferenzen/"))


def test_invitations_are_changed_and_a_conference_is_called_off(cast: Cast, case: Case, sign_in: SignIn) -> None:
    frieda = sign_in("frieda")
    frieda.post(f"/faelle/konferenzen/neu/{case.pk}/", plan(cast))
    url = f"/faelle/konferenzen/{Conference.objects.get().pk}/"
    own = frieda.post(f"{url}einladen/", {"invitees": [cast.organisations["Rhein-Sieg-Kreis"]]})
    assert "müssen Sie nicht einladen" in text(own)
    frieda.post(f"{url}einladen/", {"invitees": []})
    assert "Noch niemand ist eingeladen" in text(frieda.get(url))
    assert frieda.get(f"{url}absagen/").status_code == 200
    assert "abgesagt" in text(frieda.post(f"{url}absagen/", follow=True))


def test_a_checklist_is_begun_ticked_and_applied_for(cast: Cast, case: Case, sign_in: SignIn) -> None:
    frieda = sign_in("frieda")
    begun = frieda.post(f"/faelle/aufenthalt/neu/{case.pk}/", {"list": "einbuergerung"}, follow=True)
    assert "§ 10 StAG" in text(begun)
    assert "keine Rechtsberatung" in text(begun)
    again = frieda.post(f"/faelle/aufenthalt/neu/{case.pk}/", {"list": "einbuergerung"})
    assert "läuft in dem Fall schon" in text(again)
    url = f"/faelle/aufenthalt/{Checklist.objects.get().pk}/"
    frieda.post(url, {"version": 1, "pass": "ready"})
    assert "1 von 17" in text(frieda.get("/faelle/aufenthalt/"))
    late = frieda.post(url, {"version": 1, "pass": "missing"}, follow=True)
    assert "hat sich inzwischen geändert" in text(late)
    assert frieda.post(f"{url}stand/", {"state": "applied"}).status_code == 422
    today = timezone.localdate().isoformat()
    standing = {
        "state": "applied",
        "applied_on": today,
        "authority": cast.organisations[JOBCENTER],
        "appointment_on": today,
        "appointment_time": "09:30",
    }
    assert "beantragt" in text(frieda.post(f"{url}stand/", standing, follow=True))
    refused = frieda.post(f"{url}weitergeben/", {"categories": ["identity"]})
    assert "Keine gültige Einwilligung" in text(refused)


def test_the_part_of_a_case_shows_all_three(cast: Cast, case: Case, sign_in: SignIn) -> None:
    frieda = sign_in("frieda")
    page = text(frieda.get(f"/faelle/{case.pk}/verbindungen/"))
    assert "Noch keine Stelle wurde angefragt." in page
    frieda.post(f"/faelle/konferenzen/neu/{case.pk}/", plan(cast))
    frieda.post(f"/faelle/aufenthalt/neu/{case.pk}/", {"list": "aufenthg-25b"})
    page = text(frieda.get(f"/faelle/{case.pk}/verbindungen/"))
    assert "Übergang in Ausbildung" in page
    assert "§ 25b AufenthG" in page
    assert sign_in("mehmet").get(f"/faelle/{case.pk}/verbindungen/").status_code == 404
