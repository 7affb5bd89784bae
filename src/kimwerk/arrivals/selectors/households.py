"""Who was registered together, as the foreigners' authority holds them: with their appointment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, Min, OuterRef, QuerySet

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models import DeliveredRow, Invitation
from kimwerk.arrivals.selectors.offices import Delivery, held_rows
from kimwerk.arrivals.types import RegistrationField as F

Content = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Household:
    """Its members as the office has them, the eldest first, and its appointment."""

    key: str
    members: tuple[Content, ...]
    invitation: Invitation | None

    @property
    def head(self) -> Content:
        """Who is written to."""
        return self.members[0]


def household_keys(actor: Actor, delivery: Delivery) -> QuerySet[DeliveredRow, str]:
    """The keys of all households, in the order of registration."""
    return _keys(held_rows(actor, delivery))


def uninvited(actor: Actor, delivery: Delivery) -> QuerySet[DeliveredRow, str]:
    """Those without an appointment."""
    invited = _invitations(actor, delivery).filter(household=OuterRef("household"))
    return _keys(held_rows(actor, delivery).filter(~Exists(invited)))


def _keys(rows: QuerySet[DeliveredRow]) -> QuerySet[DeliveredRow, str]:
    grouped = rows.order_by().values("household").annotate(first=Min("registration"))
    return grouped.order_by("first").values_list("household", flat=True)


def households(actor: Actor, delivery: Delivery, keys: Iterable[str]) -> tuple[Household, ...]:
    """The households with these keys, in this order; those of whom nothing is held are left out."""
    wanted = list(keys)
    members: dict[str, list[Content]] = {}
    found = held_rows(actor, delivery).filter(household__in=wanted)
    for key, content in found.values_list("household", "content"):
        members.setdefault(key, []).append(content or {})
    invitations = {each.household: each for each in _invitations(actor, delivery).filter(household__in=wanted)}
    return tuple(
        Household(key, tuple(sorted(members[key], key=_by_age)), invitations.get(key))
        for key in wanted
        if key in members
    )


def series_of(actor: Actor, delivery: Delivery, number: int) -> tuple[Household, ...]:
    """The households of a series that are not registered yet, by appointment."""
    found = _invitations(actor, delivery).filter(series=number, registered_at__isnull=True)
    return households(actor, delivery, found.order_by("starts_at", "pk").values_list("household", flat=True))


def _invitations(actor: Actor, delivery: Delivery) -> QuerySet[Invitation]:
    return Invitation.objects.visible_to(actor).filter(
        recipient=delivery.contract.recipient_id, occasion=delivery.occasion
    )


def _by_age(content: Content) -> str:
    return str(content.get(F.BIRTH_DATE) or "9999")
