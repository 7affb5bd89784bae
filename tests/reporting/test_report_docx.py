"""The report as a text document: real headings, tables with heads, pictures with descriptions, in German."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kimwerk.reporting.document import HeaderCell, Paragraph, ReportDocument, Row, Section, TableBlock
from kimwerk.reporting.docx import render_docx
from tests.reporting.samples import KINDS, report

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def parsed(part: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(part)  # noqa: S314 - our own file, without declarations


@pytest.fixture(scope="module")
def document() -> ReportDocument:
    return report()


@pytest.fixture(scope="module")
def archive(document: ReportDocument) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(render_docx(document)))


@pytest.fixture(scope="module")
def body(archive: zipfile.ZipFile) -> ElementTree.Element:
    return parsed(archive.read("word/document.xml"))


def text_of(element: ElementTree.Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


def style_of(paragraph: ElementTree.Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def test_every_part_is_well_formed_and_every_relation_leads_somewhere(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    for name in names:
        if name.endswith((".xml", ".rels", ".svg")):
            parsed(archive.read(name))
    relations = parsed(archive.read("word/_rels/document.xml.rels"))
    assert {f"word/{each.get('Target')}" for each in relations} <= names
    assert all(archive.read(name).startswith(b"\x89PNG") for name in names if name.endswith(".png"))


def test_headings_are_headings_numbered_by_the_word_processor(
    body: ElementTree.Element, document: ReportDocument
) -> None:
    headings = [
        (int(style_of(each)[-1]), text_of(each)) for each in body.iter(f"{W}p") if style_of(each).startswith("Heading")
    ]
    assert headings == [(section.level, section.heading) for section in document.sections]


def test_tables_have_rows_of_headings_and_all_cells(body: ElementTree.Element) -> None:
    tables = body.findall(f"{W}body/{W}tbl")
    assert len(tables) == 4
    for table in tables:
        rows = table.findall(f"{W}tr")
        heads = [row for row in rows if row.find(f"{W}trPr/{W}tblHeader") is not None]
        assert heads
        assert rows[: len(heads)] == heads
        width = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in rows:
            spans = (cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc"))
            assert sum(1 if span is None else int(span.get(f"{W}val", "1")) for span in spans) == width
        assert table.find(f"{W}tblPr/{W}tblCaption") is not None
    assert [text_of(row.findall(f"{W}tc")[0]) for row in tables[0].findall(f"{W}tr")][1:4] == list(KINDS[:3])


def test_every_chart_has_a_description_and_both_its_files(body: ElementTree.Element, archive: zipfile.ZipFile) -> None:
    pictures = list(body.iter(f"{WP}docPr"))
    assert len(pictures) == 2
    assert all(picture.get("descr", "").startswith("Diagramm:") for picture in pictures)
    assert sum(name.endswith(".svg") for name in archive.namelist()) == 2


def test_the_document_is_german_and_says_whose_it_is(archive: zipfile.ZipFile) -> None:
    assert 'w:lang w:val="de-DE"' in archive.read("word/styles.xml").decode()
    core = archive.read("docProps/core.xml").decode()
    assert "<dc:language>de-DE</dc:language>" in core
    assert "Evaluationsbericht Kommunales Integrationsmanagement" in core


def test_equal_documents_give_equal_bytes(document: ReportDocument) -> None:
    assert render_docx(document) == render_docx(report())


def plain(text: str) -> ReportDocument:
    base = report(sections=(Section("Titel", 1, (Paragraph(text),)),))
    assert base.made_at == datetime(2022, 5, 5, 12, tzinfo=UTC)
    return base


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.text(max_size=200))
def test_no_text_can_break_the_document(text: str) -> None:
    """Whatever is typed: the XML stays whole, and what can be printed is there."""
    with zipfile.ZipFile(io.BytesIO(render_docx(plain(text.encode("utf-8", "ignore").decode())))) as archive:
        parsed(archive.read("word/document.xml"))


def with_columns(count: int) -> ElementTree.Element:
    """The body of a report with one table of so many columns, between two paragraphs."""
    header = (tuple(HeaderCell(f"Überschrift {number}") for number in range(count)),)
    table = TableBlock("Breite", header, (Row("Januar", ("7",) * (count - 1)),), (False, *(True,) * (count - 1)), None)
    document = report(sections=(Section("Titel", 1, (Paragraph("davor"), table, Paragraph("danach"))),))
    with zipfile.ZipFile(io.BytesIO(render_docx(document))) as archive:
        return parsed(archive.read("word/document.xml"))


def test_a_wide_table_lies_on_pages_of_its_own_and_its_headings_stand() -> None:
    body = with_columns(12)
    sections = [each.find(f"{W}pgSz") for each in body.iter(f"{W}sectPr")]
    assert [size.get(f"{W}orient") for size in sections if size is not None] == [None, "landscape", None]
    (table,) = body.iter(f"{W}tbl")
    assert len(list(table.iter(f"{W}textDirection"))) == 11, "all but that of the rows"
    assert sum(int(column.get(f"{W}w", "0")) for column in table.iter(f"{W}gridCol")) > 13_900
    assert len(list(table.iter(f"{W}trHeight"))) == 1


def test_a_table_of_few_columns_stays_upright_among_the_text() -> None:
    body = with_columns(8)
    assert len(list(body.iter(f"{W}sectPr"))) == 1
    assert not list(body.iter(f"{W}textDirection"))
