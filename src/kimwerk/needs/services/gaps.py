"""Bundling needs into gaps, and taking gaps on their way."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.needs.models import Gap, GapStep, Need
from kimwerk.needs.policies import may_bundle
from kimwerk.needs.types import NEXT, WITH_REASON, GapFacts, GapState, NeedsProblem, NeedsRefused, NeedState


@transaction.atomic
def open_gap(*, actor: Actor, organisation_id: int, facts: GapFacts, need_ids: Collection[int] = ()) -> Gap:
    """Say that needs come of one gap of the system."""
    if not may_bundle(actor, organisation_id):
        raise PermissionDenied
    gap = Gap(organisation_id=organisation_id)
    _take_over(gap, facts)
    _step(actor, gap, GapState.BUNDLED, "")
    _bundle(actor, gap, need_ids)
    record(actor=actor, action="gap.opened", subject=gap)
    return gap


@transaction.atomic
def change_gap(*, actor: Actor, gap: Gap, facts: GapFacts) -> Gap:
    """Correct what a gap is."""
    current = _locked(actor, gap)
    _take_over(current, facts)
    record(actor=actor, action="gap.changed", subject=current)
    return current


@transaction.atomic
def bundle(*, actor: Actor, gap: Gap, need_ids: Collection[int]) -> int:
    """Put further needs into a gap; returns how many."""
    current = _locked(actor, gap)
    count = _bundle(actor, current, need_ids)
    record(actor=actor, action="gap.bundled", subject=current, amount=count)
    return count


@transaction.atomic
def move_gap(*, actor: Actor, gap: Gap, state: GapState, reason: str = "") -> Gap:
    """Take a gap one step on. Raises NeedsRefused where its way does not lead there, or nothing says why."""
    current = _locked(actor, gap)
    if state not in NEXT[GapState(current.state)]:
        raise NeedsRefused(NeedsProblem.WAY_CLOSED)
    if state in WITH_REASON and not reason.strip():
        raise NeedsRefused(NeedsProblem.REASON_MISSING)
    current.state = state.value
    current.save(update_fields=["state"])
    _step(actor, current, state, reason)
    record(actor=actor, action=f"gap.{state.value}", subject=current)
    return current


def _locked(actor: Actor, gap: Gap) -> Gap:
    current = Gap.objects.kept_by(actor).select_for_update(of=("self",)).filter(pk=gap.pk).first()
    if current is None:
        raise PermissionDenied
    return current


def _bundle(actor: Actor, gap: Gap, need_ids: Collection[int]) -> int:
    mine = Need.objects.kept_by(actor).unbundled().filter(organisation=gap.organisation_id, pk__in=need_ids)
    return mine.update(gap=gap, state=NeedState.BUNDLED.value)


def _step(actor: Actor, gap: Gap, state: GapState, reason: str) -> None:
    if actor.account_id is None:
        raise PermissionDenied
    GapStep.objects.create(
        gap=gap, state=state.value, on_day=timezone.localdate(), reason=reason, taken_by_id=actor.account_id
    )


def _take_over(gap: Gap, facts: GapFacts) -> None:
    gap.title, gap.text, gap.owner = facts.title, facts.text, facts.owner
    gap.level, gap.severity = facts.level.value, facts.severity.value
    gap.save()
