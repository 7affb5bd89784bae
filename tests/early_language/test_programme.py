"""The kindergarten language programme: what is asked for, what becomes of it, and no child anywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import CharField, TextField
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kimwerk.access.actors import Actor
from kimwerk.early_language.figures import FIGURES
from kimwerk.early_language.models import Deed, Enquiry, Kindergarten, Offer
from kimwerk.early_language.selectors.kindergartens import addressees, subject_of, surveys_of
from kimwerk.early_language.services import (
    keep_deed,
    keep_kindergarten,
    keep_offer,
    note_enquiry,
    remove_deed,
    settle_enquiry,
)
from kimwerk.early_language.types import (
    AskedVia,
    Audience,
    DeedFacts,
    DeedKind,
    EarlyLanguageProblem,
    EarlyLanguageRefused,
    EnquiryFacts,
    EnquiryState,
    KindergartenFacts,
    OfferFacts,
    Reason,
    Step,
)
from kimwerk.kernel.figures import FigureQuery
from kimwerk.kernel.periods import Period
from kimwerk.surveys.services.drafting import write_survey
from kimwerk.surveys.services.sending import invite
from kimwerk.surveys.types import SurveyFacts
from tests.cast import Cast

Act = Callable[[Actor], Actor]
COUNTY = "Rhein-Sieg-Kreis"
TODAY = timezone.localdate()
WINDOW = Period(TODAY - timedelta(days=30), TODAY + timedelta(days=1))
WORDS = {
    "Kindergarten": {"name", "carrier", "address", "email"},
    "Offer": {"title", "text", "audience"},
    "Enquiry": {"via", "state", "reason"},
    "Deed": {"kind"},
}
"""Every field that takes letters: names of houses, carriers and offers, and codes of lists."""


@pytest.fixture
def frieda(cast: Cast, act_as: Act) -> Actor:
    return act_as(cast.actor("frieda"))


def house(actor: Actor, cast: Cast, name: str = "Kita Mustermaus", **changes: object) -> Kindergarten:
    facts = KindergartenFacts(name, "Musterverband", cast.municipalities["Siegburg"], email=f"{len(name)}@kita.example")
    facts = replace(facts, **changes)  # type: ignore[arg-type]  # each test names what it changes
    return keep_kindergarten(actor=actor, organisation_id=cast.organisations[COUNTY], facts=facts)


def asked(actor: Actor, cast: Cast, kindergarten: Kindergarten) -> Enquiry:
    home = cast.organisations[COUNTY]
    offer = Offer.objects.filter(organisation=home).first() or keep_offer(
        actor=actor, organisation_id=home, facts=OfferFacts("Mehrsprachiges Aufwachsen", Audience.PROFESSIONALS)
    )
    facts = EnquiryFacts(kindergarten.pk, offer.pk, TODAY, AskedVia.TELEPHONE)
    return note_enquiry(actor=actor, organisation_id=home, facts=facts, today=TODAY)


def test_no_field_can_hold_words_about_a_child() -> None:
    found = {
        model.__name__: {f.name for f in model._meta.concrete_fields if isinstance(f, (CharField, TextField))}
        for model in apps.get_app_config("early_language").get_models()
    }
    assert found == WORDS, "a field for words lets data of children in; say it as a number or as a code of a list"


def test_an_enquiry_is_settled_once_and_says_why_nothing_became_of_it(frieda: Actor, cast: Cast) -> None:
    enquiry = asked(frieda, cast, house(frieda, cast))
    for step, problem in (
        (Step(EnquiryState.CANCELLED), EarlyLanguageProblem.REASON_MISSING),
        (Step(EnquiryState.AGREED), EarlyLanguageProblem.DAY_MISSING),
        (Step(EnquiryState.DONE, TODAY + timedelta(days=1)), EarlyLanguageProblem.IN_THE_FUTURE),
    ):
        with pytest.raises(EarlyLanguageRefused) as refused:
            settle_enquiry(actor=frieda, enquiry=enquiry, step=step, today=TODAY)
        assert refused.value.problem is problem
    agreed = Step(EnquiryState.AGREED, TODAY + timedelta(days=20))
    assert settle_enquiry(actor=frieda, enquiry=enquiry, step=agreed, today=TODAY).settled_on is None
    off = Step(EnquiryState.CANCELLED, reason=Reason.OVERLOAD)
    over = settle_enquiry(actor=frieda, enquiry=enquiry, step=off, today=TODAY)
    assert (over.reason, over.day, over.settled_on) == ("overload", agreed.on, TODAY)
    with pytest.raises(EarlyLanguageRefused):
        settle_enquiry(actor=frieda, enquiry=enquiry, step=Step(EnquiryState.DONE, TODAY), today=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.filter(pk=enquiry.pk).update(reason="")


def test_figures_count_enquiries_reasons_and_adults(frieda: Actor, cast: Cast) -> None:
    first, second = house(frieda, cast), house(frieda, cast, "Kita Beispielblume", is_language_kindergarten=True)
    house(frieda, cast, "Kita Altmuster", closed_on=TODAY)
    settle_enquiry(
        actor=frieda,
        enquiry=asked(frieda, cast, first),
        step=Step(EnquiryState.CANCELLED, reason=Reason.OVERLOAD),
        today=TODAY,
    )
    asked(frieda, cast, second)
    home, jobcenter = cast.organisations[COUNTY], cast.organisations["Jobcenter Rhein-Sieg"]
    for facts in (
        DeedFacts(DeedKind.PROFESSIONALS, TODAY, 3, 5, first.pk, first.municipality_id),
        DeedFacts(DeedKind.COOPERATION, TODAY, 1, 4, partner_id=jobcenter, legal_circle_id=cast.categories["sgb-ii"]),
    ):
        keep_deed(actor=frieda, organisation_id=home, facts=facts, today=TODAY)
    houses, enquiries, deeds, adults = FIGURES
    by_programme = houses.compute(frieda, FigureQuery(WINDOW, by=("kindergarten_programme",)))
    assert by_programme.cells == {("yes",): 1, ("no",): 1}
    by_reason = enquiries.compute(frieda, FigureQuery(WINDOW, by=("enquiry_state", "enquiry_reason")))
    assert by_reason.cells == {("cancelled", "overload"): 1, ("open", ""): 1}
    assert deeds.compute(frieda, FigureQuery(WINDOW)).total == 4
    by_circle = adults.compute(frieda, FigureQuery(WINDOW, by=("language_circle",)))
    assert by_circle.cells == {("",): 5, (str(cast.categories["sgb-ii"]),): 4}
    with pytest.raises(EarlyLanguageRefused):
        keep_deed(actor=frieda, organisation_id=home, facts=DeedFacts(DeedKind.COOPERATION, TODAY), today=TODAY)


def test_a_survey_asks_every_kindergarten_that_exists(cast: Cast, act_as: Act) -> None:
    kim = act_as(cast.actor("kim"))
    first = house(kim, cast)
    house(kim, cast, "Kita Altmuster", closed_on=TODAY)
    house(kim, cast, "Kita ohne Adresse", email="")
    survey = write_survey(actor=kim, organisation_id=cast.organisations[COUNTY], facts=SurveyFacts("Abfrage"))
    (found,) = addressees(kim, survey)
    assert (found.name, found.subject, found.municipality_id) == (first.name, subject_of(first), first.municipality_id)
    invite(actor=kim, survey=survey, addressees=[found])
    assert [each.survey_id for each in surveys_of(kim, first)] == [survey.pk]


def test_strangers_read_nothing_and_readers_keep_nothing(frieda: Actor, cast: Cast, act_as: Act) -> None:
    enquiry = asked(frieda, cast, house(frieda, cast))
    home = cast.organisations[COUNTY]
    deed = keep_deed(actor=frieda, organisation_id=home, facts=DeedFacts(DeedKind.FAMILIES, TODAY), today=TODAY)
    lena = act_as(cast.actor("lena"))
    assert Kindergarten.objects.visible_to(lena).count() == 1
    for errand in (
        lambda: remove_deed(actor=lena, deed=deed),
        lambda: settle_enquiry(actor=lena, enquiry=enquiry, step=Step(EnquiryState.DONE, TODAY), today=TODAY),
    ):
        with pytest.raises(PermissionDenied):
            errand()
    for stranger in ("klara", "tomasz", "stefan", "arno"):
        act_as(cast.actor(stranger))
        assert [model.objects.count() for model in (Kindergarten, Offer, Enquiry, Deed)] == [0] * 4, stranger


def test_the_programme_is_kept_on_its_pages(
    cast: Cast, act_as: Act, sign_in: Callable[[str], Client], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page = sign_in("frieda")
    siegburg = str(cast.municipalities["Siegburg"])
    entered = {"name": "Kita Mustermaus", "carrier": "Musterverband", "municipality": siegburg, "places": "75"}
    page.post(reverse("early_language:enter"), entered)
    twice = page.post(reverse("early_language:enter"), entered).content.decode()
    assert "unter diesem Namen schon" in twice
    act_as(cast.actor("frieda"))
    kept = Kindergarten.objects.get()
    page.post(reverse("early_language:add_offer"), {"title": "Schulung", "audience": "professionals"})
    offer = str(Offer.objects.get().pk)
    asking = {"offer": offer, "asked_on": TODAY.isoformat(), "via": "telephone"}
    page.post(reverse("early_language:ask_for", args=[kept.pk]), asking)
    settle = reverse("early_language:settle", args=[Enquiry.objects.get().pk])
    assert "Geben Sie den Grund an" in page.post(settle, {"state": "cancelled"}).content.decode()
    page.post(settle, {"state": "cancelled", "reason": "overload"})
    counselled = {"kind": "families", "day": TODAY.isoformat(), "times": "2", "adults": "3", "kindergarten": kept.pk}
    page.post(reverse("early_language:note_deed"), counselled)
    deed = Deed.objects.get()
    assert (deed.kindergarten_id, deed.municipality_id) == (None, kept.municipality_id), "families stand by no house"
    with django_assert_max_num_queries(16):
        shown = page.get(reverse("early_language:kindergarten", args=[kept.pk])).content.decode()
    assert "von der Kita abgesagt: Überlastung des Teams" in shown
    for name in ("kindergartens", "enquiries", "deeds", "offers"):
        with django_assert_max_num_queries(16):
            assert page.get(reverse(f"early_language:{name}")).status_code == 200
    assert "Kita Mustermaus" in page.get(reverse("early_language:kindergartens"), {"q": "muster"}).content.decode()
    page.post(reverse("early_language:remove_deed", args=[deed.pk]))
    assert not Deed.objects.exists()
