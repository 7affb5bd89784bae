"""From a report document to the bytes of its DOCX."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC
from itertools import count
from pathlib import Path

from kimwerk.reporting.document import Block, BulletList, FigureBlock, Labels, Paragraph, ReportDocument, TableBlock
from kimwerk.reporting.docx import parts
from kimwerk.reporting.docx.markup import bookmark, ends_section, field, link, paragraph, run, text_paragraph
from kimwerk.reporting.docx.pictures import Picture, picture_xml, pictures_of
from kimwerk.reporting.docx.tables import is_wide, table_xml
from kimwerk.reporting.plan import numbers_of
from kimwerk.ui.typesetting import FONTS

FIXED_DATE = (1980, 1, 1, 0, 0, 0)
"""Equal documents give equal bytes."""

LANGUAGE = "de-DE"
IN_CONTENTS = 2
"""Levels of headings that the contents list."""


def render_docx(document: ReportDocument, *, fonts: Path = FONTS) -> bytes:
    """The report as an editable text. Headings are numbered by the word processor; the contents update there.

    Raises what `typeset` does.
    """
    figures = [block for section in document.sections for block in section.blocks if isinstance(block, FigureBlock)]
    drawn = [(each.chart_svg, each.chart_alt, each.title) for each in figures if each.chart_svg]
    pictures = pictures_of([(str(svg), alt, title) for svg, alt, title in drawn], fonts=fonts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _files(document, pictures):
            archive.writestr(zipfile.ZipInfo(name, FIXED_DATE), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _files(document: ReportDocument, pictures: tuple[Picture, ...]) -> Iterator[tuple[str, str | bytes]]:
    labels, language = document.labels, LANGUAGE if document.language == "de" else document.language
    made_at = f"{document.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    yield "[Content_Types].xml", parts.CONTENT_TYPES
    yield "_rels/.rels", parts.RELATIONS
    yield "docProps/core.xml", parts.core(document.title, document.organisation, language, made_at)
    yield "word/_rels/document.xml.rels", parts.relations_of(pictures)
    yield "word/styles.xml", parts.styles(language)
    yield "word/numbering.xml", parts.numbering()
    yield "word/settings.xml", parts.SETTINGS
    yield "word/header.xml", parts.header(document.short_title, document.state_label)
    yield "word/footer.xml", parts.footer(document.organisation, labels.page, labels.of)
    body = "".join((*_cover(document), *_contents(document), *_sections(document, pictures)))
    yield (
        "word/document.xml",
        f"{parts.HEAD}<w:document {parts.WORD}><w:body>{body}{parts.SECTION}</w:body></w:document>",
    )
    for each in pictures:
        yield f"word/media/chart{each.number}.png", each.png
        yield f"word/media/chart{each.number}.svg", each.svg


def _cover(document: ReportDocument) -> Iterator[str]:
    labels = document.labels
    yield text_paragraph(document.organisation)
    yield text_paragraph(document.title, "Title")
    if document.subtitle:
        yield text_paragraph(document.subtitle, "Subtitle")
    for fact in document.cover:
        yield paragraph(run(f"{fact.label}: ") + run(fact.text, is_bold=True))
    facts = (
        (labels.window, document.window_label),
        (labels.state, document.state_label),
        (labels.released, document.released_label),
        (labels.content_hash, document.content_hash),
    )
    for word, value in facts:
        if value:
            yield paragraph(run(f"{word}: ", is_bold=True) + run(value), "Facts")
    if document.is_draft:
        yield _note(document.state_label, labels.draft_notice)
    if document.notice:
        yield _note(labels.notice, document.notice)


def _contents(document: ReportDocument) -> Iterator[str]:
    """The contents as a field, filled in with what it will show."""
    yield text_paragraph(document.labels.contents, "TOCHeading")
    numbers = numbers_of(section.level for section in document.sections)
    listed = [
        (place, number, section)
        for place, (number, section) in enumerate(zip(numbers, document.sections, strict=True))
        if section.level <= IN_CONTENTS
    ]
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    for first, (place, number, section) in enumerate(listed):
        entry = link(f"{number} {section.heading}", f"s{place}")
        yield paragraph((begin if first == 0 else "") + entry, f"TOC{section.level}")
    if listed:
        yield paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:br w:type="page"/></w:r>')


def _sections(document: ReportDocument, pictures: tuple[Picture, ...]) -> Iterator[str]:
    drawn, figures = iter(pictures), count(1)
    for place, section in enumerate(document.sections):
        heading = bookmark(run(section.heading), f"s{place}", place + 1)
        yield paragraph(heading, f"Heading{section.level}")
        for block in section.blocks:
            yield from _block(block, document.labels, drawn, figures)


def _block(block: Block, labels: Labels, drawn: Iterator[Picture], figures: Iterator[int]) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield text_paragraph(block.text)
    elif isinstance(block, BulletList):
        for item in block.items:
            yield text_paragraph(item, "ListBullet")
    elif isinstance(block, FigureBlock):
        yield from _figure(block, labels, next(drawn) if block.chart_svg else None, next(figures))
    else:
        yield _table(block, text_paragraph(block.caption, "Caption"))


def _figure(block: FigureBlock, labels: Labels, picture: Picture | None, number: int) -> Iterator[str]:
    counted = field(f"SEQ {labels.figure} \\* ARABIC", str(number))
    yield paragraph(run(f"{labels.figure} ") + counted + run(f"  {block.title}"), "Caption")
    if picture:
        yield picture_xml(picture)
    if block.warning:
        yield _note(labels.warning, block.warning)
    for note in block.notes:
        yield _note(labels.notice, note)
    facts = (
        (labels.definition, block.definition),
        (labels.population, block.population),
        (labels.unit, block.unit_label),
        (labels.window, block.window_label),
        (labels.source, block.source_label),
    )
    for word, value in facts:
        if value:
            yield paragraph(run(f"{word}: ", is_bold=True) + run(value), "Facts")
    yield _table(block.table)


def _table(table: TableBlock, caption: str = "") -> str:
    """The table below its caption; a wide one on lying pages of its own."""
    if not is_wide(table):
        return caption + table_xml(table) + paragraph("")
    return ends_section(parts.SECTION) + caption + table_xml(table) + ends_section(parts.LYING_SECTION)


def _note(word: str, text: str) -> str:
    return paragraph(run(f"{word}: ", is_bold=True) + run(text), "Note")
