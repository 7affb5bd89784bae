"""Inviting those who were registered together to the foreigners' authority, in series, and noting that they came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
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
from kimwerk.arrivals.services.refusals import AlreadyRegistered
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
    series = _next_series(actor, recipient_id, delivery.occasion.pk)
    made = Invitation.objects.bulk_create(
        Invitation(
            recipient_id=recipient_id,
            occasion=delivery.occasion,
            household=household,
            series=series,
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
def appoint_anew(*, actor: Actor, invitation: Invitation, starts_at: datetime, place: str) -> Invitation:
    """Give a household another appointment. It becomes a series of its own, so that its letter is printed alone.

    Raises AlreadyRegistered.
    """
    found = Invitation.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=invitation.pk)
    current = found.first()
    if current is None:
        raise PermissionDenied
    if current.registered_at is not None:
        raise AlreadyRegistered
    current.series = _next_series(actor, current.recipient_id, current.occasion_id)
    current.starts_at, current.place = starts_at, place.strip()
    current.invited_at, current.invited_by_id = timezone.now(), account_of(actor)
    current.save(update_fields=["series", "starts_at", "place", "invited_at", "invited_by"])
    record(actor=actor, action="registration.appointed_anew", subject=current)
    return current


def _next_series(actor: Actor, recipient_id: int, occasion_id: int) -> int:
    of_list = Invitation.objects.visible_to(actor).filter(recipient=recipient_id, occasion=occasion_id)
    last: int | None = of_list.aggregate(last=Max("series"))["last"]
    return (last or 0) + 1


@transaction.atomic
def note_registered(*, actor: Actor, invitations: Iterable[int]) -> int:
    """Note that these households came and are registered now. Returns how many were not noted before."""
    found = Invitation.objects.visible_to(actor).filter(pk__in=list(invitations), registered_at__isnull=True)
    noted = found.update(registered_at=timezone.now(), registered_by_id=account_of(actor))
    if noted:
        record(actor=actor, action="registration.noted_at_the_authority", amount=noted)
    return noted
