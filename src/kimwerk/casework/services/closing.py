"""Ending the counselling, and taking it up again."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.casework.models import Case, Choice
from kimwerk.casework.open_parts import open_parts
from kimwerk.casework.policies import may_reopen
from kimwerk.casework.selectors.open_work import running_shares
from kimwerk.casework.services.locking import account_of, locked, locked_to_write, note_event
from kimwerk.casework.services.refusals import CaseHasOpenParts, refuse
from kimwerk.casework.types import CaseProblem, CaseState, ChoiceList, ClosingFacts, EventKind, Problems
from kimwerk.consent.services import recall


@transaction.atomic
def close_case(*, actor: Actor, case: Case, facts: ClosingFacts) -> Case:
    """End the counselling. A closed case stays readable until its retention period ends, and is not written to."""
    current = locked_to_write(actor, case)
    refuse(judge(current, facts))
    parts = open_parts(actor, current)
    if parts:
        raise CaseHasOpenParts(parts)
    note_event(actor, current, EventKind.CLOSED, text=facts.remaining_needs)
    current.state = CaseState.CLOSED.value
    current.closed_on, current.closed_by_id = facts.closed_on, account_of(actor)
    current.closure_reason_id, current.goal_attainment = facts.reason_id, facts.attainment.value
    current.next_review_on = None
    current.version += 1
    current.save()
    record(actor=actor, action="case.closed", subject=current)
    return current


@transaction.atomic
def end_shares(*, actor: Actor, case: Case) -> int:
    """Take back everything that recipients may still read, because the counselling ends; returns how much it was."""
    current = locked_to_write(actor, case)
    shares = tuple(running_shares(actor, current))
    for share in shares:
        recall(actor=actor, disclosure=share)
    return len(shares)


@transaction.atomic
def reopen_case(*, actor: Actor, case: Case, reason: str) -> Case:
    """Take a closed case up again, with a reason; how it had ended stays in its history."""
    current = locked(case)
    if not may_reopen(actor, current):
        raise PermissionDenied
    if not reason.strip():
        refuse({"reason": CaseProblem.MISSING})
    current.state = (CaseState.RUNNING if current.decision else CaseState.CLARIFICATION).value
    current.closed_on = current.closed_by_id = current.closure_reason_id = None
    current.goal_attainment = ""
    current.version += 1
    current.save()
    note_event(actor, current, EventKind.REOPENED, text=reason)
    record(actor=actor, action="case.reopened", subject=current)
    return current


def judge(case: Case, facts: ClosingFacts) -> Problems:
    """What is wrong with an ending."""
    problems: Problems = {}
    if facts.closed_on > timezone.localdate():
        problems["closed_on"] = CaseProblem.IN_THE_FUTURE
    elif facts.closed_on < case.opened_on:
        problems["closed_on"] = CaseProblem.BEFORE_OPENING
    reasons = Choice.objects.of(ChoiceList.CLOSURE_REASON).valid(facts.closed_on)
    if not reasons.filter(pk=facts.reason_id).exists():
        problems["reason"] = CaseProblem.UNKNOWN
    return problems
