"""Answers that come by a link, where nobody is signed in, or on paper, where the office enters them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.walls import name_link
from kimwerk.accounts.tokens import LinkState, fresh_token, hash_token
from kimwerk.audit.services import record, record_unnamed
from kimwerk.surveys.models import Answer, Invitation, Response, Survey
from kimwerk.surveys.types import Given, SurveysProblem, SurveysRefused


@dataclass(frozen=True, slots=True)
class FoundSurvey:
    """A survey as the holder of a link finds it."""

    state: LinkState
    invitation: Invitation | None = None


def find_survey(token: str) -> FoundSurvey:
    """What the holder of this token finds; names the link to the database for the rest of the transaction."""
    name_link(hash_token(token))
    found = Invitation.objects.filter(token_hash=hash_token(token)).select_related("survey").first()
    if found is None:
        return FoundSurvey(LinkState.GONE)
    if found.answered_on is not None:
        return FoundSurvey(LinkState.USED, found)
    is_open = found.survey.takes_answers(timezone.localdate())
    return FoundSurvey(LinkState.OPEN if is_open else LinkState.OVER, found)


@transaction.atomic
def answer_by_link(*, token: str, given: Sequence[Given]) -> FoundSurvey:
    """Answer once. Whoever is slower than somebody else with the same link is told that it was used."""
    found = find_survey(token)
    if found.invitation is None or found.state is not LinkState.OPEN:
        return found
    held = Invitation.objects.select_for_update(of=("self",)).get(pk=found.invitation.pk)
    if held.answered_on is not None:
        return FoundSurvey(LinkState.USED, found.invitation)
    _keep(found.invitation.survey, held, given)
    record_unnamed(action="survey.answered", subject=found.invitation.survey)
    return FoundSurvey(LinkState.OPEN, held)


@transaction.atomic
def enter_answers(*, actor: Actor, invitation: Invitation, given: Sequence[Given]) -> None:
    """Enter what somebody answered on paper or by telephone. Raises SurveysRefused where it is answered or closed.

    The office uses a link of its own up at once; the one that was mailed stops working with it.
    """
    kept = Survey.objects.kept_by(actor).filter(pk=invitation.survey_id).first()
    if kept is None:
        raise PermissionDenied
    held = Invitation.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=invitation.pk)
    if held.answered_on is not None:
        raise SurveysRefused(SurveysProblem.ANSWERED)
    if not kept.takes_answers(timezone.localdate()):
        raise SurveysRefused(SurveysProblem.NOT_OPEN)
    held.token_hash = hash_token(fresh_token())
    held.save(update_fields=["token_hash"])
    name_link(held.token_hash)
    _keep(kept, held, given)
    record(actor=actor, action="survey.answer_entered", subject=kept)


def _keep(survey: Survey, held: Invitation, given: Sequence[Given]) -> None:
    """Keep the answers of a link that is held for this transaction, and note that it was used."""
    today = timezone.localdate()
    response = Response(survey=survey, organisation_id=held.organisation_id, answered_on=today)
    if survey.is_named:
        response.invitation, response.municipality_id = held, held.municipality_id
    response.save(force_insert=True)
    Answer.objects.bulk_create(_answers(response, given))
    held.answered_on = today
    held.save(update_fields=["answered_on"])


def _answers(response: Response, given: Sequence[Given]) -> Iterator[Answer]:
    for each in given:
        for option in each.options:
            yield _answer(response, each.question_id, option_id=option)
        if each.number is not None:
            yield _answer(response, each.question_id, number=each.number)
        if each.text:
            yield _answer(response, each.question_id, text=each.text)


def _answer(
    response: Response, question_id: int, *, option_id: int | None = None, number: int | None = None, text: str = ""
) -> Answer:
    return Answer(
        response=response,
        organisation_id=response.organisation_id,
        survey_id=response.survey_id,
        question_id=question_id,
        option_id=option_id,
        number=number,
        text=text,
    )
