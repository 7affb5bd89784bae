"""What rooms above put on a municipality's page: facts, offered once where their app is ready."""

from __future__ import annotations

from collections.abc import Callable

from kimwerk.access.actors import Actor
from kimwerk.directory.models import Municipality
from kimwerk.ui.components import Fact

Offer = Callable[[Actor, Municipality], tuple[Fact, ...]]
"""What a room knows of a municipality for an actor; nothing where it has nothing for this actor."""

_offers: list[Offer] = []


def offer_at_municipality(offer: Offer) -> None:
    """Put facts onto the page of every municipality. Offered twice, they stand once."""
    if offer not in _offers:
        _offers.append(offer)


def facts_at(actor: Actor, place: Municipality) -> tuple[Fact, ...]:
    """The facts of all rooms above for this actor."""
    return tuple(fact for offer in _offers for fact in offer(actor, place))
