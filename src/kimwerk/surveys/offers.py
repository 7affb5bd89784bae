"""What rooms above put on a survey's page: links to what becomes of its answers, offered once."""

from __future__ import annotations

from collections.abc import Callable

from kimwerk.access.actors import Actor
from kimwerk.surveys.models import Survey
from kimwerk.ui.components import NavItem

Offer = Callable[[Actor, Survey], NavItem | None]
"""A link for an actor who reads the survey; None if there is nothing for this actor."""

_offers: list[Offer] = []


def offer_at_survey(offer: Offer) -> None:
    """Put a link onto the page of every survey. Offered twice, it stands once."""
    if offer not in _offers:
        _offers.append(offer)


def links_at(actor: Actor, survey: Survey) -> tuple[NavItem, ...]:
    """The links of all rooms above for this actor."""
    found = (offer(actor, survey) for offer in _offers)
    return tuple(link for link in found if link is not None)
