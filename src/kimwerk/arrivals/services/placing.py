"""Entering places, giving them to children, and taking them back."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models import PlaceOffer, PlaceTaken
from kimwerk.arrivals.policies import may_receive
from kimwerk.arrivals.selectors.offices import Delivery
from kimwerk.arrivals.services.refusals import PlaceRefused
from kimwerk.arrivals.services.writing import account_of
from kimwerk.audit.services import record


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """Places somewhere, for children from one age to another. Entered again by the same name, their number changes."""

    school_year: int
    name: str
    municipality_id: int
    age_from: int
    age_to: int
    places: int


@transaction.atomic
def keep_offer(*, actor: Actor, delivery: Delivery, facts: OfferFacts) -> PlaceOffer:
    """Enter places, or correct them. Raises PlaceRefused where more are taken already."""
    contract = delivery.contract
    if not may_receive(actor, contract.recipient_id):
        raise PermissionDenied
    try:
        with transaction.atomic():
            kept, _ = PlaceOffer.objects.visible_to(actor).update_or_create(
                recipient_id=contract.recipient_id,
                kind=contract.kind,
                occasion=delivery.occasion,
                school_year=facts.school_year,
                name=facts.name.strip(),
                age_from=facts.age_from,
                defaults={
                    "municipality_id": facts.municipality_id,
                    "age_to": facts.age_to,
                    "places": facts.places,
                    "entered_by_id": account_of(actor),
                },
            )
    except IntegrityError as error:
        raise PlaceRefused from error
    record(actor=actor, action="place.offered", subject=kept)
    return kept


@transaction.atomic
def give_place(*, actor: Actor, offer: PlaceOffer, registration_id: int) -> PlaceTaken:
    """Give a child a place, instead of the one that it had. Raises PlaceRefused where none is left."""
    if not may_receive(actor, offer.recipient_id):
        raise PermissionDenied
    try:
        with transaction.atomic():
            of_child = PlaceTaken.objects.visible_to(actor).filter(registration=registration_id)
            of_child.filter(recipient=offer.recipient_id).delete()
            taken = PlaceTaken.objects.create(
                recipient_id=offer.recipient_id,
                offer=offer,
                registration_id=registration_id,
                taken_by_id=account_of(actor),
            )
    except IntegrityError as error:
        raise PlaceRefused from error
    record(actor=actor, action="place.given", subject=taken)
    return taken


@transaction.atomic
def free_place(*, actor: Actor, recipient_id: int, registration_id: int) -> None:
    """Take a child's place back: it stands on the waiting list again."""
    if not may_receive(actor, recipient_id):
        raise PermissionDenied
    found = PlaceTaken.objects.visible_to(actor).filter(recipient=recipient_id, registration=registration_id)
    for taken in found:
        record(actor=actor, action="place.freed", subject=taken)
        taken.delete()
