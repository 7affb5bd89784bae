"""Opening and closing an occasion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models import Occasion
from kimwerk.arrivals.models.occasion import KEPT_DAYS
from kimwerk.arrivals.policies import may_check
from kimwerk.audit.services import record


@dataclass(frozen=True, slots=True)
class OccasionFacts:
    """What is said about an occasion."""

    organisation_id: int
    name: str
    begins_on: date
    nationality: str = ""
    activity_kind_id: int | None = None
    hold_back_days: int = 0
    keep_days: int = KEPT_DAYS


@transaction.atomic
def open_occasion(*, actor: Actor, facts: OccasionFacts) -> Occasion:
    """Begin lists for an occasion."""
    if not may_check(actor, facts.organisation_id) or actor.account_id is None:
        raise PermissionDenied
    occasion = Occasion.objects.create(
        organisation_id=facts.organisation_id,
        name=facts.name,
        begins_on=facts.begins_on,
        nationality=facts.nationality,
        activity_kind_id=facts.activity_kind_id,
        hold_back_days=facts.hold_back_days,
        keep_days=facts.keep_days,
        opened_by_id=actor.account_id,
    )
    record(actor=actor, action="occasion.opened", subject=occasion)
    return occasion


@transaction.atomic
def close_occasion(*, actor: Actor, occasion: Occasion, on: date) -> Occasion:
    """From that day on nobody is registered any more; the time until erasure runs. Asked again, the day moves."""
    current = Occasion.objects.select_for_update(of=("self",)).get(pk=occasion.pk)
    if not may_check(actor, current.organisation_id):
        raise PermissionDenied
    current.ends_on = on
    current.save(update_fields=["ends_on"])
    record(actor=actor, action="occasion.closed", subject=current)
    return current


@transaction.atomic
def set_periods(*, actor: Actor, occasion: Occasion, hold_back_days: int, keep_days: int) -> Occasion:
    """Say for how long checked rows are held back, and for how long the lists are kept after the end."""
    current = Occasion.objects.select_for_update(of=("self",)).get(pk=occasion.pk)
    if not may_check(actor, current.organisation_id):
        raise PermissionDenied
    current.hold_back_days, current.keep_days = hold_back_days, keep_days
    current.save(update_fields=["hold_back_days", "keep_days"])
    record(actor=actor, action="occasion.periods_set", subject=current)
    return current
