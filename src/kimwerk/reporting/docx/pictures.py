"""Charts as pictures: drawn as SVG for programs of today, with the same as PNG for older ones."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kimwerk.reporting.docx.markup import xml
from kimwerk.ui.typesetting import FONTS, draw_pages

TEMPLATE = Path(__file__).with_name("charts.typ")
WIDTH = 5_760_000
"""The width of a chart, 16 cm in the unit of the format."""

_BOX = re.compile(r'viewBox="0 0 (\d+) (\d+)"')


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with both of its files."""

    number: int
    svg: bytes
    png: bytes
    alt: str
    title: str

    @property
    def height(self) -> int:
        """Its height at the width of all charts."""
        found = _BOX.search(self.svg.decode())
        return WIDTH * int(found[2]) // int(found[1]) if found else WIDTH // 2


def pictures_of(charts: Sequence[tuple[str, str, str]], *, fonts: Path = FONTS) -> tuple[Picture, ...]:
    """Charts as (SVG, alternative text, title) with their PNGs, all drawn in one go."""
    if not charts:
        return ()
    drawn = draw_pages(TEMPLATE, json.dumps({"charts": [svg for svg, _alt, _title in charts]}), fonts=fonts)
    return tuple(
        Picture(number, svg.encode(), png, alt, title)
        for number, ((svg, alt, title), png) in enumerate(zip(charts, drawn, strict=True), start=1)
    )


def picture_xml(picture: Picture) -> str:
    """The picture within a paragraph of its own, with its description."""
    number, size = picture.number, f'cx="{WIDTH}" cy="{picture.height}"'
    return (
        "<w:p><w:pPr><w:keepNext/></w:pPr><w:r><w:drawing>"
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="{xml(picture.title)}" descr="{xml(picture.alt)}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="chart{number}.png" descr="{xml(picture.alt)}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="png{number}"><a:extLst>'
        '<a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">'
        f'<asvg:svgBlip r:embed="svg{number}"/></a:ext></a:extLst></a:blip>'
        '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
