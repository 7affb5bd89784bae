"""What rooms above give into packages: offered once where their app is ready."""

from __future__ import annotations

from collections.abc import Callable

from kimwerk.access.actors import Actor
from kimwerk.documents.types import PackedPart

Offer = Callable[[Actor, int], tuple[PackedPart, ...]]
"""What an actor who keeps the library of an organisation may put into a package, under a licence that lets it leave."""

_offers: list[Offer] = []


def offer_in_packages(offer: Offer) -> None:
    """Let packages carry this too. Offered twice, it stands once."""
    if offer not in _offers:
        _offers.append(offer)


def parts_of(actor: Actor, organisation_id: int) -> tuple[PackedPart, ...]:
    """Everything that the rooms above offer."""
    return tuple(part for offer in _offers for part in offer(actor, organisation_id))
