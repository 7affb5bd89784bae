"""Whether consent covers something: decided when it is asked, by the days of the grant, never by a job."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.consent.models import Grant
from kimwerk.kernel.data_categories import DataCategory


def covering_grant(
    person_id: int,
    *,
    recipient_id: int,
    purpose: str,
    categories: Iterable[DataCategory],
    on: date | None = None,
) -> Grant | None:
    """The grant in force that lets this recipient have all these categories, the longest one; None if none does.

    Asked for a recipient that is closed by now it may still answer; the disclosure itself is refused then.
    """
    day = on or timezone.localdate()
    found = Grant.objects.covering(recipient_id, purpose, categories, day).filter(person=person_id)
    return found.order_by("-valid_until", "pk").first()


def coverage(
    person_id: int, recipient_ids: Iterable[int], purpose: str, categories: Iterable[DataCategory]
) -> Mapping[int, Grant | None]:
    """For each recipient the grant that covers it, or None: the check before a case conference."""
    wanted = tuple(categories)
    return {
        each: covering_grant(person_id, recipient_id=each, purpose=purpose, categories=wanted) for each in recipient_ids
    }


def grants_in_force(actor: Actor, person_id: int) -> tuple[Grant, ...]:
    """What the person allows today, the soonest to end first."""
    found = Grant.objects.visible_to(actor).in_force(timezone.localdate()).filter(person=person_id)
    related = found.select_related("purpose", "recipient", "group", "declaration")
    return tuple(related.order_by("valid_until", "pk"))
