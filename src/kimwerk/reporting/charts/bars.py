"""Bars for categories: label, bar, count and share in one row each; on small screens the label on top."""

from __future__ import annotations

from dataclasses import dataclass

from kimwerk.kernel.figures import Counted, Member, Value
from kimwerk.reporting.charts.choose import ChartKind
from kimwerk.reporting.charts.drawing import TEXT, Bar, Drawing, Label, Role, Rule, height_of, paragraph
from kimwerk.reporting.charts.palette import paint_of
from kimwerk.reporting.charts.scale import Scale, tight_scale
from kimwerk.reporting.charts.series import as_line
from kimwerk.reporting.charts.text import width_of, wrap
from kimwerk.reporting.charts.wording import Wording

ROOMY = 520.0
"""Widths from which labels find room beside the bars."""

_BAR = 18.0
_GAP = 10.0
_LABEL_PART = 0.36


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the parts of each row stand."""

    label_width: float
    left: float
    span: float
    scale: Scale
    is_roomy: bool

    def x(self, value: Value) -> float:
        """Where a value lies."""
        return self.left + self.scale.part(value) * self.span


def draw_bars(counted: Counted, wording: Wording, width: float) -> Drawing:
    """One bar per member, from zero, in the order of the axis."""
    line = as_line(counted)
    written = [_written(value, line.total, wording) for value in line.values]
    frame = _frame(line.members, line.values, written, width)
    bars: list[Bar] = []
    labels: list[Label] = []
    top = 0.0
    for member, value, label in zip(line.members, line.values, written, strict=True):
        lines = wrap(member.label, frame.label_width, TEXT)
        height, bar_top, text_top = _row(len(lines), top, is_roomy=frame.is_roomy)
        bar = _bar(member, value, bar_top, frame, f"{member.label}: {label.text}")
        bars.append(bar)
        labels.extend(paragraph(lines, 0, text_top))
        labels.append(
            Label(
                max(bar.x + bar.width, frame.x(0)) + 8,
                bar_top + _BAR * 0.76,
                label.text,
                Role.VALUE,
                extra=label.extra,
            )
        )
        top += height
    return Drawing(ChartKind.BARS, width, top, tuple(bars), tuple(labels), _zero_line(frame, bars, top))


def _zero_line(frame: _Frame, bars: list[Bar], bottom: float) -> tuple[Rule, ...]:
    """The line at zero: one for all, or one for each bar where labels stand in between."""
    spans = [(0.0, bottom)] if frame.is_roomy else [(bar.y - 2, bar.y + bar.height + 2) for bar in bars]
    return tuple(Rule(((frame.x(0), top), (frame.x(0), end)), Role.ZERO) for top, end in spans)


def _written(value: Value, total: Value, wording: Wording) -> Label:
    share = wording.share(value, total) if wording.share and value is not None else ""
    return Label(0, 0, wording.number(value), Role.VALUE, extra=share)


def _frame(members: tuple[Member, ...], values: tuple[Value, ...], written: list[Label], width: float) -> _Frame:
    """Give the numbers the room they need, the labels what they ask for, and the bars the rest."""
    number_width = max((label.width for label in written), default=0.0) + 10
    is_roomy = width >= ROOMY
    label_width = _label_width(members, width) if is_roomy else width
    left = label_width + 14 if is_roomy else 1.0
    return _Frame(label_width, left, max(width - left - number_width, 1.0), tight_scale(values), is_roomy)


def _label_width(members: tuple[Member, ...], width: float) -> float:
    """What the longest line needs once labels are broken to their share of the width."""
    lines = (line for member in members for line in wrap(member.label, width * _LABEL_PART, TEXT))
    return max((width_of(line, TEXT) for line in lines), default=0.0) + 0.01


def _row(lines: int, top: float, *, is_roomy: bool) -> tuple[float, float, float]:
    """The height of a row, and the tops of its bar and its label."""
    text = height_of(lines)
    if not is_roomy:
        return text + _BAR + _GAP + 6, top + text + 3, top
    height = max(text, _BAR) + _GAP
    return height, top + (height - _BAR) / 2, top + (height - text) / 2


def _bar(member: Member, value: Value, top: float, frame: _Frame, tip: str) -> Bar:
    zero, end = frame.x(0), frame.x(value)
    return Bar(
        min(zero, end),
        top,
        abs(end - zero),
        _BAR,
        paint_of(member),
        value,
        is_incomplete=member.is_incomplete,
        tip=tip,
    )
