"""What the offices need of the lists, and what is collected because of it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models import ListContract
from kimwerk.arrivals.types import OF_THE_LIST, MemberFacts, RegistrationField, SharedFacts


def contracts_seen(actor: Actor) -> QuerySet[ListContract]:
    """Every version the actor may read, office by office, the newest first."""
    found = ListContract.objects.visible_to(actor).select_related(
        "organisation", "recipient", "purpose", "statutory_basis", "published_by", "accepted_by"
    )
    return found.order_by("recipient__sort_key", "kind", "-number")


def collected_columns(organisation_id: int) -> frozenset[RegistrationField]:
    """What may be asked of anybody today: what a contract in force names, and what makes a row a row."""
    with connection.cursor() as cursor:
        cursor.execute("select arrivals_collected(%s, %s)", [organisation_id, timezone.localdate()])
        named: Sequence[str] = cursor.fetchone()[0]
    return OF_THE_LIST | {field for field in RegistrationField if field.value in named}


def not_collected(
    organisation_id: int, facts: Sequence[MemberFacts | SharedFacts], before: Sequence[MemberFacts | SharedFacts] = ()
) -> tuple[RegistrationField, ...]:
    """The columns in which something new is said although no office may have it."""
    known = {(type(each), name): getattr(each, name) for each in before for name in each.__dataclass_fields__}
    said = {
        name
        for each in facts
        for name in each.__dataclass_fields__
        if _is_said(value := getattr(each, name)) and known.get((type(each), name)) != value
    }
    collected = collected_columns(organisation_id)
    return tuple(field for field in RegistrationField if field.value in said and field not in collected)


def _is_said(value: object) -> bool:
    return value not in ("", None, False, "unknown")
