"""What is wrong with a conference, its outcome or a task of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from kimwerk.casework.conference_types import (
    LONGEST_TEXT,
    PURPOSE,
    ConferenceFacts,
    ConferenceField,
    ConferenceProblem,
    Held,
    Problems,
    TaskFacts,
)
from kimwerk.casework.models.conference import Conference
from kimwerk.casework.referral_texts import points_to_somebody
from kimwerk.casework.selectors.conferences import needed_for
from kimwerk.consent.selectors import covering_grant
from kimwerk.directory.models import Organisation

LONGEST_OCCASION = 120


def judge_conference(facts: ConferenceFacts) -> Problems:
    """Everything that is wrong with a plan. An anonymised one must point to nobody."""
    is_learning = facts.case_id is None
    return {
        **_text(ConferenceField.OCCASION, facts.occasion, LONGEST_OCCASION, is_nameless=True),
        **_text(ConferenceField.QUESTION, facts.question, LONGEST_TEXT, is_nameless=is_learning),
        **_invitees(facts),
    }


def judge_held(held: Held, conference: Conference, person_id: int | None) -> Problems:
    """What is wrong with the outcome: whoever attended heard of the person, so consent must have covered them."""
    problems = _text(ConferenceField.AGREEMENT, held.agreement, LONGEST_TEXT, is_nameless=person_id is None)
    if held.on > timezone.localdate():
        problems[ConferenceField.HELD_ON] = ConferenceProblem.IN_THE_FUTURE
    invited = set(conference.invitees.values_list("organisation_id", flat=True))
    if held.attended - invited:
        problems[ConferenceField.ATTENDED] = ConferenceProblem.UNKNOWN
    elif person_id is not None and not _all_covered(held, conference, person_id):
        problems[ConferenceField.ATTENDED] = ConferenceProblem.NOT_COVERED
    return problems


def judge_task(task: TaskFacts, conference: Conference) -> Problems:
    """What is wrong with a task: it has a text and exactly one owner, who was there or works here."""
    problems = _text(ConferenceField.TASK, task.text, LONGEST_TEXT, is_nameless=conference.is_anonymous)
    owners = [task.account_id is not None, task.organisation_id is not None, task.is_for_client]
    invited = conference.invitees.filter(organisation=task.organisation_id).exists()
    if sum(owners) != 1 or (task.is_for_client and conference.is_anonymous):
        problems[ConferenceField.OWNER] = ConferenceProblem.MISSING
    elif task.organisation_id is not None and not invited:
        problems[ConferenceField.OWNER] = ConferenceProblem.UNKNOWN
    return problems


def _all_covered(held: Held, conference: Conference, person_id: int) -> bool:
    needed = needed_for(conference)
    return all(
        covering_grant(person_id, recipient_id=each, purpose=PURPOSE, categories=needed, on=held.on)
        for each in held.attended
    )


def _text(place: ConferenceField, text: str, longest: int, *, is_nameless: bool) -> Problems:
    if not text.strip():
        return {place: ConferenceProblem.MISSING}
    if len(text) > longest:
        return {place: ConferenceProblem.TOO_LONG}
    if is_nameless and points_to_somebody(text, timezone.localdate()):
        return {place: ConferenceProblem.NAMES_SOMEBODY}
    return {}


def _invitees(facts: ConferenceFacts) -> Problems:
    problem = invitee_problem(facts.invitees, facts.organisation_id, timezone.localdate())
    return {ConferenceField.INVITEES: problem} if problem else {}


def invitee_problem(invitees: Iterable[int], own_id: int, today: date) -> ConferenceProblem | None:
    """Why these organisations cannot be invited, if so."""
    wanted = set(invitees)
    if own_id in wanted:
        return ConferenceProblem.OWN_ORGANISATION
    existing = Organisation.objects.filter(pk__in=wanted)
    if existing.count() != len(wanted):
        return ConferenceProblem.UNKNOWN
    return None if existing.existing(today).count() == len(wanted) else ConferenceProblem.RECIPIENT_CLOSED
