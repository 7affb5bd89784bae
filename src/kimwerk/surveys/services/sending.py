"""Inviting addressees, sending a survey, reminding and closing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.walls import acting
from kimwerk.accounts.mailing import Letter, send_letters
from kimwerk.accounts.tokens import fresh_token, hash_token
from kimwerk.audit.services import record
from kimwerk.surveys.models import Invitation, Survey
from kimwerk.surveys.services.drafting import locked
from kimwerk.surveys.types import Addressee, SurveysProblem, SurveysRefused, SurveyState

AT_ONCE = 50
"""So many links are made and mailed in one go."""

Write = Callable[[Invitation, str], Letter]
"""The mail to an addressee with the secret of the link, which is told once and kept nowhere."""


@dataclass(frozen=True, slots=True)
class Sending:
    """How many mails went out, and which addresses none could be sent to."""

    count: int
    failed: tuple[str, ...] = ()


@transaction.atomic
def invite(*, actor: Actor, survey: Survey, addressees: Sequence[Addressee]) -> int:
    """Put addressees onto the list of those who are asked; returns how many are new.

    Of a survey that was sent they are to get their mail at once. Raises SurveysRefused where nobody is new.
    """
    current = locked(actor, survey)
    if current.state == SurveyState.CLOSED:
        raise SurveysRefused(SurveysProblem.NOT_OPEN)
    known = set(Invitation.objects.filter(survey=current).values_list("email", flat=True))
    fresh = {each.email: each for each in addressees if each.email and each.email not in known}
    if not fresh:
        raise SurveysRefused(SurveysProblem.NOBODY)
    wanted_at = None if current.is_draft else timezone.now()
    Invitation.objects.bulk_create(
        Invitation(
            survey=current,
            organisation_id=current.organisation_id,
            municipality_id=each.municipality_id,
            body_id=each.body_id,
            subject=each.subject,
            name=each.name,
            email=each.email,
            wanted_at=wanted_at,
        )
        for each in fresh.values()
    )
    record(actor=actor, action="survey.invited", subject=current, amount=len(fresh))
    return len(fresh)


@transaction.atomic
def open_survey(*, actor: Actor, survey: Survey, today: date) -> Survey:
    """Send a survey: its links answer from now on, its questions stay, its mails are ordered. Raises SurveysRefused."""
    current = locked(actor, survey)
    if not current.is_draft:
        raise SurveysRefused(SurveysProblem.SENT)
    if not current.questions.exists():
        raise SurveysRefused(SurveysProblem.NO_QUESTION)
    if current.closes_on is None or current.closes_on < today:
        raise SurveysRefused(SurveysProblem.NO_DEADLINE)
    current.state, current.opened_on = SurveyState.OPEN.value, today
    current.save(update_fields=["state", "opened_on"])
    ordered = Invitation.objects.filter(survey=current).update(wanted_at=timezone.now())
    record(actor=actor, action="survey.opened", subject=current, amount=ordered)
    return current


@transaction.atomic
def remind(*, actor: Actor, survey: Survey, today: date) -> int:
    """Order new links for those who have not answered; the links before stop working when the mail goes out."""
    current = _taking_answers(actor, survey, today)
    silent = Invitation.objects.filter(survey=current).silent().update(wanted_at=timezone.now())
    if not silent:
        raise SurveysRefused(SurveysProblem.NOBODY)
    record(actor=actor, action="survey.reminded", subject=current, amount=silent)
    return silent


@transaction.atomic
def prolong(*, actor: Actor, survey: Survey, closes_on: date, today: date) -> Survey:
    """Give a survey that was sent another deadline, and open it again where it was closed. Raises SurveysRefused."""
    current = locked(actor, survey)
    if current.is_draft:
        raise SurveysRefused(SurveysProblem.NOT_OPEN)
    if closes_on < today:
        raise SurveysRefused(SurveysProblem.NO_DEADLINE)
    current.state, current.closes_on, current.closed_on = SurveyState.OPEN.value, closes_on, None
    current.save(update_fields=["state", "closes_on", "closed_on"])
    record(actor=actor, action="survey.prolonged", subject=current)
    return current


@transaction.atomic
def close_survey(*, actor: Actor, survey: Survey, today: date) -> Survey:
    """Close a survey; links say so from now on. Raises SurveysRefused where it is not open."""
    current = locked(actor, survey)
    if current.state != SurveyState.OPEN:
        raise SurveysRefused(SurveysProblem.NOT_OPEN)
    current.state, current.closed_on = SurveyState.CLOSED.value, today
    current.save(update_fields=["state", "closed_on"])
    record(actor=actor, action="survey.closed", subject=current)
    return current


def send_links(*, actor: Actor, survey_id: int, write: Write) -> Sending:
    """Mail what was ordered, some at a time; safe to be begun again where it was broken off.

    Each piece is a transaction of its own: a link stands in the database before its mail goes out, and an address
    is noted as mailed after that. Whoever got no mail waits for the next turn.
    """
    count, failed = 0, list[str]()
    while True:
        with acting(actor):
            piece = _fresh_links(actor, survey_id, failed)
        if not piece:
            return Sending(count, tuple(failed))
        missed = send_letters([write(invitation, token) for invitation, token in piece])
        with acting(actor):
            sent = [invitation for invitation, _token in piece if invitation.email not in missed]
            mailed = Invitation.objects.filter(pk__in=[each.pk for each in sent])
            mailed.update(sent_at=timezone.now(), mails=F("mails") + 1)
            record(actor=actor, action="survey.mailed", subject=piece[0][0].survey, amount=len(sent))
        failed += missed
        count += len(sent)


def _fresh_links(actor: Actor, survey_id: int, failed: Sequence[str]) -> list[tuple[Invitation, str]]:
    """New links for some of those whose mail was ordered."""
    survey = Survey.objects.kept_by(actor).running().filter(pk=survey_id).first()
    if survey is None:
        return []
    waiting = Invitation.objects.filter(survey=survey).to_be_mailed().exclude(email__in=failed)
    made = []
    for invitation in waiting.select_for_update(of=("self",)).order_by("pk")[:AT_ONCE]:
        token = fresh_token()
        invitation.survey, invitation.token_hash = survey, hash_token(token)
        made.append((invitation, token))
    Invitation.objects.bulk_update([each for each, _token in made], ["token_hash"])
    return made


def _taking_answers(actor: Actor, survey: Survey, today: date) -> Survey:
    current = locked(actor, survey)
    if not current.takes_answers(today):
        raise SurveysRefused(SurveysProblem.NOT_OPEN)
    return current
