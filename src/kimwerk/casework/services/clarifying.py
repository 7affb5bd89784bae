"""Deciding what a case needs."""

from __future__ import annotations

from django.db import transaction

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.casework.models import Case, Clarification
from kimwerk.casework.sealing import Texts
from kimwerk.casework.selectors.choices import admission_rules
from kimwerk.casework.services.locking import account_of, locked_to_write, note_event
from kimwerk.casework.services.refusals import refuse
from kimwerk.casework.types import (
    CaseKind,
    CaseProblem,
    CaseState,
    ClarificationFacts,
    Decision,
    EventKind,
    Problems,
    Sealed,
)


@transaction.atomic
def clarify(*, actor: Actor, case: Case, facts: ClarificationFacts) -> Case:
    """Decide: advice, referral, case management or something else, with the reason. The case is running then."""
    current = locked_to_write(actor, case)
    refuse(judge(current, facts))
    texts = Texts(current.person_id)
    Clarification.objects.create(
        case=current,
        decision=facts.decision.value,
        reason=texts.seal(facts.reason, Sealed.CLARIFICATION),
        criteria=list(facts.criteria),
        exception=texts.seal(facts.exception, Sealed.CLARIFICATION),
        has_other_case_management=facts.has_other_case_management,
        other_case_management=texts.seal(facts.other_case_management, Sealed.CLARIFICATION),
        decided_by_id=account_of(actor),
    )
    current.decision, current.state = facts.decision.value, CaseState.RUNNING.value
    current.kind = kind_after(current, facts).value
    current.version += 1
    current.save(update_fields=["decision", "state", "kind", "version"])
    note_event(actor, current, EventKind.CLARIFIED)
    record(actor=actor, action="case.clarified", subject=current)
    return current


def judge(case: Case, facts: ClarificationFacts) -> Problems:
    """What is wrong with the decision. Required admission rules bind case management, or need an exception."""
    problems: Problems = {}
    if not facts.reason.strip():
        problems["reason"] = CaseProblem.MISSING
    if facts.has_other_case_management and not facts.other_case_management.strip():
        problems["other_case_management"] = CaseProblem.MISSING
    rules = admission_rules(case.organisation_id)
    if not set(facts.criteria) <= {rule.pk for rule in rules}:
        problems["criteria"] = CaseProblem.UNKNOWN
    required = {rule.pk for rule in rules if rule.is_required}
    is_taken_in = facts.decision is Decision.CASE_MANAGEMENT
    if is_taken_in and not required <= set(facts.criteria) and not facts.exception.strip():
        problems["exception"] = CaseProblem.NOT_ADMITTED
    return problems


def kind_after(case: Case, facts: ClarificationFacts) -> CaseKind:
    """The kind the case is of from now on: what was chosen, else what the decision means."""
    if facts.kind is not None:
        return facts.kind
    return CaseKind.CASE_MANAGEMENT if facts.decision is Decision.CASE_MANAGEMENT else CaseKind(case.kind)
