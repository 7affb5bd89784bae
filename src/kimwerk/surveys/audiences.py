"""Whom a survey may ask, in groups that rooms offer once where their app is ready: municipalities, kindergartens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import Text
from kimwerk.surveys.models import Survey
from kimwerk.surveys.types import Addressee

Find = Callable[[Actor, Survey], Sequence[Addressee]]
"""Everybody of the group whom the actor may ask, by name."""


@dataclass(frozen=True, slots=True)
class Audience:
    """A group of addressees."""

    key: str
    title: Text
    find: Find


_audiences: dict[str, Audience] = {}


def offer_audience(key: str, title: Text, find: Find) -> None:
    """Let surveys ask a group. Offered twice, the later one stands."""
    _audiences[key] = Audience(key, title, find)


def audiences() -> tuple[Audience, ...]:
    """All groups, in the order in which they were offered."""
    return tuple(_audiences.values())


def addressees_in(actor: Actor, survey: Survey, keys: Sequence[str]) -> list[Addressee]:
    """Everybody of these groups, each address once."""
    found: dict[str, Addressee] = {}
    for audience in audiences():
        if audience.key in keys:
            for addressee in audience.find(actor, survey):
                found.setdefault(addressee.email, addressee)
    return list(found.values())
