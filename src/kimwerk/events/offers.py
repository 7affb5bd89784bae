"""What rooms above put on an event's page: links to what becomes of it, offered once where their app is ready."""

from __future__ import annotations

from collections.abc import Callable

from kimwerk.access.actors import Actor
from kimwerk.events.models import Event
from kimwerk.ui.components import NavItem

Offer = Callable[[Actor, Event], NavItem | None]
"""A link for an actor who reads the event; None if there is nothing for this actor."""

_offers: list[Offer] = []


def offer_at_event(offer: Offer) -> None:
    """Put a link onto the page of every event. Offered twice, it stands once."""
    if offer not in _offers:
        _offers.append(offer)


def links_at(actor: Actor, event: Event) -> tuple[NavItem, ...]:
    """The links of all rooms above for this actor."""
    found = (offer(actor, event) for offer in _offers)
    return tuple(link for link in found if link is not None)
