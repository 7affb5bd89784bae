"""Inviting those who were registered together to the foreigners' authority, in series, and noting that they came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.arrivals.appointments import Hours, appointments
from kimwerk.arrivals.models import Invitation
from kimwerk.arrivals.policies import may_receive
from kimwerk.arrivals.selectors.households import uninvited
from kimwerk.arrivals.selectors.offices import Delivery
from kimwerk.arrivals.services.writing import account_of
from kimwerk.audit.services import record


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """When and where a series of appointments is, and how many are invited at most."""

    hours: Hours
    place: str
    most: int


@transaction.atomic
def invite(*, actor: Actor, delivery: Delivery, facts: SeriesFacts) -> tuple[Invitation, ...]:
    """Give the next households without an appointment one each, in the order of registration."""
    recipient_id = delivery.contract.recipient_id
    if not may_receive(actor, recipient_id):
        raise PermissionDenied
    households = list(uninvited(actor, delivery)[: facts.most])
    of_list = Invitation.objects.visible_to(actor).filter(recipient=recipient_id, occasion=delivery.occasion)
    last: int | None = of_list.aggregate(last=Max("series"))["last"]
    made = Invitation.objects.bulk_create(
        Invitation(
            recipient_id=recipient_id,
            occasion=delivery.occasion,
            household=household,
            series=(last or 0) + 1,
            starts_at=timezone.make_aware(start),
            place=facts.place.strip(),
            invited_by_id=account_of(actor),
        )
        for household, start in zip(households, islice(appointments(facts.hours), len(households)), strict=False)
    )
    if made:
        record(actor=actor, action="registration.invited", amount=len(made))
    return tuple(made)


@transaction.atomic
def note_registered(*, actor: Actor, invitations: Iterable[int]) -> int:
    """Note that these households came and are registered now. Returns how many were not noted before."""
    found = Invitation.objects.visible_to(actor).filter(pk__in=list(invitations), registered_at__isnull=True)
    noted = found.update(registered_at=timezone.now(), registered_by_id=account_of(actor))
    if noted:
        record(actor=actor, action="registration.noted_at_the_authority", amount=noted)
    return noted
