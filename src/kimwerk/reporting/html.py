"""The report as one HTML file: the twin of the PDF, readable on any screen and without a network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import count
from xml.etree import ElementTree

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from kimwerk.reporting.document import DEEPEST, Block, FigureBlock, ReportDocument

_DRAWN_WITH = frozenset({"svg", "g", "title", "desc", "defs", "pattern", "rect", "circle", "polyline", "text", "tspan"})
_SVG = "{http://www.w3.org/2000/svg}"


class UnsafeDrawingError(ValueError):
    """A chart holds more than our charts are made of."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A block as the template shows it; figures know their number and their drawings."""

    block: Block
    number: int = 0
    chart: str = ""
    chart_narrow: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section with its number ("2.1"), its anchor and the level of its heading in HTML."""

    number: str
    anchor: str
    heading: str
    level: int
    tag: str
    entries: tuple[Entry, ...]


def render_html(document: ReportDocument) -> str:
    """The report as a complete HTML document with its style inside; no scripts, nothing loaded.

    Headings and figures have the numbers they have in the PDF. Raises UnsafeDrawingError if a chart is
    not made of plain shapes and texts.
    """
    style = (files("kimwerk.reporting") / "static" / "reporting" / "charts.css").read_text()
    context = {
        "report": document,
        "labels": document.labels,
        "chapters": tuple(_chapters(document)),
        "chart_style": SafeString(style),
    }
    return render_to_string("reporting/document/report.html", context)


def _chapters(document: ReportDocument) -> Iterator[Chapter]:
    numbers = [0] * DEEPEST
    figures = count(1)
    for section in document.sections:
        numbers[section.level - 1] += 1
        numbers[section.level :] = [0] * (DEEPEST - section.level)
        number = ".".join(str(part) for part in numbers[: section.level])
        entries = tuple(_entry(block, figures) for block in section.blocks)
        anchor = "section-" + number.replace(".", "-")
        yield Chapter(number, anchor, section.heading, section.level, f"h{section.level + 1}", entries)


def _entry(block: Block, figures: Iterator[int]) -> Entry:
    if not isinstance(block, FigureBlock):
        return Entry(block)
    return Entry(block, next(figures), _checked(block.chart_svg), _checked(block.chart_svg_narrow))


def _checked(svg: str | None) -> SafeString:
    """A drawing that holds nothing but shapes and texts, as our templates write them."""
    if not svg:
        return SafeString("")
    if "<!" in svg or "<?" in svg:
        raise UnsafeDrawingError("declarations")
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314 - without declarations there are no entities to expand
    except ElementTree.ParseError as error:
        raise UnsafeDrawingError("not well-formed") from error
    for element in root.iter():
        if element.tag.removeprefix(_SVG) not in _DRAWN_WITH:
            raise UnsafeDrawingError(element.tag)
        if any(name.startswith(("on", "{", "style", "href")) for name in element.attrib):
            raise UnsafeDrawingError(f"attributes of {element.tag}")
    return SafeString(svg)
