"""Writing the short report of a proof of use."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.finance.models import CostPlan, ProofReport
from kimwerk.finance.services.bookings import NotInPlan
from kimwerk.finance.services.plans import locked_plan


@transaction.atomic
def keep_report(*, actor: Actor, plan: CostPlan, year: int, text: str, handed_in_on: date | None) -> ProofReport:
    """Write the report of a year, and note when the proof was handed in."""
    plan = locked_plan(actor, plan)
    if year not in plan.years:
        raise NotInPlan
    report, _created = ProofReport.objects.update_or_create(
        plan=plan, year=year, defaults={"text": text, "handed_in_on": handed_in_on}
    )
    record(actor=actor, action="proof_report.kept", subject=report)
    return report
