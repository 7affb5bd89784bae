"""What rooms above put on pages of this room: links and facts, offered once where their app is ready."""

from __future__ import annotations

from collections.abc import Callable

from kimwerk.access.actors import Actor
from kimwerk.documents.models import Received, Template
from kimwerk.ui.components import Fact, NavItem

WayOn = Callable[[Actor, Received], tuple[NavItem, ...]]
"""What an actor can do with a thing that another county sent."""

Knowledge = Callable[[Actor, Template], tuple[Fact, ...]]
"""What a room knows of a template for an actor; nothing where it has nothing for this actor."""

_ways_on: list[WayOn] = []
_knowledge: list[Knowledge] = []


def offer_at_received(way: WayOn) -> None:
    """Put links onto the page of everything that other counties sent. Offered twice, they stand once."""
    if way not in _ways_on:
        _ways_on.append(way)


def links_at(actor: Actor, received: Received) -> tuple[NavItem, ...]:
    """The links of all rooms above for this actor."""
    return tuple(link for way in _ways_on for link in way(actor, received))


def offer_at_template(knowledge: Knowledge) -> None:
    """Put facts onto the page of every template. Offered twice, they stand once."""
    if knowledge not in _knowledge:
        _knowledge.append(knowledge)


def facts_at(actor: Actor, template: Template) -> tuple[Fact, ...]:
    """The facts of all rooms above for this actor."""
    return tuple(fact for knowledge in _knowledge for fact in knowledge(actor, template))
