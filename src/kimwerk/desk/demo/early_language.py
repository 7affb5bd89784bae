"""The kindergarten language programme of the synthetic county: who was asked, what was asked for, what was done."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import NotRequired, TypedDict

from django.utils import timezone

from kimwerk.activities.types import CategoryList
from kimwerk.desk.demo.casework import acting_as
from kimwerk.desk.demo.ground import Ground
from kimwerk.desk.demo.surveys import answer_all, ask_everybody
from kimwerk.directory.models import Municipality
from kimwerk.early_language.models import Kindergarten
from kimwerk.early_language.selectors.kindergartens import subject_of
from kimwerk.early_language.services import (
    keep_deed,
    keep_kindergarten,
    keep_offer,
    note_enquiry,
    settle_enquiry,
)
from kimwerk.early_language.types import (
    AskedVia,
    Audience,
    DeedFacts,
    DeedKind,
    EnquiryFacts,
    EnquiryState,
    KindergartenFacts,
    OfferFacts,
    Reason,
    Step,
)
from kimwerk.events.services.holding import hold_event
from kimwerk.events.services.planning import plan_event
from kimwerk.events.types import EventFacts, EventKind, HeldFacts
from kimwerk.surveys.models import Question, Survey
from kimwerk.surveys.selectors.surveys import questions_of
from kimwerk.surveys.types import Addressee, Given, QuestionFacts, QuestionKind, SurveyFacts, SurveyState

BEGINS = time(9)
LENGTH = timedelta(hours=3)


class SurveyTold(TypedDict):
    """The needs survey of all kindergartens."""

    title: str
    text: str
    begun: date
    closes: date
    returned: int
    single: str
    single_options: list[str]
    several: str
    several_options: list[str]
    scale: str
    number: str
    words: str
    told: list[str]


class OfferTold(TypedDict):
    """An offer."""

    key: str
    title: str
    audience: str
    text: str


class EnquiryTold(TypedDict):
    """What the kindergarten of a number asked for, and what became of it."""

    house: int
    offer: str
    on: date
    via: str
    state: str
    reason: NotRequired[str]
    day: NotRequired[date]
    event: NotRequired[str]


class EventTold(TypedDict):
    """A training that was held."""

    key: str
    title: str
    on: date
    partners: int


class DeedTold(TypedDict):
    """What was done on a day."""

    kind: str
    on: date
    adults: int
    times: NotRequired[int]
    house: NotRequired[int]
    town: NotRequired[str]
    partner: NotRequired[str]
    circle: NotRequired[str]


class RecentTold(TypedDict):
    """What happened in the last weeks: days ago, how often, adults, kindergarten; and enquiries that wait."""

    professionals: list[list[int]]
    families: list[list[int]]
    visits: list[list[int]]
    open: list[tuple[int, int, str]]


class Told(TypedDict):
    """The data file."""

    by: str
    office: str
    names: list[str]
    carriers: list[str]
    survey: SurveyTold
    offers: list[OfferTold]
    enquiries: list[EnquiryTold]
    events: list[EventTold]
    deeds: list[DeedTold]
    recent: RecentTold


def load_early_language(ground: Ground) -> None:
    """Enter kindergartens, ask all of them, and note what came of it."""
    text = files("kimwerk.desk.demo").joinpath("early_language.toml").read_text(encoding="utf-8")
    told: Told = tomllib.loads(text)  # type: ignore[assignment]  # the file is ours, and the demo's test reads it
    houses = _houses(ground, told)
    _survey(ground, told["office"], told["survey"], houses)
    offers, events = _offers(ground, told), _events(ground, told)
    _enquiries(ground, told, houses, offers, events)
    _deeds(ground, told, houses)


def _houses(ground: Ground, told: Told) -> list[Kindergarten]:
    """Some kindergartens in each municipality, of carriers that take turns; every fourth takes part federally."""
    towns = list(Municipality.objects.filter(ags__startswith="05382").order_by("sort_key"))
    made: list[Kindergarten] = []
    with acting_as(ground, told["by"]) as actor:
        for name in told["names"]:
            for town in towns:
                number = len(made)
                facts = KindergartenFacts(
                    f"{name} {town.name}",
                    told["carriers"][number % len(told["carriers"])],
                    town.pk,
                    f"Musterweg {number + 1}, {town.name}",
                    f"kita-{number}@{ground.domain}",
                    2 + number % 4,
                    25 * (2 + number % 4),
                    is_language_kindergarten=number % 4 == 0,
                )
                home = ground.organisations["rsk"]
                made.append(keep_kindergarten(actor=actor, organisation_id=home, facts=facts))
    return made


def _survey(ground: Ground, by: str, told: SurveyTold, houses: list[Kindergarten]) -> None:
    """The survey of the first half of 2021: asked and answered now, and dated then."""
    facts = SurveyFacts(told["title"], told["text"], ground.today)
    people = [Addressee(each.name, each.email, each.municipality_id, subject=subject_of(each)) for each in houses]
    survey = ask_everybody(ground, by, facts, _questions(told), people, told["begun"])
    questions = questions_of(survey)
    answer_all(survey, [_given(questions, told, number) for number in range(told["returned"])], told["begun"])
    Survey.objects.filter(pk=survey.pk).update(
        state=SurveyState.CLOSED.value, closes_on=told["closes"], closed_on=told["closes"] + timedelta(days=1)
    )


def _questions(told: SurveyTold) -> list[QuestionFacts]:
    single, several = tuple(told["single_options"]), tuple(told["several_options"])
    return [
        QuestionFacts(QuestionKind.SINGLE, told["single"], is_required=True, options=single),
        QuestionFacts(QuestionKind.SEVERAL, told["several"], options=several),
        QuestionFacts(QuestionKind.SCALE, told["scale"], least=1, most=5),
        QuestionFacts(QuestionKind.NUMBER, told["number"], least=0, most=60),
        QuestionFacts(QuestionKind.TEXT, told["words"], is_need=True),
    ]


def _given(questions: list[Question], told: SurveyTold, number: int) -> list[Given]:
    """Answers that differ from one kindergarten to the next, always in the same way."""
    single, several, scale, count, words = questions
    choices, wishes = list(single.options.all()), list(several.options.all())
    return [
        Given(single.pk, options=(choices[(number * number) % len(choices)].pk,)),
        Given(several.pk, options=tuple(wish.pk for place, wish in enumerate(wishes) if (number + place) % 3)),
        Given(scale.pk, number=1 + (number * 7) % 4),
        Given(count.pk, number=number % 9),
        Given(words.pk, text=told["told"][number % len(told["told"])] if number % 3 == 0 else ""),
    ]


def _offers(ground: Ground, told: Told) -> dict[str, int]:
    made = {}
    with acting_as(ground, told["by"]) as actor:
        for each in told["offers"]:
            facts = OfferFacts(each["title"], Audience(each["audience"]), each["text"])
            home = ground.organisations["rsk"]
            made[each["key"]] = keep_offer(actor=actor, organisation_id=home, facts=facts).pk
    return made


def _events(ground: Ground, told: Told) -> dict[str, int]:
    """Trainings that were held. Nothing is entered into the diary: its past is shaped to the totals of the source."""
    made = {}
    with acting_as(ground, told["by"]) as actor:
        for each in told["events"]:
            starts_at = timezone.make_aware(datetime.combine(each["on"], BEGINS))
            facts = EventFacts(EventKind.TRAINING, each["title"], starts_at, ends_at=starts_at + LENGTH)
            event = plan_event(actor=actor, organisation_id=ground.organisations["rsk"], facts=facts)
            hold_event(actor=actor, event=event, facts=HeldFacts(0, each["partners"], 180))
            made[each["key"]] = event.pk
    return made


def _enquiries(
    ground: Ground, told: Told, houses: list[Kindergarten], offers: dict[str, int], events: dict[str, int]
) -> None:
    home = ground.organisations["rsk"]
    with acting_as(ground, told["by"]) as actor:
        for each in told["enquiries"]:
            facts = EnquiryFacts(houses[each["house"]].pk, offers[each["offer"]], each["on"], AskedVia(each["via"]))
            made = note_enquiry(actor=actor, organisation_id=home, facts=facts, today=each["on"])
            day, reason, event = each.get("day"), each.get("reason"), each.get("event")
            step = Step(
                EnquiryState(each["state"]), day, Reason(reason) if reason else None, events[event] if event else None
            )
            settle_enquiry(actor=actor, enquiry=made, step=step, today=day or each["on"] + timedelta(days=7))
        for ago, house, offer in told["recent"]["open"]:
            day = ground.working_day(ago)
            facts = EnquiryFacts(houses[house].pk, offers[offer], day, AskedVia.TELEPHONE)
            note_enquiry(actor=actor, organisation_id=home, facts=facts, today=ground.today)


def _deeds(ground: Ground, told: Told, houses: list[Kindergarten]) -> None:
    home, recent = ground.organisations["rsk"], told["recent"]
    with acting_as(ground, told["by"]) as actor:
        for each in told["deeds"]:
            facts = _deed(ground, each, houses)
            keep_deed(actor=actor, organisation_id=home, facts=facts, today=ground.today)
        for kind, rows in (
            (DeedKind.PROFESSIONALS, recent["professionals"]),
            (DeedKind.FAMILIES, recent["families"]),
            (DeedKind.TEAM_VISIT, recent["visits"]),
        ):
            for ago, times, adults, number in rows:
                house = houses[number]
                own = house.pk if kind is not DeedKind.FAMILIES else None
                facts = DeedFacts(kind, ground.working_day(ago), times, adults, own, house.municipality_id)
                keep_deed(actor=actor, organisation_id=home, facts=facts, today=ground.today)


def _deed(ground: Ground, told: DeedTold, houses: list[Kindergarten]) -> DeedFacts:
    house = houses[told["house"]] if "house" in told else None
    town = ground.municipalities[told["town"]] if "town" in told else None
    circle = told.get("circle")
    return DeedFacts(
        DeedKind(told["kind"]),
        told["on"],
        told.get("times", 1),
        told["adults"],
        house.pk if house else None,
        house.municipality_id if house else town,
        ground.organisations[told["partner"]] if "partner" in told else None,
        ground.categories[CategoryList.LEGAL_CIRCLE.value, circle] if circle else None,
    )
