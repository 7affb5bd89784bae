"""A text as OpenDocument Text 1.3 (ODT), with real headings and lists, its language named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from kimwerk.documents.archives import in_xml, packed
from kimwerk.documents.filling import RIGHT_TO_LEFT, Block, BlockKind, blocks_of

ODT = "application/vnd.oasis.opendocument.text"
_LEVELS = {BlockKind.HEADING: 2, BlockKind.SUBHEADING: 3}


def as_odt(title: str, copies: Sequence[str], language: str) -> bytes:
    """The copies of a text, each on a new page under the title."""
    body = "".join(_copy(title, text, is_first=number == 0) for number, text in enumerate(copies))
    tongue, _, place = language.partition("-")
    country = place if len(place) == 2 else "none"  # the length of a country's code
    turned = "rl-tb" if language in RIGHT_TO_LEFT else "lr-tb"
    parts = {
        "META-INF/manifest.xml": _MANIFEST,
        "meta.xml": _META.format(title=in_xml(title), language=in_xml(language)),
        "styles.xml": _STYLES.format(language=in_xml(tongue), country=in_xml(country), turned=turned),
        "content.xml": _CONTENT.format(body=body),
    }
    return packed(parts, kind=ODT)


def _copy(title: str, text: str, *, is_first: bool) -> str:
    style = "Heading_20_1" if is_first else "NewPage"
    head = f'<text:h text:style-name="{style}" text:outline-level="1">{_line(title)}</text:h>'
    return head + "".join(_written(blocks_of(text)))


def _written(blocks: Sequence[Block]) -> Iterator[str]:
    for is_list, found in groupby(blocks, lambda block: block.kind is BlockKind.POINT):
        if is_list:
            points = "".join(
                f'<text:list-item><text:p text:style-name="List">{_line(block.lines[0])}</text:p></text:list-item>'
                for block in found
            )
            yield f'<text:list text:style-name="Points">{points}</text:list>'
        else:
            yield from map(_block, found)


def _block(block: Block) -> str:
    lines = "<text:line-break/>".join(map(_line, block.lines))
    level = _LEVELS.get(block.kind)
    if level is None:
        return f'<text:p text:style-name="Standard">{lines}</text:p>'
    return f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{lines}</text:h>'


def _line(text: str) -> str:
    """A line whose repeated spaces stay: OpenDocument folds them otherwise."""
    return in_xml(text).replace("  ", " <text:s/>")


_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = (
    f'xmlns:office="{_OASIS}:office:1.0" xmlns:text="{_OASIS}:text:1.0" xmlns:style="{_OASIS}:style:1.0" '
    f'xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0" xmlns:meta="{_OASIS}:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
)
_MANIFEST = (
    f'{_HEAD}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{ODT}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_META = (
    f"{_HEAD}<office:document-meta {_NAMES}><office:meta><dc:title>{{title}}</dc:title>"
    "<dc:language>{language}</dc:language></office:meta></office:document-meta>"
)


def _heading(level: int, points: int) -> str:
    return (
        f'<style:style style:name="Heading_20_{level}" style:display-name="Heading {level}" style:family="paragraph" '
        f'style:parent-style-name="Standard" style:default-outline-level="{level}"><style:paragraph-properties '
        f'fo:keep-with-next="always" fo:margin-top="4mm"/><style:text-properties fo:font-size="{points}pt" '
        'fo:font-weight="bold"/></style:style>'
    )


_STYLES = (
    f"{_HEAD}<office:document-styles {_NAMES}><office:styles>"
    '<style:default-style style:family="paragraph"><style:paragraph-properties style:writing-mode="{turned}"/>'
    '<style:text-properties fo:font-family="Arial" fo:font-size="11pt" fo:language="{language}" '
    'fo:country="{country}"/></style:default-style>'
    '<style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties '
    'fo:margin-bottom="3mm"/></style:style>'
    '<style:style style:name="List" style:family="paragraph" style:parent-style-name="Standard"/>'
    + _heading(1, 16)
    + _heading(2, 13)
    + _heading(3, 11)
    + '<text:list-style style:name="Points"><text:list-level-style-bullet text:level="1" text:bullet-char="•">'
    '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
    '<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-5mm" fo:margin-left="8mm"/>'
    "</style:list-level-properties></text:list-level-style-bullet></text:list-style></office:styles>"
    '<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties '
    'fo:page-width="210mm" fo:page-height="297mm" fo:margin="25mm"/></style:page-layout></office:automatic-styles>'
    '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"/>'
    "</office:master-styles>"
    "</office:document-styles>"
)
_CONTENT = (
    f"{_HEAD}<office:document-content {_NAMES}><office:automatic-styles>"
    '<style:style style:name="NewPage" style:family="paragraph" style:parent-style-name="Heading_20_1">'
    '<style:paragraph-properties fo:break-before="page"/></style:style></office:automatic-styles>'
    "<office:body><office:text>{body}</office:text></office:body></office:document-content>"
)
