"""Case conferences: planned, the invited told, held, with tasks."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.activities.services.entries import log_activity
from kimwerk.activities.types import Facts
from kimwerk.audit.services import record
from kimwerk.casework.conference_texts import ConferenceText, open_text, seal_text
from kimwerk.casework.conference_types import (
    PURPOSE,
    Attendance,
    ClientPresence,
    ConferenceFacts,
    ConferenceField,
    ConferenceState,
    Held,
    Problems,
    TaskFacts,
)
from kimwerk.casework.models.case import Case
from kimwerk.casework.models.conference import Conference, ConferenceInvitee, ConferenceTask
from kimwerk.casework.referral_policies import may_hold, may_plan_learning
from kimwerk.casework.selectors.conferences import needed_for
from kimwerk.casework.services.conference_judging import (
    invitee_problem,
    judge_conference,
    judge_held,
    judge_task,
)
from kimwerk.casework.services.contacting import log_contact
from kimwerk.casework.types import ContactFacts
from kimwerk.consent.models import Grant
from kimwerk.consent.selectors import coverage
from kimwerk.consent.services import disclose
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.persons.selectors import facts_by_category


class ConferenceRefused(Exception):
    """Something said about a conference is wrong; `problems` says what and where."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(", ".join(f"{place}: {problem}" for place, problem in problems.items()))
        self.problems = problems


class ConferenceMoved(Exception):
    """Somebody else changed the conference meanwhile; `current` is how it stands now."""

    def __init__(self, current: Conference) -> None:
        super().__init__(current.state)
        self.current = current


class NotCovered(Exception):
    """Consent does not cover these invited organisations: nobody is told anything."""

    def __init__(self, organisation_ids: tuple[int, ...]) -> None:
        super().__init__(str(organisation_ids))
        self.organisation_ids = organisation_ids


@transaction.atomic
def plan_conference(*, actor: Actor, facts: ConferenceFacts) -> Conference:
    """Plan a conference about a case, or an anonymised one. Raises ConferenceRefused. Nobody is told anything yet."""
    kept = Case.objects.own_of(actor).not_closed()
    case = kept.filter(pk=facts.case_id).first() if facts.case_id else None
    may_plan = case is not None if facts.case_id else may_plan_learning(actor, facts.organisation_id)
    if actor.account_id is None or not may_plan:
        raise PermissionDenied
    _refuse(judge_conference(facts))
    conference = Conference.objects.create(
        organisation_id=case.organisation_id if case else facts.organisation_id,
        case=case,
        occasion=facts.occasion.strip(),
        planned_at=facts.planned_at,
        place=facts.place.strip(),
        state=ConferenceState.PLANNED.value,
        question=seal_text(case.person_id if case else None, facts.question.strip(), ConferenceText.QUESTION),
        categories=[each.value for each in facts.categories] if case else [],
        created_by_id=actor.account_id,
    )
    _invite(conference, facts.invitees)
    record(actor=actor, action="conference.planned", subject=conference)
    return conference


@transaction.atomic
def change_invitees(*, actor: Actor, conference: Conference, version: int, invitees: tuple[int, ...]) -> Conference:
    """Invite further organisations, or take back invitations. Whoever was told something stays on the list."""
    current = _locked(actor, conference, version)
    problem = invitee_problem(invitees, current.organisation_id, timezone.localdate())
    _refuse({ConferenceField.INVITEES: problem} if problem else {})
    told = current.invitees.filter(disclosure__isnull=False).values_list("organisation_id", flat=True)
    current.invitees.exclude(organisation__in={*invitees, *told}).delete()
    known = set(current.invitees.values_list("organisation_id", flat=True))
    _invite(current, tuple(each for each in invitees if each not in known))
    _save(current)
    record(actor=actor, action="conference.invited", subject=current)
    return current


@transaction.atomic
def share_content(*, actor: Actor, conference: Conference, version: int) -> Conference:
    """Tell every invited organisation the question and the chosen data, or nobody. Raises NotCovered."""
    current = _locked(actor, conference, version)
    person_id = _person(current)
    if person_id is None or actor.account_id is None:
        raise PermissionDenied
    grants = _grants(current, person_id)
    content = _content(actor, current, person_id)
    for invitee in current.invitees.filter(disclosure__isnull=True).order_by("pk"):
        invitee.disclosure = disclose(
            actor=actor,
            person_id=person_id,
            recipient_id=invitee.organisation_id,
            purpose=PURPOSE,
            content=content,
            grant=grants[invitee.organisation_id],
        )
        invitee.save(update_fields=["disclosure"])
    current.shared_at, current.shared_by_id = timezone.now(), actor.account_id
    _save(current, "shared_at", "shared_by")
    record(actor=actor, action="conference.shared", subject=current)
    return current


