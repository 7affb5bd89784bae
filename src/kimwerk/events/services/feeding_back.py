"""The feedback of an event: an anonymous survey of those who were there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.events.models import Event
from kimwerk.events.policies import may_ask_back
from kimwerk.events.services.planning import locked
from kimwerk.events.types import EventsProblem, EventsRefused, EventState
from kimwerk.surveys.models import Survey
from kimwerk.surveys.services.drafting import keep_question, write_survey
from kimwerk.surveys.services.sending import invite, open_survey
from kimwerk.surveys.types import Addressee, QuestionFacts, QuestionKind, SurveyFacts

LASTS = timedelta(days=14)


@transaction.atomic
def ask_back(*, actor: Actor, event: Event, today: date) -> Survey:
    """Ask those who were there and have an address what they say; the mails are ordered. Raises EventsRefused."""
    current = locked(actor, event)
    if not may_ask_back(actor, current.organisation_id):
        raise PermissionDenied
    if current.state != EventState.HELD:
        raise EventsRefused(EventsProblem.NOT_HELD)
    if current.feedback_id is not None:
        raise EventsRefused(EventsProblem.ASKED_ALREADY)
    there = current.participants.filter(is_present=True).exclude(email="").order_by("pk")
    addressees = [Addressee(guest.name, guest.email) for guest in there]
    if not addressees:
        raise EventsRefused(EventsProblem.NO_ADDRESSES)
    survey = _written(actor, current, today)
    invite(actor=actor, survey=survey, addressees=addressees)
    current.feedback = open_survey(actor=actor, survey=survey, today=today)
    current.save(update_fields=["feedback"])
    record(actor=actor, action="event.asked_back", subject=current, amount=len(addressees))
    return current.feedback


def _written(actor: Actor, event: Event, today: date) -> Survey:
    facts = SurveyFacts(
        _("Feedback: %(event)s") % {"event": event.title[:140]},
        _("You took part. Please tell us in two minutes what was good and what was missing."),
        today + LASTS,
        is_named=False,
    )
    survey = write_survey(actor=actor, organisation_id=event.organisation_id, facts=facts)
    for question in _questions():
        keep_question(actor=actor, survey=survey, facts=question)
    return survey


def _questions() -> tuple[QuestionFacts, ...]:
    """What is asked after every event."""
    again = (_("yes, gladly"), _("perhaps"), _("rather not"))
    return (
        replace(_scale(_("How much did the event help you in your work?")), is_required=True),
        _scale(_("How content are you with place and course?")),
        QuestionFacts(QuestionKind.SINGLE, _("Would you come again?"), options=again),
        QuestionFacts(QuestionKind.TEXT, _("What did you like?")),
        QuestionFacts(QuestionKind.TEXT, _("What is missing in your municipality?"), is_need=True),
    )


def _scale(text: str) -> QuestionFacts:
    return QuestionFacts(
        QuestionKind.SCALE, text, least=1, most=5, least_label=_("not at all"), most_label=_("very much")
    )
