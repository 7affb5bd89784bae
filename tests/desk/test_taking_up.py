"""What another county sent, taken into one's own lists and checklists: what stands there stays."""

from __future__ import annotations

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from django.urls import reverse

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Category
from kimwerk.desk.packed_surveys import COLUMNS, packed_survey, questions_in
from kimwerk.documents.models import Received, Template
from kimwerk.documents.packing import pack, unpack
from kimwerk.documents.services.exchange import import_package
from kimwerk.documents.types import Licence, PackedPart, PartKind, VersionState
from kimwerk.events.selectors.events import template_of
from kimwerk.events.types import EventKind, TemplateStep
from kimwerk.surveys.models import Survey
from kimwerk.surveys.selectors.surveys import questions_of
from kimwerk.surveys.services.drafting import facts_of
from tests.cast import Cast

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]
COUNTY, OTHER = "Rhein-Sieg-Kreis", "Kreis Beispielstadt"
CODES = (("arbeit", "Anders genannt", ""), ("gewaltschutz", "Gewaltschutz", "Schutz"), ("", "ohne Schlüssel", ""))
STEPS = (("-14", "Raum mieten"), ("3", "Danken"), ("bald", "ohne Tag"))
QUESTIONS = (
    ("single", "Reichen die Plätze?", "", "1", "", "ja\nnein", "", "", "", ""),
    ("scale", "Wie zufrieden sind Sie?", "", "", "", "", "1", "5", "gar nicht", "sehr"),
    ("text", "Was fehlt?", "Ohne Namen", "", "1", "", "", "", "", ""),
    ("single", "Nur eine Antwort?", "", "", "", "ja", "", "", "", ""),
    ("poem", "Reimen Sie!", "", "", "", "", "", "", "", ""),
)
PARTS = (
    PackedPart(
        PartKind.SURVEY, "survey-7", "Kita", Licence.BY, OTHER, (("Einleitung", "Guten Tag"),), COLUMNS, QUESTIONS
    ),
    PackedPart(PartKind.CODE_LIST, "topic", "Themen", Licence.BY, OTHER, (), ("code", "label", "group"), CODES),
    PackedPart(PartKind.CODE_LIST, "streets", "Straßen", Licence.BY, OTHER, (), ("code", "label", "group"), CODES),
    PackedPart(PartKind.PROCEDURE, "checklist-workshop", "Checkliste", Licence.BY, OTHER, (), ("d", "s"), STEPS),
    PackedPart(
        PartKind.PROCEDURE,
        "resolution-7",
        "Ein Erfassungsbogen für alle",
        Licence.BY,
        OTHER,
        (("Beschlossen von", "Lenkungsgruppe"),),
        ("Kommune", "Gilt ab"),
        (("Musterhausen", "2022-05-01"),),
    ),
    PackedPart(PartKind.FIGURE, "activities", "Aktivitäten", Licence.BY, OTHER, (("Einheit", "Aktivitäten"),)),
    PackedPart(PartKind.FIGURE, "bridges", "Brücken", Licence.BY, OTHER, (("Einheit", "Brücken"),)),
)


def sent(cast: Cast, act_as: Act) -> dict[str, int]:
    package = unpack(pack(Ed25519PrivateKey.generate(), OTHER, "2022-05-01", (), PARTS))
    kim = act_as(cast.actor("kim"))
    import_package(actor=kim, organisation_id=cast.organisations[COUNTY], package=package)
    return dict(Received.objects.values_list("key", "pk"))


