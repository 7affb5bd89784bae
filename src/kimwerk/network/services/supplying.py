"""What others offer, and bringing it together with what is needed."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.needs.models import Need
from kimwerk.network.models import Pairing, Supply
from kimwerk.network.policies import may_keep
from kimwerk.network.services.refusing import name_nobody
from kimwerk.network.types import NetworkProblem, NetworkRefused, Outcome, SupplyFacts, SupplyState


@transaction.atomic
def keep_supply(*, actor: Actor, organisation_id: int, facts: SupplyFacts, supply: Supply | None = None) -> Supply:
    """Write down what a body offers, or correct it. Raises NetworkRefused."""
    current = _locked(actor, supply) if supply else _begun(actor, organisation_id)
    name_nobody(facts.title, facts.text)
    if facts.from_day is not None and facts.until_day is not None and facts.until_day < facts.from_day:
        raise NetworkRefused(NetworkProblem.ENDS_BEFORE_IT_BEGINS)
    current.title, current.text, current.partner_id = facts.title, facts.text, facts.partner_id
    current.topic_id, current.target_group_id = facts.topic_id, facts.target_group_id
    current.municipality_id, current.places = facts.municipality_id, facts.places
    current.from_day, current.until_day, current.state = facts.from_day, facts.until_day, facts.state.value
    current.save()
    record(actor=actor, action="supply.kept", subject=current)
    return current


@transaction.atomic
def bring_together(*, actor: Actor, supply: Supply, need: Need, on: date | None = None) -> Pairing:
    """Note that somebody was asked, today or on a day, whether the offer serves the need. Raises NetworkRefused."""
    today = timezone.localdate()
    current = _locked(actor, supply)
    found = Need.objects.visible_to(actor).filter(pk=need.pk).first()
    if found is None or actor.account_id is None:
        raise PermissionDenied
    if current.state != SupplyState.OPEN:
        raise NetworkRefused(NetworkProblem.NO_LONGER_OPEN)
    if Pairing.objects.filter(supply=current, need=found).exists():
        raise NetworkRefused(NetworkProblem.TOGETHER_ALREADY)
    if on is not None and on > today:
        raise NetworkRefused(NetworkProblem.NOT_YET)
    made = Pairing.objects.create(
        organisation_id=current.organisation_id,
        supply=current,
        need=found,
        paired_on=on or today,
        paired_by_id=actor.account_id,
    )
    record(actor=actor, action="pairing.made", subject=made)
    return made


@transaction.atomic
def note_outcome(*, actor: Actor, pairing: Pairing, outcome: Outcome, note: str = "") -> Pairing:
    """Say what came of a need and an offer. Raises NetworkRefused."""
    name_nobody(note)
    current = Pairing.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=pairing.pk).first()
    if current is None or not may_keep(actor, current.organisation_id):
        raise PermissionDenied
    current.outcome, current.note = outcome.value, note
    current.save(update_fields=["outcome", "note"])
    record(actor=actor, action=f"pairing.{outcome.value}", subject=current)
    return current


def _begun(actor: Actor, organisation_id: int) -> Supply:
    if not may_keep(actor, organisation_id) or actor.account_id is None:
        raise PermissionDenied
    return Supply(organisation_id=organisation_id, noted_on=timezone.localdate(), noted_by_id=actor.account_id)


def _locked(actor: Actor, supply: Supply) -> Supply:
    current = Supply.objects.kept_by(actor).select_for_update(of=("self",)).filter(pk=supply.pk).first()
    if current is None:
        raise PermissionDenied
    return current
