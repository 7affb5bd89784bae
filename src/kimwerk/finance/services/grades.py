"""Keeping the table of pay. Plans that count by it are computed anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.audit.services import record
from kimwerk.finance.models import CostPlan, Grade, PostCost
from kimwerk.finance.models.grade import MOST_STEPS
from kimwerk.finance.services.plans import NameTaken
from kimwerk.finance.services.settling import settle


@dataclass(frozen=True, slots=True)
class GradeFacts:
    """A grade from a day on; `steps` is what a full post costs in twelve months, step 1 first."""

    name: str
    valid_from: date
    steps: Sequence[Decimal | None]
    source: str


@transaction.atomic
def keep_grade(*, actor: Actor, organisation_id: int, facts: GradeFacts, grade: Grade | None = None) -> Grade:
    """Enter a grade, or correct one. PayMissing where a plan would have days without an amount."""
    may_keep = actor.can_at(Permission.FINANCE_MANAGE, organisation_id)
    if not may_keep or not actor.can_at(Permission.SALARY_READ, organisation_id):
        raise PermissionDenied
    grade = grade or Grade(organisation_id=organisation_id)
    grade.name, grade.valid_from = facts.name, facts.valid_from
    grade.steps = [*facts.steps, *[None] * (MOST_STEPS - len(facts.steps))]
    grade.source = facts.source
    try:
        with transaction.atomic():
            grade.save()
    except IntegrityError as error:
        raise NameTaken from error
    graded = PostCost.objects.filter(post__plan__organisation=organisation_id).exclude(grade="").values("post__plan")
    for plan in CostPlan.objects.kept_by(actor).filter(pk__in=graded).select_for_update(of=("self",)):
        settle(actor, plan)
    record(actor=actor, action="grade.kept", subject=grade)
    return grade
