"""The report on paper: readable by ear, fit for the archive, and true to the document."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kimwerk.reporting.document import FigureBlock, HeaderCell, Paragraph, ReportDocument, Row, Section, TableBlock
from kimwerk.reporting.pdf import RowHeadingsError, render_pdf
from kimwerk.reporting.pdf.rowheads import mark_row_heads
from kimwerk.ui.typesetting import FONTS, NoFontsError, PdfError
from tests.reporting.pdf_reading import Node, read_structure, read_text
from tests.reporting.samples import report, table_by_kind
from tests.reporting.verapdf import broken_rules

NUMBER = re.compile(r"\d[\d.,]*\d|\d")


@pytest.fixture(scope="module")
def document() -> ReportDocument:
    return report()


@pytest.fixture(scope="module")
def pdf(document: ReportDocument) -> bytes:
    return render_pdf(document)


@pytest.fixture(scope="module")
def paper(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


@pytest.fixture(scope="module")
def structure(paper: pikepdf.Pdf) -> Node:
    return read_structure(paper)


def tables_of(document: ReportDocument) -> list[TableBlock]:
    blocks = [block for section in document.sections for block in section.blocks]
    shown = [block.table if isinstance(block, FigureBlock) else block for block in blocks]
    return [block for block in shown if isinstance(block, TableBlock)]


def cells_of(table: TableBlock) -> list[list[str]]:
    """What a reader finds, row by row."""
    heads = [[cell.text for cell in row] for row in table.header]
    rows = [*table.rows, *([table.total] if table.total else [])]
    return heads + [[row.header, *row.cells] for row in rows]


def read_cells(table: Node) -> list[list[str]]:
    return [[cell.text for cell in row.all("TH", "TD")] for row in table.all("TR")]


def test_the_file_says_what_it_is(paper: pikepdf.Pdf, document: ReportDocument) -> None:
    assert str(paper.Root.Lang).startswith("de")
    assert paper.Root.MarkInfo.Marked
    assert paper.Root.ViewerPreferences.DisplayDocTitle
    with paper.open_metadata() as metadata:
        assert metadata["dc:title"] == document.title
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")


def test_every_heading_is_a_bookmark(paper: pikepdf.Pdf) -> None:
    found: list[str] = []

    def collect(items: list[pikepdf.OutlineItem]) -> None:
        for item in items:
            found.append(item.title)
            collect(item.children)

    with paper.open_outline() as outline:
        collect(outline.root)
    assert found == ["1 Einleitung", "2 Zahlen", "2.1 Nach Art", "2.2 Verlauf", "3 Ohne Diagramm"]


def test_headings_are_numbered_and_in_their_level(structure: Node) -> None:
    headings = [(node.tag, node.text) for node in structure.all("H1", "H2", "H3")]
    assert headings == [
        ("H1", "Inhalt"),
        ("H1", "1 Einleitung"),
        ("H1", "2 Zahlen"),
        ("H2", "2.1 Nach Art"),
        ("H2", "2.2 Verlauf"),
        ("H1", "3 Ohne Diagramm"),
    ]


def test_every_table_stands_in_the_file_cell_by_cell(structure: Node, document: ReportDocument) -> None:
    assert [read_cells(table) for table in structure.all("Table")] == [cells_of(table) for table in tables_of(document)]


def test_headings_of_columns_and_rows_are_marked(structure: Node, document: ReportDocument) -> None:
    for table, source in zip(structure.all("Table"), tables_of(document), strict=True):
        rows = list(table.all("TR"))
        for row in rows[: len(source.header)]:
            assert {cell.attributes.get("/Scope") for cell in row.all("TH", "TD")} == {"/Column"}
        for row in rows[len(source.header) :]:
            first, *others = row.all("TH", "TD")
            assert (first.tag, first.attributes["/Scope"]) == ("TH", "/Row")
            assert {cell.tag for cell in others} == {"TD"}


def test_every_chart_has_its_alternative_text(structure: Node, document: ReportDocument) -> None:
    blocks = [block for section in document.sections for block in section.blocks]
    expected = [block.chart_alt for block in blocks if isinstance(block, FigureBlock) and block.chart_svg]
    assert [node.alt for node in structure.all("Figure") if node.alt] == expected


def test_each_figure_shows_definition_window_notes_and_warning(structure: Node, document: ReportDocument) -> None:
    text = "".join(node.text for node in structure.children)
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, FigureBlock):
                for words in (block.title, block.definition, block.window_label, *block.notes, block.warning or ""):
                    assert words in text


def test_only_our_fonts_are_inside(paper: pikepdf.Pdf) -> None:
    fonts = {str(font.BaseFont) for page in paper.pages for font in page.Resources.get("/Font", {}).values()}
    assert fonts
    assert all("NotoSans" in font for font in fonts)


def test_a_draft_says_so_on_every_page_and_an_edition_does_not(paper: pikepdf.Pdf) -> None:
    edition = pikepdf.open(io.BytesIO(render_pdf(report(is_draft=False))))
    assert read_text(paper).count("Entwurf") >= 2 * len(paper.pages) - 1
    assert "Dies ist ein Entwurf" in read_text(paper)
    assert "Entwurf" not in read_text(edition)
    assert "Freigegebene Ausgabe 1" in read_text(edition)


def test_no_number_appears_that_the_document_does_not_hold(paper: pikepdf.Pdf, document: ReportDocument) -> None:
    pages = {str(number) for number in range(1, len(paper.pages) + 1)}
    numbering = {"1", "2", "2.1", "2.2", "3"}
    held = set(NUMBER.findall(repr(document))) | pages | numbering
    assert set(NUMBER.findall(read_text(paper))) <= held


def test_equal_documents_give_equal_bytes(pdf: bytes) -> None:
    assert render_pdf(report()) == pdf
    assert render_pdf(replace(report(), subtitle="Februar")) != pdf


hostile = st.text(st.sampled_from("#$*_`<>@\\/[]{}\"'&%=~-+ aä0/TD\n"), min_size=1, max_size=30).filter(str.strip)
numbers = st.one_of(st.integers(0, 10**9), st.decimals(0, 10**6, places=2)).map(
    lambda value: f"{value:,}".translate(str.maketrans(",.", ".,"))
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(hostile, numbers, numbers), min_size=1, max_size=40), hostile)
def test_any_words_and_numbers_arrive_as_they_are(rows: list[tuple[str, str, str]], words: str) -> None:
    header = ((HeaderCell("Art"), HeaderCell("Anzahl"), HeaderCell("Euro")),)
    table = TableBlock(
        words, header, tuple(Row(name, (count, euro)) for name, count, euro in rows), (False, True, True)
    )
    file = render_pdf(report((Section(words, 1, (Paragraph(words), table)),)))
    (read,) = read_structure(pikepdf.open(io.BytesIO(file))).all("Table")
    assert [row[1:] for row in read_cells(read)[1:]] == [[count, euro] for _, count, euro in rows]
    # Lines may be broken within words, so that blanks and hyphens at line ends do not count.
    assert [_solid(row[0]) for row in read_cells(read)[1:]] == [_solid(name) for name, _, _ in rows]


def _solid(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def test_a_long_table_goes_on_with_its_headings_on_the_next_page() -> None:
    header = ((HeaderCell("Kommune"), HeaderCell("Anzahl")),)
    table = TableBlock("Lang", header, tuple(Row(f"Ort {n}", (str(n),)) for n in range(120)), (False, True))
    paper = pikepdf.open(io.BytesIO(render_pdf(report((Section("Lang", 1, (table,)),)))))
    (read,) = read_structure(paper).all("Table")
    assert len(read_cells(read)) == 121
    assert read_text(paper).count("Anzahl") >= 3


def test_a_wide_table_gets_a_page_across() -> None:
    header = (tuple(HeaderCell(f"Spalte {n}") for n in range(13)),)
    row = Row("Zeile", tuple(str(n) for n in range(12)))
    table = TableBlock("Breit", header, (row,), (False,) + (True,) * 12)
    paper = pikepdf.open(io.BytesIO(render_pdf(report((Section("Breit", 1, (table,)),)))))
    assert any(page.mediabox[2] > page.mediabox[3] for page in paper.pages)


def test_without_fonts_there_is_no_paper(tmp_path: Path) -> None:
    with pytest.raises(NoFontsError, match="build the assets"):
        render_pdf(report(), fonts=tmp_path)


def test_a_drawing_that_cannot_be_read_is_refused_with_the_reason() -> None:
    figure = report().sections[2].blocks[0]
    assert isinstance(figure, FigureBlock)
    broken = replace(figure, chart_svg="<svg>")
    with pytest.raises(PdfError, match=r"(?i)svg"):
        render_pdf(report((Section("Kaputt", 1, (broken,)),)))


def test_row_headings_that_cannot_be_found_are_an_error(pdf: bytes) -> None:
    with pytest.raises(RowHeadingsError, match="0 of 3"):
        mark_row_heads(b"%PDF-1.7\n", 3)
    rows = len(table_by_kind().rows)
    assert rows
    with pytest.raises(RowHeadingsError):
        mark_row_heads(pdf, rows)


def test_marking_row_headings_moves_nothing(pdf: bytes) -> None:
    assert len(mark_row_heads(pdf, 0)) == len(pdf)


def test_the_fonts_are_where_the_asset_build_puts_them() -> None:
    assert {path.name for path in FONTS.glob("NotoSans-*.ttf")} >= {"NotoSans-Regular.ttf", "NotoSans-Bold.ttf"}


@pytest.mark.java
def test_verapdf_finds_both_standards_kept(pdf: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf)
    assert broken_rules(path, "PDFUA-1", "PDFA-3A") == {"PDFUA-1": [], "PDFA-3A": []}


@pytest.mark.java
def test_verapdf_notices_a_missing_alternative_text(paper: pikepdf.Pdf, pdf: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    with pikepdf.open(io.BytesIO(pdf)) as spoiled:
        for thing in spoiled.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing:
                del thing["/Alt"]
        spoiled.save(path)
    assert any("7.3" in rule for rule in broken_rules(path, "PDFUA-1")["PDFUA-1"])
