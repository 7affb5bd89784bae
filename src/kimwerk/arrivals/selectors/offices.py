"""What an office holds, what it fetched when, and what came with which fetch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, QuerySet
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models import DeliveredRow, ListContract, Occasion, Receipt
from kimwerk.arrivals.selectors.contracts import contracts_seen
from kimwerk.arrivals.types import ReceiptKind


@dataclass(frozen=True, slots=True)
class Delivery:
    """A list as an office has it: how many rows it holds, and when it last fetched."""

    contract: ListContract
    occasion: Occasion
    held: int
    last: Receipt | None


def deliveries_of(actor: Actor) -> tuple[Delivery, ...]:
    """Every occasion under the latest version of each contract of the actor's offices that has ever held."""
    contracts = _latest(contracts_seen(actor).filter(valid_from__lte=timezone.localdate()))
    occasions = list(Occasion.objects.received_by(actor).order_by("-begins_on", "name"))
    counts = {
        (each["recipient"], each["kind"], each["occasion"]): each["count"]
        for each in DeliveredRow.objects.received_by(actor)
        .held()
        .values("recipient", "kind", "occasion")
        .annotate(count=Count("pk"))
        .order_by()
    }
    last = _last_fetches(actor)
    return tuple(
        Delivery(
            each,
            occasion,
            counts.get((each.recipient_id, each.kind, occasion.pk), 0),
            last.get((each.recipient_id, each.kind, occasion.pk)),
        )
        for each in contracts
        for occasion in occasions
        if occasion.organisation_id == each.organisation_id
    )


def delivery_of(actor: Actor, contract_id: int, occasion_id: int) -> Delivery | None:
    """One of them; None where the actor's offices have no such list."""
    found = deliveries_of(actor)
    return next((each for each in found if (each.contract.pk, each.occasion.pk) == (contract_id, occasion_id)), None)


def owed_to(delivery: Delivery) -> int:
    """How many rows the office would get now: new, changed and to be deleted. The database counts for whoever may."""
    with connection.cursor() as cursor:
        cursor.execute("select arrivals_owed_count(%s, %s)", [delivery.contract.pk, delivery.occasion.pk])
        count: int = cursor.fetchone()[0]
    return count


def held_rows(actor: Actor, delivery: Delivery) -> QuerySet[DeliveredRow]:
    """What the office holds of a list, in the order of registration."""
    found = DeliveredRow.objects.received_by(actor).held()
    return found.filter(
        recipient=delivery.contract.recipient_id, kind=delivery.contract.kind, occasion=delivery.occasion
    ).order_by("registration")


def receipts_of(actor: Actor) -> QuerySet[Receipt]:
    """Every receipt that the actor may see, the newest first."""
    found = Receipt.objects.visible_to(actor).select_related("recipient", "contract", "occasion", "made_by")
    return found.order_by("-pk")


def rows_of_receipt(actor: Actor, receipt: Receipt) -> QuerySet[DeliveredRow]:
    """What went with a receipt, as it went."""
    seen = DeliveredRow.objects.received_by(actor) | DeliveredRow.objects.sent_by(actor)
    return seen.filter(receipt=receipt).order_by("registration")


def _last_fetches(actor: Actor) -> dict[tuple[int, str, int], Receipt]:
    fetched = receipts_of(actor).filter(kind=ReceiptKind.FETCHED.value).order_by(
        "recipient", "contract__kind", "occasion", "-pk"
    )  # fmt: skip
    latest = fetched.distinct("recipient", "contract__kind", "occasion")
    return {(each.recipient_id, each.contract.kind, each.occasion_id): each for each in latest}


def _latest(found: QuerySet[ListContract]) -> Sequence[ListContract]:
    newest: dict[tuple[int, int, str], ListContract] = {}
    for each in found.order_by("recipient", "kind", "number"):
        newest[each.organisation_id, each.recipient_id, each.kind] = each
    return tuple(newest.values())
