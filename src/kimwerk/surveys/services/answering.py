"""Answers that come by a link. Nobody is signed in here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kimwerk.access.walls import name_link
from kimwerk.accounts.tokens import LinkState, hash_token
from kimwerk.audit.services import record_unnamed
from kimwerk.surveys.models import Answer, Invitation, Response
from kimwerk.surveys.types import Given


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
    survey, today = found.invitation.survey, timezone.localdate()
    response = Response(survey=survey, organisation_id=held.organisation_id, answered_on=today)
    if survey.is_named:
        response.invitation, response.municipality_id = held, held.municipality_id
    response.save(force_insert=True)
    Answer.objects.bulk_create(_answers(response, given))
    held.answered_on = today
    held.save(update_fields=["answered_on"])
    record_unnamed(action="survey.answered", subject=survey)
    return FoundSurvey(LinkState.OPEN, held)


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
