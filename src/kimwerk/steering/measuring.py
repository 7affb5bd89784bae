"""What steering asks of the catalogue of figures, which stands in a room above: that room provides it at the start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import Text, Value
from kimwerk.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class KnownFigure:
    """A figure as steering needs to know it."""

    key: str
    title: Text
    unit: Text
    places: int


class FigureSource(Protocol):
    """The catalogue: which figures can be told for a stretch of days alone, and what they come to."""

    def known(self) -> tuple[KnownFigure, ...]: ...

    def total(self, actor: Actor, key: str, window: Period, organisation_id: int) -> Value: ...


_sources: list[FigureSource] = []


def provide_figures(source: FigureSource) -> None:
    """Name the catalogue, once, at the start."""
    _sources[:] = [source]


def known_figures() -> dict[str, KnownFigure]:
    """Every figure an indicator can be bound to, by its key."""
    return {figure.key: figure for source in _sources for figure in source.known()}


def total_of(actor: Actor, key: str, window: Period, organisation_id: int) -> Value:
    """What a figure comes to, counted with the rights of the actor; LookupError where there is no such figure."""
    for source in _sources:
        return source.total(actor, key, window, organisation_id)
    raise LookupError(key)
