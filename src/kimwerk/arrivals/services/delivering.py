"""Fetching what one's office may have of a list, and taking it out as a file: each leaves a receipt."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.arrivals.columns import categories_of
from kimwerk.arrivals.models import ListContract, Occasion, Receipt
from kimwerk.arrivals.policies import may_receive
from kimwerk.arrivals.services.refusals import ContractRefused
from kimwerk.arrivals.services.writing import account_of
from kimwerk.arrivals.types import ReceiptKind
from kimwerk.audit.services import record


@transaction.atomic
def fetch_rows(*, actor: Actor, contract: ListContract, occasion: Occasion) -> Receipt | None:
    """Hand the office what it has not got yet: new rows, changed ones, and those to delete. None if there is nothing.

    The database chooses rows and columns and freezes them with the disclosure. Raises ContractRefused where the
    contract does not hold today.
    """
    if not may_receive(actor, contract.recipient_id):
        raise PermissionDenied
    in_force = ListContract.objects.received_by(actor).in_force(timezone.localdate())
    current = in_force.filter(pk=contract.pk).first()
    if current is None:
        raise ContractRefused("not_in_force")
    categories = sorted(category.value for category in categories_of(current.columns))
    with connection.cursor() as cursor:
        cursor.execute("select arrivals_deliver(%s, %s, %s)", [current.pk, occasion.pk, categories])
        receipt_id = cursor.fetchone()[0]
    if receipt_id is None:
        return None
    receipt = Receipt.objects.get(pk=receipt_id)
    record(actor=actor, action="registration.fetched", subject=receipt, amount=receipt.row_count)
    return receipt


@transaction.atomic
def note_taken_out(
    *, actor: Actor, contract: ListContract, occasion: Occasion, kind: ReceiptKind, row_count: int, content_hash: str
) -> Receipt:
    """Write down that rows that the office holds were taken out as a file, which can be told by its hash."""
    if not may_receive(actor, contract.recipient_id) or kind is ReceiptKind.FETCHED:
        raise PermissionDenied
    receipt = Receipt.objects.create(
        organisation_id=contract.organisation_id,
        recipient_id=contract.recipient_id,
        contract=contract,
        occasion=occasion,
        kind=kind.value,
        row_count=row_count,
        content_hash=content_hash,
        made_at=timezone.now(),
        made_by_id=account_of(actor),
    )
    record(actor=actor, action=f"registration.taken_out.{kind.value}", subject=receipt, amount=row_count)
    return receipt
