"""One thing of every sort that a door can be asked for, belonging to the Rhein-Sieg-Kreis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from tests.cast import Cast

Arguments = dict[str, int | str]


@dataclass
class World:
    """The things, and how each door is asked for one of them."""

    cast: Cast
    things: dict[str, int] = field(default_factory=dict)

    ARGUMENTS: ClassVar[dict[str, Callable[[World], Arguments]]] = {
        "accounts:demo_sign_in": lambda world: {"token": "no-such-token"},
        "mfa_edit_webauthn": lambda world: {"pk": 1},
        "mfa_remove_webauthn": lambda world: {"pk": 1},
    }
    """How each door with an argument is asked."""

    SHARED: ClassVar[set[str]] = {"accounts:demo_sign_in", "mfa_edit_webauthn", "mfa_remove_webauthn"}
    """Doors whose things are nobody's in particular (the public part of the directory), or the caller's own."""

    OF_OTHERS: ClassVar[set[str]] = set()
    """Doors that a role may pass in general, but not to this thing, because it is a colleague's own."""

    def arguments(self, name: str) -> Arguments:
        """What the address of this door needs."""
        return self.ARGUMENTS[name](self) if name in self.ARGUMENTS else {}


def build_world(cast: Cast) -> World:
    """Make one thing of every sort."""
    return World(cast)
