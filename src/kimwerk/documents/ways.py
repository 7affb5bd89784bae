"""What rooms above do with what came in packages: links, offered once where their app is ready."""

from __future__ import annotations

from collections.abc import Callable

from kimwerk.access.actors import Actor
from kimwerk.documents.models import Received
from kimwerk.ui.components import NavItem

WayOn = Callable[[Actor, Received], tuple[NavItem, ...]]
"""What an actor can do with a thing that another county sent."""

_ways_on: list[WayOn] = []


def offer_at_received(way: WayOn) -> None:
    """Put links onto the page of everything that other counties sent. Offered twice, they stand once."""
    if way not in _ways_on:
        _ways_on.append(way)


def links_at(actor: Actor, received: Received) -> tuple[NavItem, ...]:
    """The links of all rooms above for this actor."""
    return tuple(link for way in _ways_on for link in way(actor, received))
