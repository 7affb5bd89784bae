"""What an office holds as a file, and the schema that describes every such file."""

from __future__ import annotations

from hashlib import sha256

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.export import WRITERS, TakenOut, table_schema, take_out
from kimwerk.arrivals.models import DeliveredRow
from kimwerk.arrivals.selectors.contracts import contracts_seen
from kimwerk.arrivals.selectors.offices import Delivery, held_rows
from kimwerk.arrivals.services import note_taken_out
from kimwerk.arrivals.types import ReceiptKind
from kimwerk.arrivals.web.views.contracts import READERS
from kimwerk.arrivals.web.views.office import received
from kimwerk.arrivals.web.wording import COLUMNS
from kimwerk.audit.services import record_read


@require_POST
@needs(Permission.REGISTRATION_RECEIVE)
def file(request: ActorRequest, pk: int, occasion: int, form: str) -> HttpResponse:
    """Take out what the office holds. A POST, because it leaves a receipt."""
    delivery = received(request, pk, occasion)
    kind = next((each for each in WRITERS if each.value == form), None)
    if kind is None:
        raise Http404
    last = delivery.last.pk if delivery.last else None
    taken = take_out(kind, delivery.contract, held_rows(request.actor, delivery), last_receipt=last)
    note(request, delivery, kind, taken)
    return attached(taken, delivery, kind.value)


@require_GET
@needs(*READERS)
def schema(request: ActorRequest, pk: int) -> HttpResponse:
    """The Table Schema of all files under a contract."""
    found = get_object_or_404(contracts_seen(request.actor), pk=pk)
    options = {"ensure_ascii": False, "indent": 1}
    return JsonResponse(table_schema(found, COLUMNS), json_dumps_params=options)


def note(request: ActorRequest, delivery: Delivery, kind: ReceiptKind, taken: TakenOut) -> None:
    """Leave a receipt for a file."""
    record_read(actor=request.actor, subject_type=DeliveredRow._meta.db_table, amount=taken.row_count)
    note_taken_out(
        actor=request.actor,
        contract=delivery.contract,
        occasion=delivery.occasion,
        kind=kind,
        row_count=taken.row_count,
        content_hash=sha256(taken.content).hexdigest(),
    )


def attached(taken: TakenOut, delivery: Delivery, ending: str) -> HttpResponse:
    """The answer that saves the file."""
    response = HttpResponse(taken.content, content_type=taken.media_type)
    name = f"{slugify(delivery.occasion.name)}-{timezone.localdate():%Y-%m-%d}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
