"""The pages about persons, as the browser gets them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record_read
from kimwerk.persons.models import HouseholdMember, IdentityDocument, Person, ResidenceStatus
from kimwerk.persons.selectors.reading import TABLE
from kimwerk.persons.services.parts import TitleFacts, note_title
from kimwerk.persons.usual import LEAST
from tests.cast import Cast
from tests.persons.people import facts, register

ActAs = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]
FORM = {
    "family_name": "Musterenko",
    "given_names": "Oleksandr",
    "original_family": "Мустеренко",
    "original_given": "Олександр",
    "birth": "7.3.1990",
    "sex": "male",
    "nationalities": "ukrainisch, Polen",
    "mother_tongues": "Ukrainisch",
    "further_languages": "Russisch, Englisch b1",
    "german_level": "A2",
    "interpreter_language": "ukr",
}


@pytest.fixture
def frieda(cast: Cast, act_as: ActAs) -> Actor:
    """Frieda, acting."""
    return act_as(cast.actor("frieda"))


def filled(**changes: str) -> dict[str, str]:
    return FORM | {"interpreter_language": "Ukrainisch"} | changes


def test_the_list_shows_the_people_in_ones_care_and_nobody_else(cast: Cast, frieda: Actor, sign_in: SignIn) -> None:
    register(cast, frieda)
    assert "Musterenko, Oleksandr" in sign_in("frieda").get(reverse("persons:list")).content.decode()
    assert "Musterenko" not in sign_in("mehmet").get(reverse("persons:list")).content.decode()


def test_an_empty_list_says_how_to_begin(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in("frieda").get(reverse("persons:list")).content.decode()
    assert "Hier stehen bald die Menschen, für die Sie zuständig sind" in page


@pytest.mark.parametrize("typed", ["муст", "Muster oleks", "1990"])
def test_typing_brings_the_list_alone(cast: Cast, frieda: Actor, sign_in: SignIn, typed: str) -> None:
    register(cast, frieda)
    answer = sign_in("frieda").get(reverse("persons:list"), {"q": typed}, headers={"HX-Target": "person-list"})
    page = answer.content.decode()
    assert page.strip().startswith('<div id="person-list">')
    assert "1 Person gefunden" in page
    assert "Олександр Мустеренко" in page


def test_the_list_sorts_by_its_headings(cast: Cast, frieda: Actor, sign_in: SignIn) -> None:
    register(cast, frieda, family_name="Anders", birth_date=date(2000, 1, 2))
    register(cast, frieda)
    browser = sign_in("frieda")
    orders = {}
    for sort in ("name", "-name", "birth", "-birth", "municipality", "nonsense"):
        page = browser.get(reverse("persons:list"), {"sort": sort}).content.decode()
        orders[sort] = page.index("Anders,") < page.index("Musterenko,")
    assert orders == {
        "name": True,
        "-name": False,
        "birth": False,
        "-birth": True,
        "municipality": True,
        "nonsense": True,
    }


def test_a_person_is_registered_from_what_is_typed(cast: Cast, sign_in: SignIn, frieda: Actor) -> None:
    answer = sign_in("frieda").post(reverse("persons:new"), filled())
    person = Person.objects.get()
    assert answer.headers["Location"] == reverse("persons:person", args=[person.pk])
    assert person.birth_date == date(1990, 3, 7)
    assert set(person.nationalities.values_list("key", flat=True)) == {"166", "152"}
    assert set(person.languages.values_list("key", "level", "is_mother_tongue")) == {
        ("ukr", "", True),
        ("deu", "A2", False),
        ("rus", "", False),
        ("eng", "B1", False),
    }
    assert person.names.get().script == "Cyrl"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("birth", "31.02.1990", "Den 31.02.1990 gibt es nicht."),
        ("birth", "Frühling", "Schreiben Sie den Tag als 07.03.1990"),
        ("birth", "2099", "Das liegt in der Zukunft."),
        ("arrived_germany_on", "31.02.2022", "Diesen Tag gibt es nicht. Schreiben Sie ihn so: 07.03.2022."),
        ("family_name", "محمد", "die Originalschrift hat ein eigenes Feld"),
        ("family_name", "", "Tragen Sie einen Namen ein."),
        ("given_names", "Anna\u202e", "unsichtbare Steuerzeichen (U+202E RIGHT-TO-LEFT OVERRIDE)"),
        ("original_family", "Мус\u2067тер", "unsichtbare Steuerzeichen (U+2067 RIGHT-TO-LEFT ISOLATE)"),
        ("town", "Sieg\u200eburg", "unsichtbare Steuerzeichen (U+200E LEFT-TO-RIGHT MARK)"),
        ("nationalities", "Ukranien", "Meinten Sie „Ukraine“?"),
        ("nationalities", "Xyzzy", "„Xyzzy“ steht nicht in der Liste. Prüfen Sie die Schreibweise."),
        ("interpreter_language", "Ukrainish", "Meinten Sie „Ukrainisch“?"),
        ("postcode", "5372a", "Eine Postleitzahl hat fünf Ziffern"),
        ("email", "muster", "E-Mail"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_typed_is_lost(
    cast: Cast, sign_in: SignIn, frieda: Actor, field: str, typed: str, said: str
) -> None:
    answer = sign_in("frieda").post(reverse("persons:new"), filled(**{field: typed}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'id="id_{field}_error"' in page
    assert 'value="Олександр"' in page
    assert not Person.objects.exists()


def test_all_mistakes_of_a_form_are_told_at_once(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in("frieda").post(
        reverse("persons:new"), filled(family_name="Мустер", passport_given="Олена", birth="31.02.1990", postcode="1")
    )
    page = answer.content.decode()
    for field in ("family_name", "passport_given", "birth"):
        assert f'id="id_{field}_error"' in page


def test_a_likely_duplicate_is_shown_before_a_file_is_opened(cast: Cast, frieda: Actor, sign_in: SignIn) -> None:
    known = register(cast, frieda)
    browser = sign_in("frieda")
    page = browser.post(reverse("persons:new"), filled()).content.decode()
    assert "Gibt es schon eine Akte?" in page
    assert reverse("persons:person", args=[known.pk]) in page
    assert "Geburtsdatum gleich" in page
    assert 'name="original_family" value="Мустеренко"' in page
    assert browser.post(reverse("persons:new"), filled(back="1")).status_code == 200
    assert Person.objects.count() == 1
    browser.post(reverse("persons:new"), filled(is_new="1"))
    assert Person.objects.count() == 2


def test_a_match_elsewhere_is_only_a_question_to_ask(cast: Cast, act_as: ActAs, sign_in: SignIn) -> None:
    register(cast, act_as(cast.actor("klaus")), organisation="Kreis Kleve", given_names="Geheim", town="Kleve")
    page = sign_in("frieda").post(reverse("persons:new"), filled(given_names="Geheim")).content.decode()
    assert "Möglicher Treffer bei Kreis Kleve: dort nachfragen." in page
    assert "In Ihrer Zuständigkeit" not in page
    assert "07.03.1990" not in page


def test_a_file_shows_what_one_needs(cast: Cast, frieda: Actor, sign_in: SignIn) -> None:
    person = register(cast, frieda, phone="+49 170 1234567")
    soon = timezone.localdate() + timedelta(days=10)
    note_title(actor=frieda, person_id=person.pk, facts=TitleFacts("ae-24", date(2022, 6, 1), soon))
    page = sign_in("frieda").get(reverse("persons:person", args=[person.pk])).content.decode()
    for text in (
        "Oleksandr Musterenko",
        'lang="und-Cyrl"',
        'href="tel:+491701234567"',
        "noch 10 Tage gültig",
        "§ 24 AufenthG",
        "Ukrainisch",
        "hat die Person aufgenommen",
    ):
        assert text in page


def test_an_arabic_name_is_written_from_the_right(cast: Cast, frieda: Actor, sign_in: SignIn) -> None:
    answer = sign_in("frieda").post(
        reverse("persons:new"), filled(original_family="المثال", original_given="محمد", family_name="al-Muster")
    )
    page = sign_in("frieda").get(answer.headers["Location"]).content.decode()
    assert 'dir="rtl">محمد المثال' in page


def test_somebody_elses_person_does_not_exist(cast: Cast, frieda: Actor, sign_in: SignIn) -> None:
    person = register(cast, frieda)
    for character in ("mehmet", "klaus", "karin", "arno"):
        browser = sign_in(character)
        for name in ("person", "edit", "add_member", "add_title", "add_document"):
            assert browser.get(reverse(f"persons:{name}", args=[person.pk])).status_code == 404


def test_the_second_of_two_corrections_is_asked_fact_by_fact(cast: Cast, frieda: Actor, sign_in: SignIn) -> None:
    person = register(cast, frieda, names=(), nationalities=(), languages=(), interpreter_language="")
    browser, url = sign_in("frieda"), reverse("persons:edit", args=[person.pk])
    sent = {
        "family_name": "Musterenko",
        "given_names": "Oleksandr",
        "birth": "07.03.1990",
        "sex": "male",
        "municipality": str(cast.municipalities["Siegburg"]),
        "version": "1",
    }
    assert browser.post(url, sent | {"town": "Siegburg"}).status_code == 302
    clash = browser.post(url, sent | {"phone": "0170 1"})
    page = clash.content.decode()
    assert clash.status_code == 409
    assert "Frieda Fallbeispiel hat eine Korrektur gespeichert" in page
    assert 'name="choose-town" value="theirs"' in page
    browser.post(url, sent | {"phone": "0170 1", "version": "2", "choose-town": "theirs", "choose-phone": "mine"})
    person.refresh_from_db()
    assert (person.town, person.phone, person.version) == ("Siegburg", "0170 1", 3)


def test_household_titles_and_papers_come_and_go(cast: Cast, frieda: Actor, sign_in: SignIn) -> None:
    person, browser = register(cast, frieda), sign_in("frieda")
    browser.post(
        reverse("persons:add_member", args=[person.pk]),
        {"relation": "spouse", "given_names": "Olena", "lives_here": "on"},
    )
    browser.post(reverse("persons:add_title", args=[person.pk]), {"title": "ae-24", "valid_from": "2022-06-01"})
    browser.post(
        reverse("persons:add_document", args=[person.pk]),
        {"kind": "passport", "number": "FX 123", "country": "Ukraine", "valid_until": "2030-01-01"},
    )
    page = browser.get(reverse("persons:person", args=[person.pk])).content.decode()
    for text in ("Olena Musterenko", "§ 24 AufenthG", "FX 123", "gültig bis 01.01.2030"):
        assert text in page
    member, title, paper = HouseholdMember.objects.get(), ResidenceStatus.objects.get(), IdentityDocument.objects.get()
    for name, part in (("remove_member", member), ("withdraw_title", title), ("remove_document", paper)):
        url = reverse(f"persons:{name}", args=[person.pk, part.pk])
        assert browser.get(url).status_code == 200
        assert browser.post(url).status_code == 302
    page = browser.get(reverse("persons:person", args=[person.pk])).content.decode()
    assert "irrtümlich eingetragen" in page
    assert "Olena" not in page
    assert "FX 123" not in page


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("add_title", {"title": "", "valid_from": "2022-06-01"}, "Dieses Feld"),
        (
            "add_title",
            {"title": "ae-24", "valid_from": "2022-06-01", "valid_until": "2022-05-01"},
            "Der Titel endet, bevor er beginnt.",
        ),
        ("add_title", {"title": "ae-24", "valid_from": "31.02.2022"}, "Diesen Tag gibt es nicht."),
        ("add_member", {"relation": "child", "given_names": "Олена"}, "die Originalschrift hat ein eigenes Feld"),
        ("add_member", {"relation": "child", "given_names": "Muster", "birth_year": "2199"}, "in der Zukunft"),
        ("add_document", {"kind": "passport", "number": "F\u202e1"}, "unsichtbare Steuerzeichen"),
        ("add_document", {"kind": "passport", "country": "Ukranien"}, "Meinten Sie „Ukraine“?"),
    ],
)
def test_parts_with_mistakes_are_not_noted(
    cast: Cast, frieda: Actor, sign_in: SignIn, name: str, sent: dict[str, str], said: str
) -> None:
    person = register(cast, frieda)
    answer = sign_in("frieda").post(reverse(f"persons:{name}", args=[person.pk]), sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_part_of_another_persons_file_does_not_exist(cast: Cast, frieda: Actor, sign_in: SignIn) -> None:
    person, other = register(cast, frieda), register(cast, frieda, family_name="Anders")
    title = note_title(actor=frieda, person_id=other.pk, facts=TitleFacts("ae-24", date(2022, 6, 1)))
    assert sign_in("frieda").post(reverse("persons:withdraw_title", args=[person.pk, title.pk])).status_code == 404


def test_whoever_opens_very_many_files_waits(cast: Cast, frieda: Actor, sign_in: SignIn) -> None:
    person = register(cast, frieda)
    for number in range(LEAST + 1):
        record_read(actor=frieda, subject_type=TABLE, subject_id=str(number))
    answer = sign_in("frieda").get(reverse("persons:person", args=[person.pk]))
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 20
    assert "weit mehr Akten geöffnet" in answer.content.decode()
    assert "Musterenko" not in answer.content.decode()


def test_the_data_protection_officer_is_told_and_reviews(cast: Cast, frieda: Actor, sign_in: SignIn) -> None:
    for number in range(LEAST + 1):
        record_read(actor=frieda, subject_type=TABLE, subject_id=str(number))
    doris, today = sign_in("doris"), timezone.localdate()
    assert f"hat am {today:%d.%m.%Y} {LEAST + 1} Akten geöffnet" in doris.get("/").content.decode()
    url = reverse("persons:review", args=[cast.accounts["frieda"], today.isoformat()])
    doris.post(url, {"note": ""})
    assert "Als geprüft festhalten" in doris.get(reverse("persons:reading")).content.decode()
    doris.post(url, {"note": "Vertretung, geklärt"})
    page = doris.get(reverse("persons:reading")).content.decode()
    assert "Vertretung, geklärt" in page
    assert "geprüft von Doris Datenschutz" in page
    assert "Akten geöffnet" not in doris.get("/").content.decode()
    assert doris.post(reverse("persons:review", args=[1, "2001-01-01"]), {"note": "x"}).status_code == 404


def test_a_title_that_ends_soon_stands_on_my_day(cast: Cast, frieda: Actor, act_as: ActAs, sign_in: SignIn) -> None:
    person = register(cast, frieda)
    soon = timezone.localdate() + timedelta(days=20)
    note_title(actor=frieda, person_id=person.pk, facts=TitleFacts("ae-24", date(2022, 6, 1), soon))
    said = f"Oleksandr Musterenko: läuft am {soon:%d.%m.%Y} ab"
    assert said in sign_in("frieda").get("/").content.decode()
    assert "Musterenko" not in sign_in("mehmet").get("/").content.decode()
    act_as(frieda)
    later = TitleFacts("ae-24", soon, soon + timedelta(days=700))
    note_title(actor=frieda, person_id=person.pk, facts=later)
    assert "Musterenko" not in sign_in("frieda").get("/").content.decode()


def test_a_form_says_again_what_a_file_says(cast: Cast, frieda: Actor, sign_in: SignIn) -> None:
    person = register(cast, frieda, email="muster@kimwerk.example")
    page = sign_in("frieda").get(reverse("persons:edit", args=[person.pk])).content.decode()
    for text in ('value="Мустеренко"', 'value="07.03.1990"', 'value="ukrainisch"', 'value="Ukrainisch"'):
        assert text in page
    assert facts(cast).birth_date is not None
