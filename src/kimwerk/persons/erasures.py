"""What rooms above have to say before a person is erased, and what goes with the person there.

A room registers once, where its app is ready: a question that may speak against it, an errand that cleans up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import Text

Objection = Callable[[Actor, int], Iterable[Text]]
"""What still speaks against erasing the person (by number), in words for whoever wants to erase."""

Farewell = Callable[[Actor, int], None]
"""Erases what the room holds of the person, within the same transaction and while the file is still in care."""

_objections: list[Objection] = []
_farewells: list[Farewell] = []


def may_object_to_erasure(objection: Objection) -> None:
    """Have a room asked before anybody is erased."""
    if objection not in _objections:
        _objections.append(objection)


def goes_with_person(farewell: Farewell) -> None:
    """Have a room erase its part together with the person."""
    if farewell not in _farewells:
        _farewells.append(farewell)


def objections_of(actor: Actor, person_id: int) -> tuple[Text, ...]:
    """Everything that speaks against it, from all rooms."""
    return tuple(said for objection in _objections for said in objection(actor, person_id))


def bid_farewell(actor: Actor, person_id: int) -> None:
    """Have every room erase its part."""
    for farewell in _farewells:
        farewell(actor, person_id)
