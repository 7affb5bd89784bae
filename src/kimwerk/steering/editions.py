"""What papers ask of reports, which stand in a room above: that room provides its released editions at the start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kimwerk.access.actors import Actor


@dataclass(frozen=True, slots=True)
class KnownEdition:
    """A released edition as a paper needs to know it."""

    pk: int
    title: str


class EditionSource(Protocol):
    """The released editions that somebody may read, and the paper of each."""

    def known(self, actor: Actor) -> tuple[KnownEdition, ...]: ...

    def pdf(self, actor: Actor, pk: int) -> bytes | None: ...


_sources: list[EditionSource] = []


def provide_editions(source: EditionSource) -> None:
    """Name the room of reports, once, at the start."""
    _sources[:] = [source]


def known_editions(actor: Actor) -> tuple[KnownEdition, ...]:
    """The released editions that the actor may read, newest first."""
    return tuple(edition for source in _sources for edition in source.known(actor))


def pdf_of_edition(actor: Actor, pk: int) -> bytes | None:
    """The PDF of an edition that the actor may read."""
    return next((pdf for source in _sources if (pdf := source.pdf(actor, pk)) is not None), None)
