"""Text with placeholders, and the papers it becomes. Plain values in, bytes out; knows no database.

A line that begins with "# " or "## " is a heading, one with "- " a point of a list, an empty line parts paragraphs.
`{{name}}` is a placeholder. DOCX is written as what it is, an archive of a few XML files: for headings,
paragraphs and lists that takes a page of code and no further package.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from xml.sax.saxutils import escape

PLACEHOLDER = re.compile(r"\{\{\s*([^{}\s][^{}]{0,58}?)\s*\}\}")
RIGHT_TO_LEFT = ("ar", "fa")
FIXED_DATE = (1980, 1, 1, 0, 0, 0)
"""Equal texts give equal bytes."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML may hold."""


class BlockKind(StrEnum):
    """What a block of text is."""

    HEADING = "heading"
    SUBHEADING = "subheading"
    POINT = "point"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a point of a list, or a paragraph with its lines."""

    kind: BlockKind
    lines: tuple[str, ...]


def placeholders_of(text: str) -> tuple[str, ...]:
    """The names between double braces, each once, in the order of the text.

    >>> placeholders_of("Sehr geehrte {{ Name }}, am {{Datum}} und {{Name}}")
    ('Name', 'Datum')
    """
    return tuple(dict.fromkeys(PLACEHOLDER.findall(text)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with values for its placeholders; one without a value stays a line to write on.

    Values are put in as they are: what looks like a placeholder within one is not filled again.
    """
    return PLACEHOLDER.sub(lambda found: values.get(found[1]) or "_" * 20, text)


def blocks_of(text: str) -> tuple[Block, ...]:
    """The text in blocks."""
    blocks: list[Block] = []
    lines: list[str] = []

    def end_paragraph() -> None:
        if lines:
            blocks.append(Block(BlockKind.PARAGRAPH, tuple(lines)))
            lines.clear()

    marks = {"# ": BlockKind.HEADING, "## ": BlockKind.SUBHEADING, "- ": BlockKind.POINT}
    for line in text.splitlines():
        mark = next((mark for mark in marks if line.startswith(mark)), "")
        if mark or not line.strip():
            end_paragraph()
        if mark:
            blocks.append(Block(marks[mark], (line.removeprefix(mark).strip(),)))
        elif line.strip():
            lines.append(line.strip())
    end_paragraph()
    return tuple(blocks)


def as_docx(title: str, text: str, language: str) -> bytes:
    """The text as a DOCX with real headings and lists, its language named."""
    body = "".join(_paragraph(block, language) for block in (Block(BlockKind.HEADING, (title,)), *blocks_of(text)))
    files = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONS,
        "docProps/core.xml": _CORE.format(title=_xml(title), language=_xml(language)),
        "word/_rels/document.xml.rels": _DOCUMENT_RELATIONS,
        "word/styles.xml": _STYLES.format(language=_xml(language)),
        "word/document.xml": _DOCUMENT.format(body=body),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, FIXED_DATE), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _paragraph(block: Block, language: str) -> str:
    style = {BlockKind.HEADING: "Heading1", BlockKind.SUBHEADING: "Heading2", BlockKind.POINT: "ListBullet"}
    named = f'<w:pStyle w:val="{style[block.kind]}"/>' if block.kind in style else ""
    turned = "<w:bidi/>" if language in RIGHT_TO_LEFT else ""
    run = "<w:rPr><w:rtl/></w:rPr>" if turned else ""
    prefix = "• " if block.kind is BlockKind.POINT else ""
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{_xml(prefix + line)}</w:t>' for line in block.lines)
    return f"<w:p><w:pPr>{named}{turned}</w:pPr><w:r>{run}{text}</w:r></w:p>"


def _xml(text: str) -> str:
    return escape(_FORBIDDEN.sub("", text), {'"': "&quot;"})


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="r2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_DOCUMENT_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/relationships/styles" Target="styles.xml"/></Relationships>'
)
_CORE = (
    _HEAD + f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:language>{language}</dc:language>'
    "</cp:coreProperties>"
)
_DOCUMENT = (
    _HEAD + f"<w:document {_WORD}>"
    '<w:body>{body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1417" w:right="1417" w:bottom="1134" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/>'
    "</w:sectPr></w:body></w:document>"
)


def _style(key: str, name: str, size: int, level: int | None = None) -> str:
    outline = f'<w:outlineLvl w:val="{level}"/>' if level is not None else '<w:ind w:left="360" w:hanging="200"/>'
    bold = "<w:b/>" if level is not None else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f'<w:pPr>{outline}</w:pPr><w:rPr>{bold}<w:sz w:val="{size}"/></w:rPr></w:style>'
    )


_STYLES = (
    _HEAD + f"<w:styles {_WORD}>"
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/>'
    '<w:lang w:val="{language}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160"/></w:pPr>'
    '</w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/></w:style>'
    + _style("Heading1", "heading 1", 32, 0)
    + _style("Heading2", "heading 2", 26, 1)
    + _style("ListBullet", "List Bullet", 22)
    + "</w:styles>"
)
