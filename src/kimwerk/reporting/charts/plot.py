"""The field in which values stand over time: value axis, names of the slices, columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from kimwerk.kernel.figures import Member, Value
from kimwerk.reporting.charts.drawing import SMALL, Anchor, Box, Label, Role, Rule, height_of, paragraph
from kimwerk.reporting.charts.scale import Scale
from kimwerk.reporting.charts.text import width_of, wrap_words
from kimwerk.reporting.charts.wording import Wording

_APART = 6.0
_NOTE_ROOM = 84.0


@dataclass(frozen=True, slots=True)
class Plot:
    """A field of `count` slices of equal width over a value axis."""

    left: float
    top: float
    width: float
    height: float
    scale: Scale
    count: int

    @property
    def pitch(self) -> float:
        """The width of a slice."""
        return self.width / max(self.count, 1)

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def middle(self, index: int) -> float:
        """The middle of a slice."""
        return self.left + (index + 0.5) * self.pitch

    def y(self, value: Value) -> float:
        """Where a value lies."""
        return self.bottom - self.scale.part(value) * self.height

    def column(self, index: int, part: float = 0.68, most: float = 72.0) -> tuple[float, float]:
        """Left edge and width of the column in a slice."""
        width = min(self.pitch * part, most)
        return self.middle(index) - width / 2, width


def gutter(scale: Scale, wording: Wording, size: float = SMALL) -> float:
    """The room that the numbers of the value axis need at its left."""
    return max(width_of(wording.number(tick), size) for tick in scale.ticks) + 10


def value_axis(plot: Plot, wording: Wording) -> tuple[tuple[Rule, ...], tuple[Label, ...]]:
    """A line and a number for each tick; the zero line is the strong one."""
    right = plot.left + plot.width
    rules = tuple(
        Rule(((plot.left, plot.y(tick)), (right, plot.y(tick))), Role.GRID if tick else Role.ZERO)
        for tick in sorted(plot.scale.ticks, key=lambda tick: not tick)
    )
    labels = tuple(
        Label(plot.left - 8, plot.y(tick) + SMALL * 0.35, wording.number(tick), Role.AXIS, Anchor.END, SMALL)
        for tick in plot.scale.ticks
    )
    return rules, labels


def time_axis(
    plot: Plot, members: tuple[Member, ...], wording: Wording, limits: tuple[float, float]
) -> tuple[tuple[Label, ...], float]:
    """The names of the slices under the field, and the height they take.

    Names that would touch are thinned out evenly; slices covered only in part are always named,
    with the days that are covered.
    """
    for step in range(1, len(members) + 1):
        named = _named(plot, members, wording, step, limits)
        if not _touch(block for _, block in named):
            break
    labels = tuple(label for _, block in named for label in block)
    height = max((label.box.bottom for label in labels), default=plot.bottom) - plot.bottom
    return labels, height


def _named(
    plot: Plot, members: tuple[Member, ...], wording: Wording, step: int, limits: tuple[float, float]
) -> list[tuple[int, tuple[Label, ...]]]:
    """The names shown when every `step`-th slice is named: the incomplete ones first, then who fits beside."""
    incomplete = [index for index, member in enumerate(members) if member.is_incomplete]
    named = [(index, _name(plot, index, members[index], wording, step, limits)) for index in incomplete]
    kept = [_hull(block) for _, block in named]
    for index in range(0, len(members), step):
        block = _name(plot, index, members[index], wording, step, limits)
        if index not in incomplete and not any(_near(_hull(block), other) for other in kept):
            named.append((index, block))
    return sorted(named, key=lambda entry: entry[0])


def _name(
    plot: Plot, index: int, member: Member, wording: Wording, step: int, limits: tuple[float, float]
) -> tuple[Label, ...]:
    room = max(plot.pitch * step - _APART, _NOTE_ROOM if member.is_incomplete else 0.0)
    lines = wrap_words(member.label, room, SMALL)
    note = wrap_words(wording.incomplete(member), room, SMALL) if member.is_incomplete else ()
    half = max((width_of(line, SMALL) for line in (*lines, *note)), default=0.0) / 2
    x = min(max(plot.middle(index), limits[0] + half), limits[1] - half)
    top = plot.bottom + 6
    upper = paragraph(lines, x, top, role=Role.AXIS, anchor=Anchor.MIDDLE, size=SMALL)
    lower = paragraph(
        note, x, top + height_of(len(lines), SMALL), role=Role.NOTE, anchor=Anchor.MIDDLE, size=SMALL
    )
    return upper + lower


def _hull(block: tuple[Label, ...]) -> Box:
    boxes = [label.box for label in block] or [Box(0, 0, 0, 0)]
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _near(one: Box, other: Box) -> bool:
    return one.left - _APART < other.right and other.left - _APART < one.right


def _touch(blocks: Iterable[tuple[Label, ...]]) -> bool:
    hulls = [_hull(block) for block in blocks]
    return any(_near(one, other) for one, other in pairwise(hulls))
