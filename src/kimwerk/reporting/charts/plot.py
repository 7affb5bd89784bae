"""The field in which values stand over time: value axis, names of the slices, columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise, product

from kimwerk.kernel.figures import Member, Value
from kimwerk.reporting.charts.drawing import SMALL, Anchor, Box, Label, Role, Rule, height_of, paragraph
from kimwerk.reporting.charts.scale import Scale
from kimwerk.reporting.charts.text import width_of, wrap, wrap_words
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
    named: list[tuple[int, tuple[Label, ...]]] = []
    for step in range(_first_step(plot, members), len(members) + 1):
        named = _named(plot, members, wording, step, limits)
        if not _touch(block for _, block in named):
            break
    labels = tuple(label for _, block in named for label in block)
    height = max((label.box.bottom for label in labels), default=plot.bottom) - plot.bottom
    return labels, height


def _first_step(plot: Plot, members: tuple[Member, ...]) -> int:
    """The smallest step that is worth trying: below it not even the shortest name fits."""
    words = (max((width_of(word, SMALL) for word in member.label.split()), default=0.0) for member in members)
    return min(max(1, int(min(words, default=0.0) / plot.pitch)), max(len(members), 1))


def _named(
    plot: Plot, members: tuple[Member, ...], wording: Wording, step: int, limits: tuple[float, float]
) -> list[tuple[int, tuple[Label, ...]]]:
    """The names shown when every `step`-th slice is named: the incomplete ones first, then who fits beside."""
    room = plot.pitch * step - _APART
    edges = max(sum(member.is_incomplete for member in members), 1)
    note_room = min(max(room, _NOTE_ROOM), (limits[1] - limits[0]) / edges - _APART)
    blocks = [
        (index, _name(plot.middle(index), plot.bottom + 6, _lines(member, room, note_room, wording), limits))
        for index, member in enumerate(members)
        if member.is_incomplete or index % step == 0
    ]
    kept = [label.box for index, block in blocks if members[index].is_incomplete for label in block]
    return [
        (index, block)
        for index, block in blocks
        if members[index].is_incomplete or not any(_near(label.box, box) for label in block for box in kept)
    ]


def _lines(member: Member, room: float, note_room: float, wording: Wording) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The name of a slice and its note, in lines that suit the room below it."""
    if not member.is_incomplete:
        return wrap_words(member.label, room, SMALL), ()
    return wrap(member.label, note_room, SMALL), wrap(wording.incomplete(member), note_room, SMALL)


def _name(
    x: float, top: float, lines: tuple[tuple[str, ...], tuple[str, ...]], limits: tuple[float, float]
) -> tuple[Label, ...]:
    name, note = lines
    half = max((width_of(line, SMALL) for line in name + note), default=0.0) / 2
    x = min(max(x, limits[0] + half), limits[1] - half)
    upper = paragraph(name, x, top, role=Role.AXIS, anchor=Anchor.MIDDLE, size=SMALL)
    below = top + height_of(len(name), SMALL)
    return upper + paragraph(note, x, below, role=Role.NOTE, anchor=Anchor.MIDDLE, size=SMALL)


def _near(one: Box, other: Box) -> bool:
    """Whether two lines of text would touch: a wide note keeps nobody from standing above it."""
    is_beside = one.top < other.bottom and other.top < one.bottom
    return is_beside and one.left - _APART < other.right and other.left - _APART < one.right


def _touch(blocks: Iterable[tuple[Label, ...]]) -> bool:
    return any(_near(one.box, other.box) for some, others in pairwise(blocks) for one, other in product(some, others))
