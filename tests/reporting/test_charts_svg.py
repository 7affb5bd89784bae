"""The markup of charts."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from kimwerk.kernel.figures import Axis, Counted, Member
from kimwerk.reporting.charts import ChartKind, draw
from kimwerk.reporting.charts.render import Theme, render_chart, render_for_report, render_svg
from tests.reporting.samples import BY_KIND, BY_MONTH, BY_MONTH_AND_KIND, BY_PLACE_AND_KIND, KIND, WORDING

SVG = "{http://www.w3.org/2000/svg}"
ALL = pytest.mark.parametrize(
    ("kind", "counted"),
    [
        (ChartKind.BARS, BY_KIND),
        (ChartKind.COLUMNS, BY_MONTH),
        (ChartKind.LINE, BY_MONTH),
        (ChartKind.STACKED, BY_MONTH_AND_KIND),
        (ChartKind.MULTIPLES, BY_MONTH_AND_KIND),
        (ChartKind.MATRIX, BY_PLACE_AND_KIND),
    ],
)


def parsed(text: str) -> ElementTree.Element:
    """Well-formed, or the test fails."""
    return ElementTree.fromstring(text)  # noqa: S314 - our own markup


def svg(kind: ChartKind, counted: Counted, theme: Theme = Theme.SCREEN, prefix: str = "c1") -> ElementTree.Element:
    text = render_svg(draw(kind, counted, WORDING), prefix=prefix, title="Titel", description="Worte", theme=theme)
    return parsed(text)


@ALL
@pytest.mark.parametrize("theme", list(Theme))
def test_a_chart_has_a_name_and_a_description(kind: ChartKind, counted: Counted, theme: Theme) -> None:
    root = svg(kind, counted, theme)
    named = [root.find(f".//*[@id='{key}']") for key in root.attrib["aria-labelledby"].split()]
    assert root.attrib["role"] == "img"
    assert [element.text for element in named if element is not None] == ["Titel", "Worte"]
    assert list(root)[:2] == named


@ALL
def test_ids_begin_with_the_prefix_and_every_reference_is_met(kind: ChartKind, counted: Counted) -> None:
    root = svg(kind, counted)
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    references = {found for element in root.iter() for found in re.findall(r"url\(#(.+?)\)", str(element.attrib))}
    assert len(ids) == len(set(ids))
    assert all(key.startswith("c1-") for key in ids)
    assert references <= set(ids)


@ALL
@pytest.mark.parametrize("theme", list(Theme))
def test_no_inline_style_script_or_foreign_address(kind: ChartKind, counted: Counted, theme: Theme) -> None:
    for element in svg(kind, counted, theme).iter():
        assert element.tag.removeprefix(SVG) not in {"script", "style", "foreignObject", "a", "image", "use"}
        assert not {name for name in element.attrib if name == "style" or name.startswith("on") or "href" in name}


@ALL
def test_on_screen_the_style_sheet_gives_every_colour(kind: ChartKind, counted: Counted) -> None:
    for element in svg(kind, counted).iter():
        for name in ("fill", "stroke"):
            assert element.attrib.get(name, "none") in {"none", "currentColor"} or "url(" in element.attrib[name]


@ALL
def test_in_print_every_mark_carries_its_colour(kind: ChartKind, counted: Counted) -> None:
    root = svg(kind, counted, Theme.PRINT)
    assert root.attrib["fill"].startswith("#")
    for element in root.iter():
        if element.tag == f"{SVG}rect":
            assert element.attrib["fill"].startswith(("#", "url("))
        if element.tag == f"{SVG}polyline":
            assert element.attrib["stroke"].startswith("#")


def test_words_cannot_break_out_of_the_markup() -> None:
    axis = Axis(KIND.dimension, (Member("a", '<script>"&'), Member("b", "b")))
    counted = Counted((axis,), {("a",): 1, ("b",): 2}, 3)
    drawing = draw(ChartKind.BARS, counted, WORDING)
    text = render_svg(drawing, prefix="c", title="</title><script>", description='"&<', theme=Theme.PRINT)
    root = parsed(text)
    assert [element for element in root.iter() if "script" in element.tag] == []
    assert root.findtext(f"{SVG}title") == "</title><script>"


@pytest.mark.parametrize("prefix", ["", "1a", 'a"b', "a b", "ä"])
def test_a_prefix_is_a_plain_identifier(prefix: str) -> None:
    with pytest.raises(ValueError, match="identifier"):
        svg(ChartKind.BARS, BY_KIND, prefix=prefix)


def test_a_page_gets_a_narrow_and_a_wide_drawing_with_ids_of_their_own() -> None:
    html = render_chart(ChartKind.BARS, BY_KIND, WORDING, prefix="kinds", title="T", description="D")
    narrow, wide = parsed(re.sub(r"\{#.*?#\}", "", html))
    assert "chart-narrow" in narrow.attrib["class"]
    assert "chart-wide" in wide.attrib["class"]
    assert narrow.attrib["aria-labelledby"] != wide.attrib["aria-labelledby"]
    assert float(narrow.attrib["width"]) < float(wide.attrib["width"])


def test_a_report_gets_drawings_that_carry_their_colours() -> None:
    for text in render_for_report(ChartKind.COLUMNS, BY_MONTH, WORDING, prefix="m", title="T", description="D"):
        assert parsed(text).attrib["font-family"] == "Noto Sans"