def test_entries_that_ones_own_list_lacks_are_added_at_its_end(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    numbers, kim = sent(cast, act_as), sign_in("kim")
    url = reverse("desk:take_up_entries", args=[numbers["topic"]])
    assert url in kim.get(reverse("documents:received_part", args=[numbers["topic"]])).content.decode()
    assert url not in sign_in("anton").get(reverse("documents:received_part", args=[numbers["topic"]])).content.decode()
    page = kim.get(url).content.decode()
    assert "Gewaltschutz" in page
    assert "Anders genannt" not in page
    assert "ohne Schlüssel" not in page
    assert kim.post(url, {"entries": ["arbeit"]}).status_code == 200, "what was not offered is not taken"
    assert kim.post(url, {"entries": ["gewaltschutz"]}).status_code == 302
    act_as(cast.actor("kim"))
    made = Category.objects.get(code="gewaltschutz")
    assert (made.label, made.group, made.category_list) == ("Gewaltschutz", "Schutz", "topic")
    assert Category.objects.get(category_list="topic", code="arbeit").label != "Anders genannt"
    assert kim.get(reverse("desk:take_up_entries", args=[numbers["streets"]])).status_code == 404
    assert sign_in("klara").get(url).status_code == 404


def test_a_checklist_of_another_county_becomes_ones_own(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    numbers, kim = sent(cast, act_as), sign_in("kim")
    url = reverse("desk:take_up_checklist", args=[numbers["checklist-workshop"]])
    assert "-14: Raum mieten · +3: Danken" in kim.get(url).content.decode()
    assert kim.post(url).status_code == 302
    act_as(cast.actor("kim"))
    steps = template_of(cast.organisations[COUNTY], EventKind.WORKSHOP)
    assert steps == [TemplateStep(-14, "Raum mieten"), TemplateStep(3, "Danken")]
    assert kim.get(reverse("desk:take_up_checklist", args=[numbers["topic"]])).status_code == 404


def test_a_survey_of_another_county_begins_a_draft_of_ones_own(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    numbers, kim = sent(cast, act_as), sign_in("kim")
    url = reverse("desk:take_up_survey", args=[numbers["survey-7"]])
    assert url in kim.get(reverse("documents:received_part", args=[numbers["survey-7"]])).content.decode()
    assert "Reichen die Plätze? · Wie zufrieden sind Sie?" in kim.get(url).content.decode()
    assert kim.post(url).status_code == 302
    act_as(cast.actor("kim"))
    survey = Survey.objects.get()
    assert (survey.title, survey.text, survey.is_draft) == ("Kita", "Guten Tag", True)
    asked = [facts_of(question) for question in questions_of(survey)]
    assert [question.text for question in asked] == ["Reichen die Plätze?", "Wie zufrieden sind Sie?", "Was fehlt?"]
    assert (asked[0].options, asked[1].most, asked[2].is_need) == (("ja", "nein"), 5, True)
    assert kim.get(reverse("desk:take_up_survey", args=[numbers["topic"]])).status_code == 404
    assert sign_in("klara").get(url).status_code == 404


def test_a_procedure_of_another_county_begins_a_template_of_ones_own(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    numbers, kim = sent(cast, act_as), sign_in("kim")
    url = reverse("desk:take_up_procedure", args=[numbers["resolution-7"]])
    assert url in kim.get(reverse("documents:received_part", args=[numbers["resolution-7"]])).content.decode()
    assert kim.get(url).status_code == 200
    assert kim.post(url, {"title": "Ein Erfassungsbogen für alle"}).status_code == 302
    act_as(cast.actor("kim"))
    template = Template.objects.get(title="Ein Erfassungsbogen für alle")
    assert (template.origin, template.licence) == (OTHER, Licence.BY)
    draft = template.versions.get()
    assert draft.state == VersionState.DRAFT, "its legal review comes first"
    assert "Beschlossen von: Lenkungsgruppe" in draft.text
    assert "- Musterhausen, 01.05.2022" in draft.text
    again = kim.post(url, {"title": "Ein Erfassungsbogen für alle"})
    assert "Eine Vorlage mit diesem Titel gibt es schon" in again.content.decode()
    assert kim.post(url, {"title": "Ein zweiter"}).status_code == 302
    assert kim.get(reverse("desk:take_up_procedure", args=[numbers["checklist-workshop"]])).status_code == 404


def test_a_figure_of_another_county_leads_to_ones_own_of_the_same_name(
    cast: Cast, act_as: Act, sign_in: SignIn
) -> None:
    numbers, kim = sent(cast, act_as), sign_in("kim")
    known = kim.get(reverse("documents:received_part", args=[numbers["activities"]])).content.decode()
    assert reverse("reporting:figure", args=["activities"]) in known
    unknown = kim.get(reverse("documents:received_part", args=[numbers["bridges"]])).content.decode()
    assert "Eigene Kennzahl dieses Namens" not in unknown
    assert "Vergleichen Sie" in unknown


def test_a_survey_arrives_as_it_was_sent(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    numbers = sent(cast, act_as)
    sign_in("kim").post(reverse("desk:take_up_survey", args=[numbers["survey-7"]]))
    act_as(cast.actor("kim"))
    survey = Survey.objects.get()
    again = packed_survey(survey, questions_of(survey), Licence.BY, OTHER)
    assert again.rows == QUESTIONS[:3]
    assert again.facts == (("Einleitung", "Guten Tag"),)
    assert len(questions_in(Received.objects.get(key="survey-7"))) == len(QUESTIONS) - 1
