"""Everything that was ever disclosed: about a person, to an organisation, on a statutory basis."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.kept import kept
from kimwerk.audit.services import record_read
from kimwerk.consent.keys import Content, open_content
from kimwerk.consent.models import Disclosure, ListDisclosure

ByLaw = Disclosure | ListDisclosure
"""What rests on a law: about a person, or the rows of a list that an office fetched."""


def disclosed_about(actor: Actor, person_id: int) -> tuple[Disclosure, ...]:
    """Everything ever told about a person, the newest first, without what was said. Recorded as a reading."""
    found = Disclosure.objects.visible_to(actor).filter(person=person_id)
    rows = tuple(
        found.select_related("recipient", "purpose", "statutory_basis", "disclosed_by").order_by("-disclosed_at", "-pk")
    )
    if rows:
        record_read(actor=actor, subject_type=Disclosure._meta.db_table, amount=len(rows))
    return rows


def content_of(actor: Actor, disclosure: Disclosure) -> Content:
    """What was said, for whoever is in care of the person. Recorded as a reading."""
    record_read(actor=actor, subject_type=Disclosure._meta.db_table, subject_id=str(disclosure.pk))
    return open_content(disclosure)


def received_by(actor: Actor) -> tuple[Disclosure, ...]:
    """What the actor's organisations may read now, the newest first; without content, so nothing is recorded."""
    found = Disclosure.objects.received_by(actor).shared(timezone.localdate())
    return tuple(found.select_related("organisation", "recipient", "purpose").order_by("-disclosed_at", "-pk"))


def to_be_deleted_by(actor: Actor) -> tuple[Disclosure, ...]:
    """What the actor's organisations had read, may not keep any more and have not yet said to have deleted."""
    return tuple(_to_be_deleted(actor, timezone.localdate()))


@kept
def _to_be_deleted(actor: Actor, today: date) -> QuerySet[Disclosure]:
    found = Disclosure.objects.received_by(actor).to_be_deleted(today).filter(deletion_confirmed_at__isnull=True)
    return found.select_related("organisation", "recipient", "purpose").order_by("-disclosed_at", "-pk")


def disclosed_by_law(actor: Actor, month: date) -> tuple[Disclosure, ...]:
    """The disclosures of a month that rest on a statutory basis, for the data protection officer; no content."""
    found = Disclosure.objects.under_review_of(actor).filter(**_within(month))
    return tuple(
        found.select_related("organisation", "recipient", "purpose", "statutory_basis", "disclosed_by").order_by(
            "disclosed_at", "pk"
        )
    )


def lists_disclosed_by_law(actor: Actor, month: date) -> tuple[ListDisclosure, ...]:
    """The rows of lists that went to offices in a month, delivery by delivery; no content."""
    found = ListDisclosure.objects.under_review_of(actor).filter(**_within(month))
    related = found.select_related("organisation", "recipient", "purpose", "statutory_basis", "disclosed_by")
    return tuple(related.order_by("disclosed_at", "pk"))


def month_by_law(actor: Actor, month: date) -> tuple[ByLaw, ...]:
    """Both of a month, in the order of time: the list that the data protection officer reviews."""
    both: list[ByLaw] = [*disclosed_by_law(actor, month), *lists_disclosed_by_law(actor, month)]
    return tuple(sorted(both, key=lambda each: each.disclosed_at))


def _within(month: date) -> dict[str, date]:
    first = month.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return {"disclosed_at__date__gte": first, "disclosed_at__date__lt": following}
