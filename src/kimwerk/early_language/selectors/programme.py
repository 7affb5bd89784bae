"""Offers, enquiries, and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kimwerk.access.actors import Actor
from kimwerk.early_language.models import Deed, Enquiry, Offer
from kimwerk.early_language.types import DeedKind, EnquiryState
from kimwerk.events.models import Event
from kimwerk.events.types import EventKind, EventState


@dataclass(frozen=True, slots=True)
class EnquiryWish:
    """Which enquiries are asked for."""

    state: EnquiryState | None = None
    offer_id: int | None = None
    municipality_id: int | None = None


@dataclass(frozen=True, slots=True)
class DeedWish:
    """Which deeds are asked for."""

    kind: DeedKind | None = None
    municipality_id: int | None = None


def offers_for(actor: Actor) -> QuerySet[Offer]:
    """All offers, those that ended last."""
    return Offer.objects.visible_to(actor).order_by("ended_on", "title")


def open_offers(organisation_id: int, on: date) -> QuerySet[Offer]:
    """What may be asked for on a day."""
    found = Offer.objects.filter(organisation=organisation_id)
    return found.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on)).order_by("title")


def enquiries_for(actor: Actor, wish: EnquiryWish) -> QuerySet[Enquiry]:
    """The enquiries asked for, the newest first."""
    found = Enquiry.objects.visible_to(actor).select_related("kindergarten__municipality", "offer", "event")
    if wish.state is not None:
        found = found.filter(state=wish.state.value)
    if wish.offer_id is not None:
        found = found.filter(offer=wish.offer_id)
    if wish.municipality_id is not None:
        found = found.filter(kindergarten__municipality=wish.municipality_id)
    return found.order_by("-asked_on", "-pk")


def deeds_for(actor: Actor, wish: DeedWish) -> QuerySet[Deed]:
    """The deeds asked for, the latest first."""
    found = Deed.objects.visible_to(actor)
    found = found.select_related("kindergarten", "municipality", "partner", "legal_circle", "done_by")
    if wish.kind is not None:
        found = found.filter(kind=wish.kind.value)
    if wish.municipality_id is not None:
        found = found.filter(municipality=wish.municipality_id)
    return found.order_by("-day", "-pk")


def trainings_of(organisation_id: int) -> QuerySet[Event]:
    """Events in which an enquiry may be carried out: trainings and information events that were not called off."""
    kinds = [EventKind.TRAINING.value, EventKind.INFORMATION.value]
    found = Event.objects.filter(organisation=organisation_id, kind__in=kinds)
    return found.exclude(state=EventState.CANCELLED.value).order_by("-starts_at")
