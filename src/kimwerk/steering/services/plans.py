"""Keeping the programme plan."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.audit.services import record
from kimwerk.steering.models import PlanEntry
from kimwerk.steering.services.refusing import refused_as_problems
from kimwerk.steering.types import PlanFacts, PlanKind


@transaction.atomic
def keep_entry(*, actor: Actor, organisation_id: int, facts: PlanFacts, entry: PlanEntry | None = None) -> PlanEntry:
    """Enter a phase or a milestone, or correct one. Raises SteeringRefused where days lie the wrong way round."""
    home = entry.organisation_id if entry else organisation_id
    if not actor.can_at(Permission.STEERING_MANAGE, home):
        raise PermissionDenied
    entry = entry or PlanEntry(organisation_id=home)
    entry.kind, entry.strand, entry.title = facts.kind.value, facts.strand, facts.title
    entry.responsible, entry.note = facts.responsible, facts.note
    entry.planned_from = facts.planned_from
    entry.planned_until = facts.planned_from if facts.kind is PlanKind.MILESTONE else facts.planned_until
    entry.begun_on, entry.ended_on = facts.begun_on, facts.ended_on
    if facts.kind is PlanKind.MILESTONE:
        entry.begun_on = facts.ended_on
    with refused_as_problems():
        entry.save()
    record(actor=actor, action="plan.kept", subject=entry)
    return entry


@transaction.atomic
def remove_entry(*, actor: Actor, entry: PlanEntry) -> None:
    """Take an entry out of the plan."""
    kept = PlanEntry.objects.kept_by(actor).select_for_update(of=("self",)).filter(pk=entry.pk).first()
    if kept is None:
        raise PermissionDenied
    record(actor=actor, action="plan.removed", subject=kept)
    kept.delete()
