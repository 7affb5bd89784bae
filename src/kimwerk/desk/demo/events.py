"""Kick-off events of the synthetic county: those of the source were held, one is being prepared."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import NotRequired, TypedDict

from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.activities.types import CategoryList
from kimwerk.desk.demo.casework import acting_as
from kimwerk.desk.demo.ground import Ground
from kimwerk.events.models import Event, Step
from kimwerk.events.services.agreeing import agree
from kimwerk.events.services.holding import hold_event, keep_group, keep_result, note_presence, register
from kimwerk.events.services.inviting import invite
from kimwerk.events.services.planning import plan_event
from kimwerk.events.types import (
    Addressee,
    AgreementFacts,
    EventFacts,
    EventKind,
    GroupFacts,
    Guest,
    HeldFacts,
    ResultFacts,
)

LENGTH = timedelta(hours=3)
AGREED_AFTER = timedelta(days=30)
GUESTS = (
    Guest("Sandra Sozialbeispiel", "Sozialamt"),
    Guest("Jonas Jobbeispiel", "Jobcenter Rhein-Sieg"),
    Guest("Agnes Arbeitsmuster", "Agentur für Arbeit Bonn/Rhein-Sieg"),
    Guest("Wilma Wohlfahrt", "Musterverband der Wohlfahrt"),
    Guest("Erik Ehrenbeispiel", "Verein Beispielhilfe"),
)


class TableTold(TypedDict):
    """A table and what was named at it."""

    title: str
    topic: str
    results: list[str]


class AgreedTold(TypedDict):
    """What was agreed with the municipality after its event."""

    groups: str
    interfaces: str
    delimitation: str


class EventTold(TypedDict):
    """A kick-off event that was held."""

    title: str
    town: str
    on: date
    place: str
    partners: int
    agreed: NotRequired[AgreedTold]
    tables: list[TableTold]


class ComingTold(TypedDict):
    """The one that is being prepared."""

    title: str
    town: str
    in_days: int
    place: str
    text: str


class Told(TypedDict):
    """The data file."""

    by: str
    events: list[EventTold]
    coming: ComingTold


def load_events(ground: Ground) -> None:
    """Hold the kick-off events of the source, and prepare the next one."""
    text = files("kimwerk.desk.demo").joinpath("events.toml").read_text(encoding="utf-8")
    told: Told = tomllib.loads(text)  # type: ignore[assignment]  # the file is ours, and the demo's test reads it
    with acting_as(ground, told["by"]) as actor:
        for each in told["events"]:
            _hold(ground, actor, each)
        _prepare(ground, actor, told["coming"])


def _plan(ground: Ground, actor: Actor, day: date, told: EventTold | ComingTold, text: str = "") -> Event:
    starts_at = timezone.make_aware(datetime.combine(day, time(9)))
    # Nothing is entered into the diary: its past is shaped to the totals of the source.
    facts = EventFacts(
        EventKind.KICK_OFF,
        told["title"],
        starts_at,
        ends_at=starts_at + LENGTH,
        municipality_id=ground.municipalities[told["town"]],
        place=told["place"],
        text=text,
    )
    return plan_event(actor=actor, organisation_id=ground.organisations["rsk"], facts=facts)


def _hold(ground: Ground, actor: Actor, told: EventTold) -> None:
    event = _plan(ground, actor, told["on"], told)
    for table in told["tables"]:
        topic = ground.categories[CategoryList.TOPIC.value, table["topic"]]
        group = keep_group(actor=actor, event=event, facts=GroupFacts(table["title"], "Mona Moderatio", topic))
        for title in table["results"]:
            keep_result(actor=actor, group=group, facts=ResultFacts(title, topic_id=topic))
    register(actor=actor, event=event, guests=GUESTS)
    note_presence(actor=actor, event=event, present=list(event.participants.values_list("pk", flat=True)))
    Step.objects.filter(event=event).update(done_on=told["on"], done_by=actor.account_id)
    hold_event(actor=actor, event=event, facts=HeldFacts(0, told["partners"], 180))
    if agreed := told.get("agreed"):
        facts = AgreementFacts(
            told["on"] + AGREED_AFTER, agreed["groups"], agreed["delimitation"], agreed["interfaces"]
        )
        home, town = ground.organisations["rsk"], ground.municipalities[told["town"]]
        agree(actor=actor, organisation_id=home, municipality_id=town, facts=facts)


def _prepare(ground: Ground, actor: Actor, told: ComingTold) -> None:
    event = _plan(ground, actor, ground.today + timedelta(days=told["in_days"]), told, told["text"])
    addressees = [Addressee(guest.name, f"gast-{number}@{ground.domain}") for number, guest in enumerate(GUESTS)]
    invite(actor=actor, event=event, addressees=addressees)
    register(actor=actor, event=event, guests=GUESTS[:2])
    overdue = Step.objects.filter(event=event, due_on__lt=ground.today)
    overdue.update(done_on=ground.today, done_by=actor.account_id)
