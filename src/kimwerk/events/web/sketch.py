"""A county as a sketch: a mark for each municipality where it lies, filled, half or empty.

Lengths are units of the drawing; the table below it says the same in words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kimwerk.directory.positions import Position, positions
from kimwerk.events.selectors.events import Place

WIDTH, SIDE, EDGE = 760, 90, 34
MARK, LETTER, LINE = 9, 6.6, 15
"""Radius of a mark, width of a letter of its name, and height of a line."""
FEWEST = 3
"""Fewer places are no map."""


class Stand(StrEnum):
    """How far a municipality is."""

    HELD = "held"
    PLANNED = "planned"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether both have a point in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """A municipality as drawn: its mark, and the middle of its name."""

    name: str
    stand: Stand
    x: float
    y: float
    text_x: float
    text_y: float

    @property
    def half(self) -> str:
        """The left half of the mark, as a path."""
        return f"M{self.x} {self.y - MARK}A{MARK} {MARK} 0 0 0 {self.x} {self.y + MARK}Z"

    @property
    def box(self) -> Box:
        """Where the name stands."""
        half = len(self.name) * LETTER / 2
        return Box(self.text_x - half, self.text_y - LINE + 4, self.text_x + half, self.text_y + 4)


@dataclass(frozen=True, slots=True)
class Sketch:
    """The whole drawing (`_sketch.html`)."""

    width: int
    height: int
    radius: int
    marks: tuple[Mark, ...]


def stand_of(place: Place) -> Stand:
    """Held once is held; else what is to come counts."""
    return Stand.HELD if place.held else Stand.PLANNED if place.planned else Stand.OPEN


def sketch_of(places: Sequence[Place]) -> Sketch | None:
    """North is up and distances are true; None where there are too few places to be a map."""
    known = positions()
    found = [(place, known[place.municipality.ags]) for place in places if place.municipality.ags in known]
    if len(found) < FEWEST:
        return None
    points = _projected([position for _place, position in found])
    height = round(max(y for _x, y in points) + EDGE)
    dots = [Box(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in points]
    marks: list[Mark] = []
    for (place, _position), (x, y) in zip(found, points, strict=True):
        name, stand = place.municipality.name, stand_of(place)
        marks.append(_named(name, stand, x, y, [*dots, *(mark.box for mark in marks)]))
    return Sketch(WIDTH, height, MARK, tuple(marks))


def _named(name: str, stand: Stand, x: float, y: float, taken: Sequence[Box]) -> Mark:
    """The mark with its name below, above, right or left of it: where least stands in the way."""
    aside = MARK + 4 + len(name) * LETTER / 2
    below, level, above = round(y + MARK + LINE - 3, 1), round(y + 4, 1), round(y - MARK - 5, 1)
    spots = ((x, below), (x, above), (round(x + aside, 1), level), (round(x - aside, 1), level))
    ways = (Mark(name, stand, x, y, *spot) for spot in spots)
    return min(ways, key=lambda mark: sum(mark.box.meets(box) for box in taken))


def _projected(places: Sequence[Position]) -> list[tuple[float, float]]:
    """Points of the drawing: a degree of longitude is as long as it is at this latitude."""
    north, west = max(each.latitude for each in places), min(each.longitude for each in places)
    shrink = math.cos(math.radians(north))
    spread = (max(each.longitude for each in places) - west) * shrink or 1.0
    unit = (WIDTH - 2 * SIDE) / spread
    return [
        (round(SIDE + (each.longitude - west) * shrink * unit, 1), round(EDGE + (north - each.latitude) * unit, 1))
        for each in places
    ]
