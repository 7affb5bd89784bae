"""What a report is to hold: texts, and which figures stand where. Plain values, without numbers yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kimwerk.kernel.periods import Period
from kimwerk.reporting.content import NO_COVER, Content, Cover, Earlier
from kimwerk.reporting.document import DEEPEST
from kimwerk.reporting.types import ChartChoice, Direction


@dataclass(frozen=True, slots=True)
class PlannedFigure:
    """A figure of the catalogue at its place in a section.

    `window` None takes the report's. `by` None takes the breakdown in which the figure is usually
    shown. `caption` replaces its title. `only` narrows to members per dimension key. `id` tells
    placed figures of a page apart.
    """

    key: str
    by: tuple[str, ...] | None = None
    window: Period | None = None
    chart: ChartChoice = ChartChoice.AUTOMATIC
    caption: str = ""
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    id: int = 0


@dataclass(frozen=True, slots=True)
class PlannedSection:
    """A heading with its text (plain, see `markup`) and its figures."""

    heading: str
    level: int = 1
    text: str = ""
    figures: tuple[PlannedFigure, ...] = ()
    id: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole report before it is counted. `parameters` are numbers that somebody gave, such as FTE.

    `before` is the content of the edition it carries on, `continues` says which one that is.
    """

    title: str
    organisation_id: int
    organisation: str
    window: Period
    sections: tuple[PlannedSection, ...]
    parameters: Mapping[str, Decimal] = field(default_factory=dict)
    cover: Cover = NO_COVER
    expected: tuple[str, ...] = ()
    continues: Earlier | None = None
    before: Content | None = None


def stepped_levels(levels: Iterable[int]) -> tuple[int, ...]:
    """Levels of headings, raised where one would skip a step going down: 1, 3 becomes 1, 2."""
    stepped: list[int] = []
    for level in levels:
        deepest = stepped[-1] + 1 if stepped else 1
        stepped.append(max(1, min(level, deepest, DEEPEST)))
    return tuple(stepped)


def numbers_of(levels: Iterable[int]) -> tuple[str, ...]:
    """The numbers of headings ("2.1"), as they are printed."""
    counters = [0] * DEEPEST
    numbers = []
    for level in stepped_levels(levels):
        counters[level - 1] += 1
        counters[level:] = [0] * (DEEPEST - level)
        numbers.append(".".join(str(part) for part in counters[:level]))
    return tuple(numbers)


def moved(levels: tuple[int, ...], place: int, direction: Direction) -> tuple[int, ...]:
    """The places of sections in their new order, when the one at `place` moves with the parts below it.

    It passes its neighbour of the same level as a whole; at the rim of a chapter it goes on into the
    neighbouring one. Where there is nowhere to go, the order stays.
    """
    end = _end_of_block(levels, place)
    block = tuple(range(place, end))
    before, after = tuple(range(place)), tuple(range(end, len(levels)))
    if direction is Direction.UP and before:
        target = next((other for other in reversed(before) if levels[other] <= levels[place]), 0)
        return (*before[:target], *block, *before[target:], *after)
    if direction is Direction.DOWN and after:
        passed = _end_of_block(levels, end) if levels[end] >= levels[place] else end + 1
        return (*before, *range(end, passed), *block, *range(passed, len(levels)))
    return tuple(range(len(levels)))


def _end_of_block(levels: tuple[int, ...], place: int) -> int:
    """The place after a section and all the parts below it."""
    return next((other for other in range(place + 1, len(levels)) if levels[other] <= levels[place]), len(levels))
