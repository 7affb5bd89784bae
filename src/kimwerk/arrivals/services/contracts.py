"""What an office needs: published by the office, put into force and ended by whoever keeps the lists."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models import ListContract
from kimwerk.arrivals.policies import may_check, may_receive
from kimwerk.arrivals.services.refusals import ContractRefused
from kimwerk.arrivals.services.writing import account_of
from kimwerk.arrivals.types import COLUMNS, ContractFacts, RegistrationField
from kimwerk.audit.services import record
from kimwerk.consent.models import Purpose, StatutoryBasis


@transaction.atomic
def publish_contract(*, actor: Actor, facts: ContractFacts) -> ListContract:
    """Say what one's office needs from now on, as the next version. It waits to be put into force.

    Raises ContractRefused.
    """
    if not may_receive(actor, facts.recipient_id):
        raise PermissionDenied
    _refuse(facts)
    earlier = ListContract.objects.received_by(actor).filter(
        organisation=facts.organisation_id, recipient=facts.recipient_id, kind=facts.kind.value
    )
    earlier.filter(accepted_at__isnull=True).delete()
    last: int | None = earlier.aggregate(last=Max("number"))["last"]
    published = ListContract.objects.create(
        organisation_id=facts.organisation_id,
        recipient_id=facts.recipient_id,
        kind=facts.kind.value,
        number=(last or 0) + 1,
        columns=[column for column in COLUMNS if column in facts.columns],
        purpose_id=facts.purpose_id,
        statutory_basis_id=facts.statutory_basis_id,
        reason=facts.reason.strip(),
        published_by_id=account_of(actor),
    )
    record(actor=actor, action="list_contract.published", subject=published)
    return published


@transaction.atomic
def accept_contract(*, actor: Actor, contract: ListContract, valid_from: date) -> ListContract:
    """Put a version into force, today or later; the version before ends on that day. Raises ContractRefused."""
    current = _locked(actor, contract)
    if not current.is_waiting:
        return current
    running = ListContract.objects.accepted_by(actor).filter(
        organisation=current.organisation_id,
        recipient=current.recipient_id,
        kind=current.kind,
        accepted_at__isnull=False,
        ended_on__isnull=True,
    )
    before = running.select_for_update(of=("self",)).first()
    if valid_from < timezone.localdate() or (before and before.valid_from and valid_from < before.valid_from):
        raise ContractRefused("in_the_past")
    if before:
        before.ended_on = valid_from
        before.save(update_fields=["ended_on"])
    current.accepted_at, current.accepted_by_id, current.valid_from = timezone.now(), account_of(actor), valid_from
    current.save(update_fields=["accepted_at", "accepted_by", "valid_from"])
    record(actor=actor, action="list_contract.accepted", subject=current)
    return current


@transaction.atomic
def end_contract(*, actor: Actor, contract: ListContract) -> ListContract:
    """From today on the office fetches nothing any more, and what only it needed is not collected."""
    current = _locked(actor, contract)
    if current.valid_from is None or current.ended_on is not None:
        return current
    current.ended_on = max(timezone.localdate(), current.valid_from)
    current.save(update_fields=["ended_on"])
    record(actor=actor, action="list_contract.ended", subject=current)
    return current


def _locked(actor: Actor, contract: ListContract) -> ListContract:
    current = ListContract.objects.select_for_update(of=("self",)).filter(pk=contract.pk).first()
    if current is None or not may_check(actor, current.organisation_id):
        raise PermissionDenied
    return current


def _refuse(facts: ContractFacts) -> None:
    if RegistrationField.FAMILY_NAME.value not in facts.columns:
        raise ContractRefused("without_name")
    if not StatutoryBasis.objects.filter(pk=facts.statutory_basis_id, is_active=True).exists():
        raise ContractRefused("law_not_in_use")
    if not Purpose.objects.filter(pk=facts.purpose_id, is_active=True).exists():
        raise ContractRefused("purpose_not_in_use")
