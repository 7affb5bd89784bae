"""From the numbers of a figure to the geometry of a chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from kimwerk.kernel.figures import Counted
from kimwerk.reporting.charts.bars import draw_bars
from kimwerk.reporting.charts.choose import ChartKind
from kimwerk.reporting.charts.columns import draw_columns
from kimwerk.reporting.charts.drawing import Drawing
from kimwerk.reporting.charts.line import draw_line
from kimwerk.reporting.charts.matrix import draw_matrix
from kimwerk.reporting.charts.multiples import draw_multiples
from kimwerk.reporting.charts.stacked import draw_stacked
from kimwerk.reporting.charts.wording import Wording

NARROW = 336.0
"""The width of a drawing for a small screen, in CSS pixels."""

WIDE = 760.0
"""The width of a drawing for a desk."""

PAPER = 700.0
"""The width of a drawing for A4 paper, where it fills the line."""

_KINDS: Mapping[ChartKind, Callable[[Counted, Wording, float], Drawing]] = MappingProxyType(
    {
        ChartKind.BARS: draw_bars,
        ChartKind.COLUMNS: draw_columns,
        ChartKind.LINE: draw_line,
        ChartKind.STACKED: draw_stacked,
        ChartKind.MULTIPLES: draw_multiples,
        ChartKind.MATRIX: draw_matrix,
    }
)


def draw(kind: ChartKind, counted: Counted, wording: Wording, width: float = WIDE) -> Drawing:
    """The geometry of a chart of `width` units; its height follows from the content.

    `counted` needs one axis for bars, columns and line, two for the others; ValueError otherwise.
    """
    return _KINDS[kind](counted, wording, width)
