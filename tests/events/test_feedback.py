"""Feedback: those who were at an event are asked without their names, and the event's page tells what they said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.walls import name_link, set_actor
from kimwerk.events.models import Event
from kimwerk.events.services.feeding_back import ask_back
from kimwerk.events.services.holding import hold_event, note_presence, register
from kimwerk.events.services.planning import plan_event
from kimwerk.events.types import EventFacts, EventKind, EventsProblem, EventsRefused, Guest, HeldFacts
from kimwerk.surveys.models import Response
from kimwerk.surveys.selectors.surveys import questions_of
from kimwerk.surveys.services.answering import answer_by_link
from kimwerk.surveys.types import Given
from tests.cast import Cast

Act = Callable[[Actor], Actor]
GUESTS = [Guest(f"Gast Muster {number}", "Verein", f"gast-{number}@kimwerk.example") for number in range(6)]


def visited(actor: Actor, cast: Cast, guests: list[Guest]) -> Event:
    """An event of yesterday at which everybody was there but the last one."""
    facts = EventFacts(EventKind.WORKSHOP, "Werkstatt", timezone.now() - timedelta(days=1))
    event = plan_event(actor=actor, organisation_id=cast.organisations["Rhein-Sieg-Kreis"], facts=facts)
    register(actor=actor, event=event, guests=[*guests, Guest("Fehlt Muster", email="fehlt@kimwerk.example")])
    there = event.participants.exclude(name="Fehlt Muster").values_list("pk", flat=True)
    note_presence(actor=actor, event=event, present=list(there))
    return event


def test_feedback_is_asked_for_once_after_the_event(cast: Cast, act_as: Act) -> None:
    kim, today = act_as(cast.actor("kim")), timezone.localdate()
    event = visited(kim, cast, [Guest("Ohne Adresse")])
    with pytest.raises(EventsRefused) as refused:
        ask_back(actor=kim, event=event, today=today)
    assert refused.value.problem is EventsProblem.NOT_HELD
    hold_event(actor=kim, event=event, facts=HeldFacts(0, 1))
    with pytest.raises(EventsRefused) as refused:
        ask_back(actor=kim, event=event, today=today)
    assert refused.value.problem is EventsProblem.NO_ADDRESSES
    other = visited(kim, cast, GUESTS)
    hold_event(actor=kim, event=other, facts=HeldFacts(0, len(GUESTS)))
    survey = ask_back(actor=kim, event=other, today=today)
    assert (survey.is_named, survey.invitations.count()) == (False, len(GUESTS)), "who was not there is not asked"
    with pytest.raises(EventsRefused) as refused:
        ask_back(actor=kim, event=other, today=today)
    assert refused.value.problem is EventsProblem.ASKED_ALREADY


def test_the_events_page_tells_what_those_said_who_were_there(
    cast: Cast, act_as: Act, sign_in: Callable[[str], Client]
) -> None:
    kim = act_as(cast.actor("kim"))
    event = visited(kim, cast, GUESTS)
    hold_event(actor=kim, event=event, facts=HeldFacts(0, len(GUESTS)))
    office = sign_in("kim")
    address = reverse("events:ask_back", args=[event.pk])
    assert sign_in("frieda").get(address).status_code == 404, "case managers keep no surveys"
    office.post(address)
    tokens = [str(each.body).split()[-1].rstrip("/").split("/")[-1] for each in mail.outbox]
    assert len(tokens) == len(GUESTS)
    set_actor(kim.account_id)
    event.refresh_from_db()
    assert event.feedback is not None
    helped = questions_of(event.feedback)[0]
    set_actor(None)
    for number, token in enumerate(tokens):
        answer_by_link(token=token, given=[Given(helped.pk, number=3 + number % 2)])
    name_link("")
    set_actor(kim.account_id)
    assert not Response.objects.exclude(invitation=None).exists()
    page = office.get(reverse("events:event", args=[event.pk])).content.decode()
    assert "Wie sehr hat Ihnen die Veranstaltung" in page
    assert "3,5" in page
