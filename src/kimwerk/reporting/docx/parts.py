"""The fixed parts of a DOCX: content types, relations, styles, numbering, header and footer."""

from __future__ import annotations

from collections.abc import Sequence

from kimwerk.reporting.document import DEEPEST
from kimwerk.reporting.docx.markup import field, paragraph, run, xml
from kimwerk.reporting.docx.pictures import Picture

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
WORD = (
    f'xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
)


def _section(size: str) -> str:
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="header"/>'
        f'<w:footerReference w:type="default" r:id="footer"/><w:pgSz {size}/>'
        '<w:pgMar w:top="1588" w:right="1418" w:bottom="1361" w:left="1418"'
        ' w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
    )


SECTION = _section('w:w="11906" w:h="16838"')
LYING_SECTION = _section('w:w="16838" w:h="11906" w:orient="landscape"')
"""What the pages of a section are like; it stands at the section's end."""
SIZES = (32, 26, 22, 21, 21)
"""Half points of the headings, from chapters down."""

CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="png" ContentType="image/png"/><Default Extension="svg" ContentType="image/svg+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_TYPE}.numbering+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_TYPE}.settings+xml"/>'
    f'<Override PartName="/word/header.xml" ContentType="{_TYPE}.header+xml"/>'
    f'<Override PartName="/word/footer.xml" ContentType="{_TYPE}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
RELATIONS = (
    f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="r2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
SETTINGS = (
    f'{HEAD}<w:settings xmlns:w="{_MAIN}"><w:themeFontLang w:val="de-DE"/><w:compat><w:compatSetting'
    ' w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)


def relations_of(pictures: Sequence[Picture]) -> str:
    """What the document refers to."""
    fixed = ("styles", "numbering", "settings", "header", "footer")
    listed = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/relationships/{name}" Target="{name}.xml"/>' for name in fixed
    )
    images = "".join(
        f'<Relationship Id="{kind}{each.number}" Type="{_OFFICE}/relationships/image"'
        f' Target="media/chart{each.number}.{kind}"/>'
        for each in pictures
        for kind in ("png", "svg")
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}{images}</Relationships>'


def core(title: str, organisation: str, language: str, made_at: str) -> str:
    """Title, author and language of the file."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{xml(title)}</dc:title><dc:creator>{xml(organisation)}</dc:creator>"
        f"<dc:language>{xml(language)}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{made_at}</dcterms:created></cp:coreProperties>'
    )


def header(title: str, state: str) -> str:
    """What stands above each page."""
    tab = "<w:r><w:tab/></w:r>"
    return f"{HEAD}<w:hdr {WORD}>{paragraph(run(title) + tab + run(state), 'Rim')}</w:hdr>"


def footer(organisation: str, page: str, of: str) -> str:
    """What stands below each page: whose report it is, and the number of the page."""
    tab = "<w:r><w:tab/></w:r>"
    content = run(organisation) + tab + run(f"{page} ") + field("PAGE", "1") + run(f" {of} ") + field("NUMPAGES", "1")
    return f"{HEAD}<w:ftr {WORD}>{paragraph(content, 'Rim')}</w:ftr>"


def numbering() -> str:
    """Headings numbered by the word processor, so that they follow when sections move; and bullets."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="Heading{level + 1}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{".".join(f"%{each}" for each in range(1, level + 2))}"/></w:lvl>'
        for level in range(DEEPEST)
    )
    bullet = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/>'
        '<w:pPr><w:ind w:left="360" w:hanging="240"/></w:pPr></w:lvl>'
    )
    return (
        f'{HEAD}<w:numbering xmlns:w="{_MAIN}">'
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="hybridMultilevel"/>{bullet}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>'
    )


def styles(language: str) -> str:
    """Few styles with the names that word processors know."""
    return (
        f'{HEAD}<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Noto Sans" w:hAnsi="Noto Sans" w:cs="Noto Sans"/><w:sz w:val="21"/>'
        f'<w:lang w:val="{language}" w:eastAsia="{language}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="140" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        + "".join(_heading(level, size) for level, size in enumerate(SIZES, start=1))
        + _style("Title", "Title", '<w:spacing w:after="80"/>', '<w:b/><w:sz w:val="48"/>')
        + _style("Subtitle", "Subtitle", "", '<w:color w:val="56606C"/><w:sz w:val="26"/>')
        + _style("TOCHeading", "TOC Heading", "<w:keepNext/>", '<w:b/><w:sz w:val="28"/>')
        + _style("TOC1", "toc 1", '<w:spacing w:after="60"/>', "<w:b/>")
        + _style("TOC2", "toc 2", '<w:spacing w:after="60"/><w:ind w:left="360"/>', "")
        + _style("ListBullet", "List Bullet", '<w:numPr><w:numId w:val="2"/></w:numPr>', "")
        + _style("Caption", "caption", '<w:keepNext/><w:spacing w:before="280"/>', '<w:b/><w:color w:val="004590"/>')
        + _style("Note", "Note", '<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="9A3412"/></w:pBdr>', "")
        + _style("Facts", "Facts", '<w:spacing w:after="40"/>', '<w:color w:val="56606C"/><w:sz w:val="17"/>')
        + _style(
            "TableText", "Table Text", '<w:spacing w:after="20" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="18"/>'
        )
        + _style("Rim", "Rim", '<w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs>', '<w:sz w:val="16"/>')
        + '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
        '<w:style w:type="table" w:styleId="ReportTable"><w:name w:val="Report Table"/><w:basedOn w:val="TableNormal"/>'
        '<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:color="1C2430"/>'
        '<w:bottom w:val="single" w:sz="8" w:color="1C2430"/><w:insideH w:val="single" w:sz="4" w:color="C9CED6"/>'
        '</w:tblBorders><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style></w:styles>"
    )


def _heading(level: int, size: int) -> str:
    facts = (
        f'<w:keepNext/><w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>'
        f'<w:spacing w:before="320" w:after="120"/><w:outlineLvl w:val="{level - 1}"/>'
    )
    return _style(f"Heading{level}", f"heading {level}", facts, f'<w:b/><w:sz w:val="{size}"/>')


def _style(key: str, name: str, facts: str, look: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="Normal"/><w:qFormat/><w:pPr>{facts}</w:pPr><w:rPr>{look}</w:rPr></w:style>'
    )
