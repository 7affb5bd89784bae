"""Twelve looks for categories: told apart by lightness and pattern, not by colour alone.

Within one pattern the four fills differ by at least 14 in lightness (CIE L*), so that they stay
apart in greyscale and for every kind of colour blindness; the three patterns do the rest.
Hatching is kept for what is incomplete or not recorded. The screen takes its colours from
`charts.css`; the same light colours stand here for paper, where no style sheet is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kimwerk.kernel.figures import MISSING, Member


class Pattern(StrEnum):
    """What lies over a fill."""

    SOLID = "solid"
    LINES = "lines"
    DOTS = "dots"
    HATCH = "hatch"


@dataclass(frozen=True, slots=True)
class Paint:
    """A look: its name in the style sheet, its pattern, and its colours on paper.

    `edge` outlines the fill with at least 3:1 against paper, `mark` draws the pattern, `on` is the
    colour of text upon it.
    """

    name: str
    pattern: Pattern
    fill: str
    edge: str
    mark: str
    on: str


_LIGHT, _DARK = "#ffffff", "#131525"

SLOTS: tuple[Paint, ...] = (
    Paint("slot-0", Pattern.SOLID, "#004590", "#004590", "#7384be", _LIGHT),
    Paint("slot-1", Pattern.SOLID, "#e38c43", "#a05407", "#944b00", _DARK),
    Paint("slot-2", Pattern.SOLID, "#007f82", "#007f82", "#79c2c4", _LIGHT),
    Paint("slot-3", Pattern.SOLID, "#e2cc68", "#8c7c18", "#978624", _DARK),
    Paint("slot-4", Pattern.LINES, "#935ea2", "#935ea2", "#d1a8db", _LIGHT),
    Paint("slot-5", Pattern.LINES, "#96d4f7", "#4283a4", "#4d8eaf", _DARK),
    Paint("slot-6", Pattern.LINES, "#13512b", "#13512b", "#679071", _LIGHT),
    Paint("slot-7", Pattern.LINES, "#f47d7d", "#b14348", "#a5383e", _DARK),
    Paint("slot-8", Pattern.DOTS, "#81ad62", "#48732d", "#3e6923", _DARK),
    Paint("slot-9", Pattern.DOTS, "#8c142e", "#8c142e", "#c36e72", _LIGHT),
    Paint("slot-10", Pattern.DOTS, "#f1bed4", "#9d6f83", "#a8798d", _DARK),
    Paint("slot-11", Pattern.DOTS, "#9b672a", "#9b672a", "#daae81", _LIGHT),
)
"""The looks of the slots. A category keeps its slot wherever it is drawn."""

PLAIN = Paint("plain", Pattern.SOLID, "#2f5d8a", "#2f5d8a", "#8fb0d0", _LIGHT)
"""The look of what needs no telling apart: columns over time, municipalities."""

NOT_RECORDED = Paint("missing", Pattern.HATCH, "#eceef1", "#6b7480", "#8a929d", _DARK)
"""The look of the member that stands for "not recorded"."""

HEAT: tuple[Paint, ...] = (
    Paint("heat-0", Pattern.SOLID, "#ffffff", "#c9ced6", "#c9ced6", _DARK),
    Paint("heat-1", Pattern.SOLID, "#e7eff9", "#c9ced6", "#c9ced6", _DARK),
    Paint("heat-2", Pattern.SOLID, "#bbd1ec", "#bbd1ec", "#bbd1ec", _DARK),
    Paint("heat-3", Pattern.SOLID, "#88aeda", "#88aeda", "#88aeda", _DARK),
    Paint("heat-4", Pattern.SOLID, "#3f78ad", "#3f78ad", "#3f78ad", _LIGHT),
    Paint("heat-5", Pattern.SOLID, "#005e92", "#005e92", "#005e92", _LIGHT),
)
"""Steps of one colour for a matrix: the first for nothing, the others for equal fifths up to the largest."""

INK = "#1c2430"
MUTED = "#56606c"
GRID = "#d5d9df"
SURFACE = "#ffffff"


def paint_of(member: Member, position: int | None = None) -> Paint:
    """The look of a member: grey hatch if not recorded, its own slot, else by position or plain."""
    if member.key == MISSING:
        return NOT_RECORDED
    slot = member.colour if member.colour is not None else position
    return PLAIN if slot is None else SLOTS[slot % len(SLOTS)]
