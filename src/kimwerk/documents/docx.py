"""A text as DOCX, with real headings and lists, its language named.

For headings, paragraphs and lists that takes a page of code and no further package.
"""

from __future__ import annotations

from collections.abc import Sequence

from kimwerk.documents.archives import in_xml, packed
from kimwerk.documents.filling import RIGHT_TO_LEFT, Block, BlockKind, blocks_of


def as_docx(title: str, copies: Sequence[str], language: str) -> bytes:
    """The copies of a text, each on a new page under the title."""
    body = _NEW_PAGE.join(_copy(title, text, language) for text in copies)
    files = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONS,
        "docProps/core.xml": _CORE.format(title=in_xml(title), language=in_xml(language)),
        "word/_rels/document.xml.rels": _DOCUMENT_RELATIONS,
        "word/styles.xml": _STYLES.format(language=in_xml(language)),
        "word/document.xml": _DOCUMENT.format(body=body),
    }
    return packed(files)


def _copy(title: str, text: str, language: str) -> str:
    head = _paragraph(Block(BlockKind.HEADING, (title,)), language).replace('"Heading2"', '"Heading1"', 1)
    return head + "".join(_paragraph(block, language) for block in blocks_of(text))


def _paragraph(block: Block, language: str) -> str:
    named = f'<w:pStyle w:val="{_STYLE_OF[block.kind]}"/>' if block.kind in _STYLE_OF else ""
    turned = "<w:bidi/>" if language in RIGHT_TO_LEFT else ""
    run = "<w:rPr><w:rtl/></w:rPr>" if turned else ""
    prefix = "• " if block.kind is BlockKind.POINT else ""
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{in_xml(prefix + line)}</w:t>' for line in block.lines)
    return f"<w:p><w:pPr>{named}{turned}</w:pPr><w:r>{run}{text}</w:r></w:p>"


_STYLE_OF = {BlockKind.HEADING: "Heading2", BlockKind.SUBHEADING: "Heading3", BlockKind.POINT: "ListBullet"}
_NEW_PAGE = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
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
    + _style("Heading3", "heading 3", 22, 2)
    + _style("ListBullet", "List Bullet", 22)
    + "</w:styles>"
)
