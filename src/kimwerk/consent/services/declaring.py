"""Noting what a person declared."""

from __future__ import annotations

import base64
import hashlib

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.consent.files import kind_of
from kimwerk.consent.models import ConsentText, Declaration, DeclarationProof, Grant, Purpose
from kimwerk.consent.policies import may_declare
from kimwerk.consent.services.judging import judge
from kimwerk.consent.services.refusals import DeclarationRefused
from kimwerk.consent.types import DeclarationFacts, Evidence, GrantFacts
from kimwerk.kernel.hashing import Canonical, content_hash
from kimwerk.persons.keys import seal_for
from kimwerk.persons.models import Person

GUARDIAN, INTERPRETER, PROOF = "declaration.guardian", "declaration.interpreter", "declaration.proof"


@transaction.atomic
def declare(*, actor: Actor, facts: DeclarationFacts) -> Declaration:
    """Note a declaration with all its grants and its proof, or a refusal. Raises DeclarationRefused."""
    if not may_declare(actor, facts.person_id) or actor.account_id is None:
        raise PermissionDenied
    organisation_id = Person.objects.values_list("organisation_id", flat=True).get(pk=facts.person_id)
    text = ConsentText.objects.visible_to(actor).filter(pk=facts.text_id).first()
    problems = judge(facts, organisation_id=organisation_id, text=text)
    if problems or text is None:
        raise DeclarationRefused(problems)
    declaration = _store(facts, text, organisation_id, actor.account_id)
    _store_grants(facts, declaration)
    _store_proof(facts, declaration)
    record(actor=actor, action=f"consent.{facts.answer.value}", subject=declaration)
    return declaration


def _store(facts: DeclarationFacts, text: ConsentText, organisation_id: int, account_id: int) -> Declaration:
    proof = facts.proof
    return Declaration.objects.create(
        person_id=facts.person_id,
        organisation_id=organisation_id,
        consent_text=text,
        text_hash=text.content_hash,
        kind=text.kind,
        answer=facts.answer.value,
        declared_on=facts.declared_on,
        place=facts.place.strip(),
        declared_by=facts.declared_by.value,
        guardian=_sealed(facts.person_id, facts.guardian.strip(), GUARDIAN),
        interpreter=_sealed(facts.person_id, facts.interpreter.strip(), INTERPRETER),
        evidence=proof.kind.value if proof else "",
        evidence_mark=proof.mark.strip() if proof and proof.kind is Evidence.PAPER else "",
        is_copy_handed_out=facts.is_copy_handed_out,
        content_hash=hash_of(facts, text),
        created_by_id=account_id,
    )


def _store_grants(facts: DeclarationFacts, declaration: Declaration) -> None:
    purposes = {purpose.code: purpose for purpose in Purpose.objects.all()}
    Grant.objects.bulk_create(
        Grant(
            declaration=declaration,
            person_id=facts.person_id,
            purpose=purposes[each.purpose],
            recipient_id=each.recipient_id,
            group_id=each.group_id,
            categories=sorted(category.value for category in each.categories),
            direction=each.direction.value,
            valid_from=each.valid_from,
            valid_until=each.valid_until,
        )
        for each in facts.grants
    )


def _store_proof(facts: DeclarationFacts, declaration: Declaration) -> None:
    proof = facts.proof
    kind = kind_of(proof.content) if proof and proof.kind is not Evidence.PAPER else None
    if proof is None or kind is None:
        return
    DeclarationProof.objects.create(
        declaration=declaration,
        person_id=facts.person_id,
        file_kind=kind.value,
        file_size=len(proof.content),
        file_hash=hashlib.sha256(proof.content).hexdigest(),
        content=seal_for(facts.person_id, base64.b64encode(proof.content).decode(), purpose=PROOF),
    )


def hash_of(facts: DeclarationFacts, text: ConsentText) -> str:
    """SHA-256 over what was declared: the text, the grants, the day and the place."""
    return content_hash(
        {
            "text": text.content_hash,
            "answer": facts.answer,
            "declared_on": facts.declared_on,
            "place": facts.place.strip(),
            "grants": [_written(each) for each in facts.grants],
        }
    )


def _written(grant: GrantFacts) -> dict[str, Canonical]:
    return {
        "purpose": grant.purpose,
        "recipient": grant.recipient_id,
        "group": grant.group_id,
        "categories": tuple(sorted(grant.categories)),
        "direction": grant.direction.value,
        "valid_from": grant.valid_from.isoformat(),
        "valid_until": grant.valid_until.isoformat(),
    }


def _sealed(person_id: int, text: str, purpose: str) -> bytes | None:
    return seal_for(person_id, text, purpose=purpose) if text else None
