"""The report as one HTML file."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from kimwerk.reporting.document import BulletList, FigureBlock, Paragraph, Section
from kimwerk.reporting.html import UnsafeDrawingError, render_html
from tests.reporting.samples import report

VOID = {"meta", "br", "hr", "img", "input", "link"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


class Page(HTMLParser):
    """Elements, texts and whether every tag is closed in its order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.headings: list[tuple[str, str]] = []
        self.rows: list[list[str]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)
        if tag in HEADINGS:
            self.headings.append((tag, ""))
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td"):
            self.rows[-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if {"th", "td"} & set(self.open):
            self.rows[-1][-1] += data
        if HEADINGS & set(self.open):
            tag, text = self.headings[-1]
            self.headings[-1] = (tag, text + data)


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(render_html(report()))


def test_every_tag_is_closed(page: Page) -> None:
    assert page.open == []


def test_nothing_is_loaded_and_nothing_runs(page: Page) -> None:
    for tag, attributes in page.tags:
        assert tag not in {"script", "link", "img", "iframe", "object"}
        assert not {name for name in attributes if name.startswith("on") or name in {"src", "style"}}
        assert attributes.get("href", "#").startswith("#")
    assert not re.search(r"@import|url\((?!#)", page.text)


def test_headings_have_the_numbers_of_the_paper(page: Page) -> None:
    assert page.headings == [
        ("h1", "Evaluationsbericht Kommunales Integrationsmanagement"),
        ("h2", "Inhalt"),
        ("h2", "1 Einleitung"),
        ("h2", "2 Zahlen"),
        ("h3", "2.1 Nach Art"),
        ("h3", "2.2 Verlauf"),
        ("h2", "3 Ohne Diagramm"),
    ]
    assert [number for number in ("1", "2", "3") if f"Abbildung {number}" in page.text] == ["1", "2", "3"]


def test_the_contents_lead_to_their_sections(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [attributes["href"][1:] for tag, attributes in page.tags if tag == "a"]
    assert links == ["section-1", "section-2", "section-2-1", "section-2-2", "section-3"]
    assert set(links) <= set(ids)
    for _, attributes in page.tags:
        assert set(attributes.get("aria-labelledby", "").split()) <= set(ids)


def test_every_number_stands_in_its_cell(page: Page) -> None:
    document = report()
    expected = []
    for block in (block for section in document.sections for block in section.blocks):
        table = block.table if isinstance(block, FigureBlock) else block
        if not isinstance(table, Paragraph | BulletList):
            expected += [[cell.text for cell in row] for row in table.header]
            expected += [[row.header, *row.cells] for row in (*table.rows, *([table.total] if table.total else []))]
    assert page.rows == expected


def test_headings_of_columns_and_rows_are_marked(page: Page) -> None:
    scopes = [attributes["scope"] for tag, attributes in page.tags if tag == "th"]
    assert set(scopes) == {"col", "row", "colgroup"}
    assert scopes.count("colgroup") == 2


def test_each_chart_is_there_for_paper_and_for_small_screens(page: Page) -> None:
    charts = [attributes["class"] for tag, attributes in page.tags if tag == "svg"]
    assert len(charts) == 4
    assert sum("chart-narrow" in classes for classes in charts) == 2


def test_a_draft_says_so_and_an_edition_does_not() -> None:
    assert "Dies ist ein Entwurf" in Page(render_html(report())).text
    edition = Page(render_html(report(is_draft=False))).text
    assert "Entwurf" not in edition
    assert "9f86d081884c7d65" in edition


def test_words_cannot_become_markup() -> None:
    words = "<script>alert(1)</script> & <b>"
    page = Page(render_html(report((Section(words, 1, (Paragraph(words), BulletList((words,)))),))))
    assert page.text.count(words) == 4
    assert "script" not in {tag for tag, _ in page.tags}


@pytest.mark.parametrize(
    "drawing",
    [
        "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><foreignObject/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        "<svg xmlns='http://www.w3.org/2000/svg'><rect style='fill:red'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><g xmlns:x='http://www.w3.org/1999/xlink' x:href='#a'/></svg>",
        "<svg xmlns='http://other.example'/>",
        "<!DOCTYPE svg [<!ENTITY a 'a'>]><svg xmlns='http://www.w3.org/2000/svg'/>",
        "<svg xmlns='http://www.w3.org/2000/svg'>",
    ],
)
def test_a_stored_drawing_that_is_more_than_shapes_is_refused(drawing: str) -> None:
    figure = report().sections[2].blocks[0]
    assert isinstance(figure, FigureBlock)
    spoiled = replace(figure, chart_svg=drawing)
    with pytest.raises(UnsafeDrawingError):
        render_html(report((Section("Fremd", 1, (spoiled,)),)))
