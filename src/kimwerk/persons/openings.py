"""What rooms above have to say before a case is opened for a person, such as that a consent comes first.

A room registers once, where its app is ready.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import Text

Objection = Callable[[Actor, int], Iterable[Text]]
"""What has to come first for the person (by number), in words for whoever wants to open a case."""

_objections: list[Objection] = []


def may_object_to_case(objection: Objection) -> None:
    """Have a room asked before a case is opened."""
    if objection not in _objections:
        _objections.append(objection)


def objections_to_case(actor: Actor, person_id: int) -> tuple[Text, ...]:
    """Everything that has to come first, from all rooms."""
    return tuple(said for objection in _objections for said in objection(actor, person_id))
