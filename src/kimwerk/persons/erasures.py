"""What rooms above have to say before a person is erased, and what goes with the person there.

A room registers once, where its app is ready: a question that may speak against it, an errand that cleans up, and
what becomes of its part, for whoever decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import Text

Objection = Callable[[Actor, int], Iterable[Text]]
"""What still speaks against erasing the person (by number), in words for whoever wants to erase."""

Farewell = Callable[[Actor, int], None]
"""Erases what the room holds of the person, within the same transaction and while the file is still in care."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays of a person, and why."""

    what: Text
    why: Text


@dataclass(frozen=True, slots=True)
class Remains:
    """What becomes of a room's part of a person: what goes for good, and what stays."""

    heading: Text
    goes: tuple[Text, ...] = ()
    stays: tuple[Kept, ...] = ()


Outlook = Callable[[Actor, int], Remains | None]
"""What would become of the room's part of a person (by number); None if it holds nothing of them."""

_objections: list[Objection] = []
_farewells: list[Farewell] = []
_outlooks: list[Outlook] = []


def may_object_to_erasure(objection: Objection) -> None:
    """Have a room asked before anybody is erased."""
    if objection not in _objections:
        _objections.append(objection)


def goes_with_person(farewell: Farewell) -> None:
    """Have a room erase its part together with the person."""
    if farewell not in _farewells:
        _farewells.append(farewell)


def says_what_remains(outlook: Outlook) -> None:
    """Have a room tell beforehand what goes and what stays."""
    if outlook not in _outlooks:
        _outlooks.append(outlook)


def objections_of(actor: Actor, person_id: int) -> tuple[Text, ...]:
    """Everything that speaks against it, from all rooms."""
    return tuple(said for objection in _objections for said in objection(actor, person_id))


def bid_farewell(actor: Actor, person_id: int) -> None:
    """Have every room erase its part."""
    for farewell in _farewells:
        farewell(actor, person_id)


def remains_of(actor: Actor, person_id: int) -> tuple[Remains, ...]:
    """What would become of the person in all rooms above."""
    told = (outlook(actor, person_id) for outlook in _outlooks)
    return tuple(each for each in told if each is not None)