@transaction.atomic
def hold_conference(*, actor: Actor, conference: Conference, version: int, held: Held) -> Conference:
    """Write down what was agreed. The contact and its entry in the diary are made in the same step."""
    current = _locked(actor, conference, version)
    person_id = _person(current)
    _refuse(judge_held(held, current, person_id))
    current.state, current.held_on, current.next_on = ConferenceState.HELD.value, held.on, held.next_on
    current.client = held.client.value if held.client and person_id else ""
    current.agreement = seal_text(person_id, held.agreement.strip(), ConferenceText.AGREEMENT)
    _save(current, "state", "held_on", "next_on", "client", "agreement")
    attended = current.invitees.filter(organisation__in=held.attended)
    current.invitees.exclude(pk__in=attended.values("pk")).update(attendance=Attendance.ABSENT.value)
    attended.update(attendance=Attendance.ATTENDED.value)
    _into_the_diary(actor, current, held)
    record(actor=actor, action="conference.held", subject=current)
    return current


@transaction.atomic
def cancel_conference(*, actor: Actor, conference: Conference, version: int) -> Conference:
    """Call a planned conference off."""
    current = _locked(actor, conference, version)
    current.state = ConferenceState.CANCELLED.value
    _save(current, "state")
    record(actor=actor, action="conference.cancelled", subject=current)
    return current


@transaction.atomic
def add_task(*, actor: Actor, conference: Conference, task: TaskFacts) -> ConferenceTask:
    """Note what somebody took on. Raises ConferenceRefused."""
    if not may_hold(actor, conference):
        raise PermissionDenied
    _refuse(judge_task(task, conference))
    added = ConferenceTask.objects.create(
        conference=conference,
        text=seal_text(_person(conference), task.text.strip(), ConferenceText.TASK),
        account_id=task.account_id,
        organisation_id=task.organisation_id,
        is_for_client=task.is_for_client,
        due_on=task.due_on,
    )
    record(actor=actor, action="conference.task_added", subject=added)
    return added


@transaction.atomic
def settle_task(*, actor: Actor, task: ConferenceTask) -> ConferenceTask:
    """It is done."""
    held = ConferenceTask.objects.select_for_update(of=("self",)).select_related("conference")
    current = held.filter(pk=task.pk).first()
    if current is None or not may_hold(actor, current.conference) or actor.account_id is None:
        raise PermissionDenied
    if current.done_at is None:
        current.done_at, current.done_by_id = timezone.now(), actor.account_id
        current.save(update_fields=["done_at", "done_by"])
        record(actor=actor, action="conference.task_settled", subject=current)
    return current


def _grants(conference: Conference, person_id: int) -> Mapping[int, Grant]:
    """The consent for every invited organisation. Raises NotCovered if one has none."""
    invited = sorted(conference.invitees.values_list("organisation_id", flat=True))
    found = coverage(person_id, invited, PURPOSE, needed_for(conference))
    missing = tuple(each for each in invited if found.get(each) is None)
    if missing or not invited:
        raise NotCovered(missing)
    return {organisation: grant for organisation, grant in found.items() if grant is not None}


def _content(actor: Actor, conference: Conference, person_id: int) -> dict[DataCategory, Mapping[str, str]]:
    facts = facts_by_category(actor, person_id)
    chosen = (DataCategory(each) for each in conference.categories)
    content: dict[DataCategory, Mapping[str, str]] = {each: facts[each] for each in chosen if facts.get(each)}
    question = open_text(person_id, conference.question, ConferenceText.QUESTION)
    return content | {DataCategory.CONCERN: {"question": question, "occasion": conference.occasion}}


def _into_the_diary(actor: Actor, conference: Conference, held: Held) -> None:
    partners = len(held.attended)
    if conference.case is not None:
        contact = ContactFacts(
            day=held.on,
            kind_id=held.kind_id,
            channel_id=None,
            minutes=held.minutes,
            participants_target=int(conference.client == ClientPresence.PRESENT.value),
            participants_partner=partners,
        )
        log_contact(actor=actor, case=conference.case, facts=contact)
        return
    if actor.account_id is None:
        raise PermissionDenied
    facts = Facts(
        organisation_id=conference.organisation_id,
        day=held.on,
        kind_id=held.kind_id,
        done_by_id=actor.account_id,
        partners=tuple(sorted(held.attended)),
        participants_partner=partners,
        minutes=held.minutes,
    )
    log_activity(actor=actor, facts=facts)


def _invite(conference: Conference, organisations: tuple[int, ...]) -> None:
    ConferenceInvitee.objects.bulk_create(
        ConferenceInvitee(conference=conference, organisation_id=each, attendance=Attendance.INVITED.value)
        for each in dict.fromkeys(organisations)
    )


def _person(conference: Conference) -> int | None:
    return conference.case.person_id if conference.case else None


def _locked(actor: Actor, conference: Conference, version: int) -> Conference:
    current = Conference.objects.select_for_update(of=("self",)).select_related("case").filter(pk=conference.pk).first()
    if current is None or not may_hold(actor, current):
        raise PermissionDenied
    if current.version != version or current.state != ConferenceState.PLANNED.value:
        raise ConferenceMoved(current)
    return current


def _save(conference: Conference, *changed: str) -> None:
    conference.version += 1
    conference.save(update_fields=["version", *changed])


def _refuse(problems: Problems) -> None:
    if problems:
        raise ConferenceRefused(problems)
