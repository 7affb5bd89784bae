"""Charts as SVG. The markup stands in `templates/reporting/charts`."""

from __future__ import annotations

import re
from enum import StrEnum

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from kimwerk.kernel.figures import Counted
from kimwerk.reporting.charts import palette
from kimwerk.reporting.charts.choose import ChartKind
from kimwerk.reporting.charts.drawing import Drawing
from kimwerk.reporting.charts.layout import NARROW, PAPER, WIDE, draw
from kimwerk.reporting.charts.wording import Wording

_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


class Theme(StrEnum):
    """Where a chart is shown.

    On screen the style sheet gives the colours, light or dark. In print they stand in the drawing
    itself; where a style sheet is read nevertheless, as in the HTML report, it prevails.
    """

    SCREEN = "screen"
    PRINT = "print"


def render_svg(
    drawing: Drawing,
    *,
    prefix: str,
    title: str,
    description: str,
    theme: Theme = Theme.SCREEN,
    size: str = "",
) -> SafeString:
    """A drawing as an SVG element with a name and a description for those who do not see it.

    `prefix` begins every id in it and must be unique on the page (ValueError unless it is a plain
    identifier). `size` ("narrow", "wide") is for the style sheet to show the one that fits.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"not an identifier: {prefix!r}")
    context = {
        "drawing": drawing,
        "prefix": prefix,
        "title": title,
        "description": description,
        "size": size,
        "palette": palette if theme is Theme.PRINT else None,
    }
    return SafeString(render_to_string("reporting/charts/chart.svg", context).strip())


def render_chart(
    kind: ChartKind, counted: Counted, wording: Wording, *, prefix: str, title: str, description: str
) -> SafeString:
    """A chart for a page: drawn once for small screens and once for a desk; the style sheet shows one."""
    parts = {
        size: render_svg(
            draw(kind, counted, wording, width),
            prefix=f"{prefix}-{size}",
            title=title,
            description=description,
            size=size,
        )
        for size, width in (("narrow", NARROW), ("wide", WIDE))
    }
    return SafeString(render_to_string("reporting/charts/chart.html", parts))


def render_for_report(
    kind: ChartKind, counted: Counted, wording: Wording, *, prefix: str, title: str, description: str
) -> tuple[SafeString, SafeString]:
    """A chart for a report: drawn for paper, and for the small screens on which its HTML is read.

    Both carry their colours, so that the PDF can print them; the report's style sheet prevails.
    """
    paper, narrow = (
        render_svg(
            draw(kind, counted, wording, width),
            prefix=f"{prefix}-{size}",
            title=title,
            description=description,
            theme=Theme.PRINT,
            size=size,
        )
        for size, width in (("wide", PAPER), ("narrow", NARROW))
    )
    return paper, narrow
