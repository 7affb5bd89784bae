"""How a room announces upwards that something happened, without knowing who listens.

Events are typed, named in the past tense and handled at once, in the same transaction. A
handler that fails makes the announcement fail: nothing is half-done and nothing is swallowed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. Rooms derive their own events from this."""


EventT = TypeVar("EventT", bound=Event)
Handler = Callable[[EventT], None]
_handlers: dict[type[Event], list[Callable[[Event], None]]] = defaultdict(list)


def handles(event_type: type[EventT]) -> Callable[[Handler[EventT]], Handler[EventT]]:
    """Register a function for events of exactly this type; handlers run in order of registration."""

    def register(handler: Handler[EventT]) -> Handler[EventT]:
        def call(event: Event) -> None:
            if isinstance(event, event_type):
                handler(event)

        _handlers[event_type].append(call)
        return handler

    return register


def announce(event: Event) -> None:
    """Call every handler of the event's type, now. What a handler raises reaches the caller."""
    for handler in tuple(_handlers[type(event)]):
        handler(event)
