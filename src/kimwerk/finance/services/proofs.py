"""Writing the short report of a proof of use, and handing the proof in."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.finance.models import CostPlan, HandedInProof, ProofReport
from kimwerk.finance.paper.freezing import frozen, hash_of
from kimwerk.finance.proving import paper_of, proof_of
from kimwerk.finance.services.bookings import NotInPlan
from kimwerk.finance.services.plans import locked_plan


@transaction.atomic
def keep_report(*, actor: Actor, plan: CostPlan, year: int, text: str, due_on: date | None = None) -> ProofReport:
    """Write the report of a year, and note until when the proof is asked for."""
    plan = _of_year(locked_plan(actor, plan), year)
    report, _created = ProofReport.objects.update_or_create(
        plan=plan, year=year, defaults={"text": text, "due_on": due_on}
    )
    record(actor=actor, action="proof_report.kept", subject=report)
    return report


@transaction.atomic
def hand_in(*, actor: Actor, plan: CostPlan, year: int, on: date) -> HandedInProof:
    """Keep the proof as it is now, because it goes to the Land. Later changes do not touch it."""
    plan = _of_year(locked_plan(actor, plan), year)
    now = timezone.localtime()
    content = frozen(paper_of(proof_of(actor, plan, year), made_at=now))
    proof = HandedInProof.objects.create(
        plan=plan, year=year, handed_in_on=on, content=content, content_hash=hash_of(content), made_at=now
    )
    record(actor=actor, action="proof.handed_in", subject=proof)
    return proof


def _of_year(plan: CostPlan, year: int) -> CostPlan:
    if year not in plan.years:
        raise NotInPlan
    return plan
