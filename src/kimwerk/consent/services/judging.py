"""What is wrong with a declaration, judged before anything is written. The database judges again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils import timezone

from kimwerk.consent.files import problem_of_file
from kimwerk.consent.models import LONGEST_YEARS, ConsentText, Purpose, RecipientGroup
from kimwerk.consent.types import (
    Answer,
    ConsentProblem,
    DeclarationFacts,
    DeclarationField,
    DeclaredBy,
    Evidence,
    GrantFacts,
    Problems,
    Proof,
    TextState,
)
from kimwerk.directory.models import Organisation

F, P = DeclarationField, ConsentProblem
LONGEST_PLACE, LONGEST_NAME, LONGEST_MARK = 120, 160, 80
Found = Iterator[tuple[DeclarationField, ConsentProblem]]


def judge(facts: DeclarationFacts, *, organisation_id: int, text: ConsentText | None) -> Problems:
    """All problems, the first one of each field."""
    problems: Problems = {}
    for part in (_text(facts, organisation_id, text), _words(facts), _grants(facts, organisation_id), _proof(facts)):
        for place, problem in part:
            problems.setdefault(place, problem)
    return problems


def latest_end(first: date) -> date:
    """The last day that a grant from this day on may have."""
    try:
        return first.replace(year=first.year + LONGEST_YEARS)
    except ValueError:  # the 29th of February
        return first.replace(year=first.year + LONGEST_YEARS, day=28)


def _text(facts: DeclarationFacts, organisation_id: int, text: ConsentText | None) -> Found:
    if facts.declared_on > timezone.localdate():
        yield F.DECLARED_ON, P.IN_THE_FUTURE
    if text is None or text.organisation_id != organisation_id:
        yield F.TEXT, P.MISSING
    elif not _was_in_force(text, facts.declared_on):
        yield F.TEXT, P.TEXT_NOT_IN_FORCE


def _was_in_force(text: ConsentText, on: date) -> bool:
    """In force now, or replaced only after the paper was signed."""
    if text.state == TextState.WITHDRAWN.value and text.withdrawn_at:
        return timezone.localdate(text.withdrawn_at) > on
    return text.state == TextState.IN_FORCE.value


def _words(facts: DeclarationFacts) -> Found:
    if not facts.place.strip():
        yield F.PLACE, P.MISSING
    if facts.declared_by is DeclaredBy.GUARDIAN and not facts.guardian.strip():
        yield F.GUARDIAN, P.MISSING
    for place, text, longest in (
        (F.PLACE, facts.place, LONGEST_PLACE),
        (F.GUARDIAN, facts.guardian, LONGEST_NAME),
        (F.INTERPRETER, facts.interpreter, LONGEST_NAME),
    ):
        if len(text) > longest:
            yield place, P.TOO_LONG


def _grants(facts: DeclarationFacts, organisation_id: int) -> Found:
    if facts.answer is Answer.GIVEN and not facts.grants:
        yield F.GRANTS, P.NO_GRANT
    if facts.answer is Answer.REFUSED and facts.grants:
        yield F.GRANTS, P.GRANT_ON_REFUSAL
    for grant in facts.grants:
        if not grant.categories:
            yield F.GRANTS, P.NO_CATEGORY
        if grant.valid_until < grant.valid_from:
            yield F.GRANTS, P.PERIOD_BACKWARDS
        if grant.valid_until > latest_end(grant.valid_from):
            yield F.GRANTS, P.PERIOD_TOO_LONG
        if not Purpose.objects.filter(code=grant.purpose, is_active=True).exists():
            yield F.GRANTS, P.PURPOSE_UNKNOWN
        if problem := _problem_of_recipient(grant, organisation_id):
            yield F.GRANTS, problem


def _problem_of_recipient(grant: GrantFacts, organisation_id: int) -> ConsentProblem | None:
    if grant.group_id is not None and grant.recipient_id is None:
        groups = RecipientGroup.objects.filter(pk=grant.group_id, organisation=organisation_id, is_active=True)
        return None if groups.exists() else P.RECIPIENT_UNKNOWN
    if grant.recipient_id is None or grant.group_id is not None:
        return P.RECIPIENT_UNKNOWN
    recipients = Organisation.objects.filter(~Q(pk=organisation_id), pk=grant.recipient_id)
    if not recipients.exists():
        return P.RECIPIENT_UNKNOWN
    return None if recipients.existing(timezone.localdate()).exists() else P.RECIPIENT_CLOSED


def _proof(facts: DeclarationFacts) -> Found:
    proof = facts.proof
    if facts.answer is Answer.GIVEN and not _is_there(proof):
        yield F.PROOF, P.MISSING
    if proof is None:
        return
    if len(proof.mark) > LONGEST_MARK:
        yield F.PROOF, P.TOO_LONG
    if proof.kind is not Evidence.PAPER and proof.content and (problem := problem_of_file(proof.content)):
        yield F.PROOF, problem


def _is_there(proof: Proof | None) -> bool:
    if proof is None:
        return False
    return bool(proof.mark.strip()) if proof.kind is Evidence.PAPER else bool(proof.content)
