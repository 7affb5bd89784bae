"""Reporting needs, and judging them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.activities.guard import personal_trait
from kimwerk.audit.services import record
from kimwerk.needs.models import Need
from kimwerk.needs.policies import may_bundle, may_report
from kimwerk.needs.types import NeedFacts, NeedsProblem, NeedsRefused, NeedState


@transaction.atomic
def report_need(*, actor: Actor, organisation_id: int, facts: NeedFacts) -> Need:
    """Write down a need that was named. Raises NeedsRefused where the text holds a person's data."""
    if not may_report(actor, organisation_id) or actor.account_id is None:
        raise PermissionDenied
    need = Need(organisation_id=organisation_id, reported_by_id=actor.account_id)
    need.result_id, need.answer_id = facts.result_id, facts.answer_id
    _take_over(need, facts)
    record(actor=actor, action="need.reported", subject=need)
    return need


@transaction.atomic
def correct_need(*, actor: Actor, need: Need, facts: NeedFacts) -> Need:
    """Correct a need: whoever reported it while nobody has checked it, and whoever checks. Raises NeedsRefused."""
    current = _locked(actor, need)
    is_own_fresh = current.reported_by_id == actor.account_id and current.state == NeedState.REPORTED
    if not is_own_fresh and not may_bundle(actor, current.organisation_id):
        raise PermissionDenied
    _take_over(current, facts)
    record(actor=actor, action="need.corrected", subject=current)
    return current


@transaction.atomic
def check_need(*, actor: Actor, need: Need) -> Need:
    """Note that a need is a need, and stands here once."""
    return _judge(actor, need, NeedState.CHECKED, "")


@transaction.atomic
def reject_need(*, actor: Actor, need: Need, reason: str) -> Need:
    """Put a need aside, with the reason for whoever reported it. Raises NeedsRefused without one."""
    if not reason.strip():
        raise NeedsRefused(NeedsProblem.REASON_MISSING)
    return _judge(actor, need, NeedState.REJECTED, reason)


def _judge(actor: Actor, need: Need, state: NeedState, reason: str) -> Need:
    current = _locked(actor, need)
    if not may_bundle(actor, current.organisation_id):
        raise PermissionDenied
    if current.state == NeedState.BUNDLED:
        raise NeedsRefused(NeedsProblem.WAY_CLOSED)
    current.state, current.reason = state.value, reason
    current.save(update_fields=["state", "reason"])
    record(actor=actor, action=f"need.{state.value}", subject=current)
    return current


def _locked(actor: Actor, need: Need) -> Need:
    current = Need.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=need.pk).first()
    if current is None:
        raise PermissionDenied
    return current


def _take_over(need: Need, facts: NeedFacts) -> None:
    today = timezone.localdate()
    if personal_trait(facts.title, today) or personal_trait(facts.text, today):
        raise NeedsRefused(NeedsProblem.NAMES_SOMEBODY)
    need.title, need.text, need.origin = facts.title, facts.text, facts.origin.value
    need.occasion, need.named_on, need.municipality_id = facts.occasion, facts.named_on, facts.municipality_id
    need.topic_id, need.target_group_id = facts.topic_id, facts.target_group_id
    need.legal_circle_id = facts.legal_circle_id
    need.save()
