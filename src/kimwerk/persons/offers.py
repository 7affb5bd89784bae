"""What rooms above put on a person's page: their own section with links, offered once where their app is ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import Text
from kimwerk.persons.models import Person
from kimwerk.ui.components import Badge


@dataclass(frozen=True, slots=True)
class PersonLink:
    """One thing of another room about a person, or one thing that can be done there."""

    title: Text
    url: str
    detail: Text = ""
    badge: Badge | None = None


@dataclass(frozen=True, slots=True)
class PersonPart:
    """A section of a person's page. `key` is its anchor; `empty` is said where there are no lines."""

    key: str
    heading: Text
    lines: tuple[PersonLink, ...] = ()
    actions: tuple[PersonLink, ...] = ()
    empty: Text = ""


Offer = Callable[[Actor, Person], PersonPart | None]
"""What a room says about a person to an actor in whose care they are; None if it has nothing for this actor."""

_offers: dict[Offer, int] = {}


def offer_at_person(offer: Offer, *, order: int = 0) -> None:
    """Put a section on the page of every person, among the others by `order`. Offered twice, it stands once."""
    _offers[offer] = order


def parts_at(actor: Actor, person: Person) -> tuple[PersonPart, ...]:
    """The sections of all rooms above for this actor, in their order."""
    asked = (offer(actor, person) for offer in sorted(_offers, key=lambda each: _offers[each]))
    return tuple(part for part in asked if part is not None)
