"""What resolutions change: in which municipalities they hold, and what a figure says before and after."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.directory.models import Municipality
from kimwerk.documents.models import Template
from kimwerk.kernel import german
from kimwerk.kernel.periods import Period
from kimwerk.needs.models import Gap
from kimwerk.needs.services import move_gap
from kimwerk.needs.types import NEXT, GapState
from kimwerk.steering.measuring import known_figures
from kimwerk.steering.models import Effect, InForce, Resolution
from kimwerk.steering.services.goals import counted
from kimwerk.steering.types import ItemSource, Outcome, SteeringProblem, SteeringRefused


@transaction.atomic
def measure_effect(*, actor: Actor, resolution: Resolution, figure_key: str, days: int) -> Effect:
    """Count a figure over so many days before and after a resolution holds; the days after go up to today at most.

    Before and after have the same length, so that the two can be compared. Raises SteeringRefused.
    """
    resolution = _adopted(actor, resolution)
    if figure_key not in known_figures():
        raise SteeringRefused(SteeringProblem.NO_FIGURE)
    today, holds_from = timezone.localdate(), resolution.effective_on
    if holds_from is None or holds_from >= today:
        raise SteeringRefused(SteeringProblem.NO_EFFECTIVE_DAY)
    length = timedelta(days=min(days, (today - holds_from).days))
    home = resolution.committee.organisation_id
    effect, _made = Effect.objects.update_or_create(
        resolution=resolution,
        defaults={
            "figure_key": figure_key,
            "days": length.days,
            "before": counted(actor, figure_key, Period(holds_from - length, holds_from), home),
            "after": counted(actor, figure_key, Period(holds_from, holds_from + length), home),
            "counted_on": today,
            "finding": "",
            "checked_on": None,
            "checked_by": None,
        },
    )
    record(actor=actor, action="resolution.effect_measured", subject=resolution)
    return effect


@transaction.atomic
def check_effect(*, actor: Actor, effect: Effect, finding: str) -> Effect:
    """Say what a resolution has changed. The gap it resolved is then checked too. Raises SteeringRefused."""
    current = Effect.objects.kept_by(actor).select_for_update(of=("self",)).filter(pk=effect.pk).first()
    if current is None or actor.account_id is None:
        raise PermissionDenied
    if not finding.strip():
        raise SteeringRefused(SteeringProblem.NO_FINDING)
    current.finding, current.checked_on = finding, timezone.localdate()
    current.checked_by_id = actor.account_id
    current.save(update_fields=["finding", "checked_on", "checked_by"])
    record(actor=actor, action="resolution.effect_checked", subject=current.resolution)
    _tell_the_gap(actor, current)
    return current


@transaction.atomic
def put_into_force(
    *,
    actor: Actor,
    resolution: Resolution,
    procedure: str,
    municipality_ids: Collection[int],
    from_day: date,
    template_id: int | None = None,
) -> int:
    """Let a resolution about uniform action hold in municipalities; where it holds already, day and name change.

    A template is one of the library of the same organisation.
    """
    resolution = _adopted(actor, resolution)
    home = resolution.committee.organisation_id
    if template_id and not Template.objects.visible_to(actor).filter(pk=template_id, organisation=home).exists():
        raise PermissionDenied
    ground = f"{resolution.title} ({resolution.committee.name}, {german.day(resolution.decided_on)})"
    places = Municipality.objects.filter(pk__in=municipality_ids)
    for place in places:
        InForce.objects.update_or_create(
            resolution=resolution,
            municipality=place,
            defaults={
                "organisation_id": home,
                "ground": ground,
                "procedure": procedure,
                "template_id": template_id,
                "from_day": from_day,
                "until_day": None,
            },
        )
    record(actor=actor, action="resolution.put_into_force", subject=resolution, amount=len(places))
    return len(places)


@transaction.atomic
def end_in_force(*, actor: Actor, rule: InForce, last_day: date) -> InForce:
    """Let it hold in that municipality no longer. Raises SteeringRefused."""
    current = InForce.objects.kept_by(actor).select_for_update(of=("self",)).filter(pk=rule.pk).first()
    if current is None:
        raise PermissionDenied
    if last_day < current.from_day:
        raise SteeringRefused(SteeringProblem.ENDS_BEFORE)
    current.until_day = last_day
    current.save(update_fields=["until_day"])
    record(actor=actor, action="resolution.in_force_ended", subject=current)
    return current


def _adopted(actor: Actor, resolution: Resolution) -> Resolution:
    found = Resolution.objects.kept_by(actor).select_related("committee").select_for_update(of=("self",))
    current = found.filter(pk=resolution.pk).first()
    if current is None:
        raise PermissionDenied
    if current.outcome != Outcome.ADOPTED:
        raise SteeringRefused(SteeringProblem.NOT_ADOPTED)
    return current


def _tell_the_gap(actor: Actor, effect: Effect) -> None:
    """The gap at whose item the resolution was made goes to its end, if it is in implementation."""
    item = effect.resolution.item
    if item is None or item.source != ItemSource.GAP:
        return
    gap = Gap.objects.kept_by(actor).filter(pk=item.source_id or 0).first()
    if gap is not None and GapState.EFFECT_CHECKED in NEXT[GapState(gap.state)]:
        move_gap(actor=actor, gap=gap, state=GapState.EFFECT_CHECKED, reason=effect.finding)
