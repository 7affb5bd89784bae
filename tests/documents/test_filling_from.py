"""Papers out of a case, an event and a registration list: filled with what one may see, logged, kept nowhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.models import Event as Logged
from kimwerk.documents.models import TemplateVersion
from kimwerk.documents.services.filling import values_for
from kimwerk.documents.services.library import keep_template
from kimwerk.documents.types import Licence, Placeholder, TemplateFacts, TemplateKind
from kimwerk.events.services.holding import register as register_guests
from kimwerk.events.services.planning import plan_event
from kimwerk.events.types import EventFacts, EventKind, Guest
from tests.arrivals.families import arrive, surge
from tests.casework.cases import running
from tests.cast import Cast, as_owner
from tests.documents.test_library import COUNTY, in_force

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]
LETTER = "{{name}}, geboren {{Geburtsdatum}}\n\n{{FALLNUMMER}} {{Anliegen}} {{Veranstaltung}}"


def letter(cast: Cast, act_as: Act, text: str = LETTER) -> TemplateVersion:
    kim = act_as(cast.actor("kim"))
    facts = TemplateFacts("Brief", TemplateKind.LETTER, Licence.OWN)
    template = keep_template(actor=kim, organisation_id=cast.organisations[COUNTY], facts=facts)
    return in_force(cast, act_as, template, text)


def words_of(answer: HttpResponse) -> str:
    return zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()


def logged() -> list[int]:
    with as_owner():
        return list(Logged.objects.filter(action="template.filled").order_by("pk").values_list("amount", flat=True))


def test_a_placeholder_is_known_by_its_key_and_by_its_german_name() -> None:
    known = {Placeholder.BIRTH_DATE: "07.03.1990"}
    text = "{{geburtsdatum}} {{birth_date}} {{Sonst}}"
    assert values_for(text, known) == {"geburtsdatum": "07.03.1990", "birth_date": "07.03.1990", "Sonst": ""}


def test_a_case_fills_a_template_and_says_what_it_does_not_know(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    version = letter(cast, act_as)
    case = running(cast, act_as(cast.actor("frieda")))
    frieda, url = sign_in("frieda"), f"/faelle/{case.pk}/vorlage/"
    assert "Brief" in frieda.get(url).content.decode()
    page = frieda.get(f"{url}?version={version.pk}").content.decode()
    for said in ("Oleksandr Musterenko", "07.03.1990", case.number, "Hier nicht bekannt: Anliegen, Veranstaltung."):
        assert said in page
    assert "eine Einwilligung oder ein Gesetz" in page
    sent = {"value_0": "Oleksandr Musterenko", "value_1": "07.03.1990", "value_2": case.number, "paper": "docx"}
    refused = frieda.post(f"{url}?version={version.pk}", sent)
    assert refused.status_code == 422
    assert "Noch leer: Anliegen, Veranstaltung." in refused.content.decode()
    assert logged() == []
    made = words_of(frieda.post(f"{url}?version={version.pk}", sent | {"as_lines": "on"}))
    assert "Oleksandr Musterenko, geboren 07.03.1990" in made
    assert f"{case.number} ____________________ ____________________" in made
    assert logged() == [1]
    for stranger in ("mehmet", "karin", "klaus"):
        assert sign_in(stranger).get(f"{url}?version={version.pk}").status_code in (403, 404), stranger


def test_only_what_is_in_force_is_filled(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    old = letter(cast, act_as)
    new = in_force(cast, act_as, old.template, LETTER + "\nneu")
    case = running(cast, act_as(cast.actor("frieda")))
    frieda, url = sign_in("frieda"), f"/faelle/{case.pk}/vorlage/"
    assert frieda.get(f"{url}?version={old.pk}").status_code == 404
    assert frieda.get(f"{url}?version={new.pk}").status_code == 200


def test_everybody_on_the_list_of_an_event_gets_a_copy(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    version = letter(cast, act_as, "Liebe/r {{Name}} ({{Stelle}}), willkommen zu {{Veranstaltung}}, {{Gruß}}")
    kim = act_as(cast.actor("kim"))
    facts = EventFacts(EventKind.WORKSHOP, "Werkstatt", timezone.now() + timedelta(days=9))
    event = plan_event(actor=kim, organisation_id=cast.organisations[COUNTY], facts=facts)
    register_guests(actor=kim, event=event, guests=[Guest("Ada Beispiel", "Caritas"), Guest("Ben Beispiel", "")])
    url = f"{reverse('events:fill_template', args=[event.pk])}?version={version.pk}"
    page = sign_in("kim").get(url).content.decode()
    assert "2 Papiere" in page
    assert "In einem Papier fehlt etwas." in page
    made = words_of(sign_in("kim").post(url, {"value_0": "bis bald", "paper": "docx"}))
    assert "Liebe/r Ada Beispiel (Caritas), willkommen zu Werkstatt, bis bald" in made
    assert "Liebe/r Ben Beispiel (____________________)" in made
    assert logged() == [2]


def test_a_filtered_registration_list_gives_a_copy_for_each_row(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    version = letter(cast, act_as, "{{Name}}, {{Anschrift}}, angekommen {{Angekommen am}}")
    occasion = surge(cast, act_as(cast.actor("karin")))
    frieda = act_as(cast.actor("frieda"))
    arrive(frieda, occasion, cast)
    arrive(frieda, occasion, cast, town="Troisdorf")
    url, browser = reverse("arrivals:fill_template", args=[occasion.pk]), sign_in("frieda")
    place = cast.municipalities["Troisdorf"]
    choice = browser.get(f"{url}?place={place}").content.decode()
    assert f"place={place}&amp;version={version.pk}" in choice
    answer = browser.post(f"{url}?place={place}&version={version.pk}", {"paper": "docx"})
    made = words_of(answer)
    assert made.count("Musterenko, Musterweg 1, 53721 Troisdorf, angekommen 10.03.2022") == 3
    assert logged() == [3]
    empty = browser.get(f"{url}?name=Niemand&version={version.pk}")
    assert empty.status_code == 302
