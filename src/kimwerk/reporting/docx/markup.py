"""WordprocessingML in small pieces: runs, paragraphs, cells. Plain strings in, plain strings out."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML may hold."""

TEXT_WIDTH, LYING_WIDTH = 9070, 14002
"""Twentieths of a point between the margins of an A4 page, upright and lying."""


def xml(text: str) -> str:
    """A text as it may stand in XML, in attributes too."""
    return escape(_FORBIDDEN.sub("", text), {'"': "&quot;"})


def run(text: str, *, is_bold: bool = False, style: str = "") -> str:
    """A stretch of text in one look."""
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    bold = "<w:b/>" if is_bold else ""
    look = f"<w:rPr>{named}{bold}</w:rPr>" if named or bold else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{xml(text)}</w:t></w:r>'


def paragraph(content: str, style: str = "", *, is_right: bool = False, keeps_next: bool = False) -> str:
    """A paragraph of finished runs."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    together = "<w:keepNext/>" if keeps_next else ""
    side = '<w:jc w:val="right"/>' if is_right else ""
    facts = f"<w:pPr>{named}{together}{side}</w:pPr>" if named or together or side else ""
    return f"<w:p>{facts}{content}</w:p>"


def text_paragraph(text: str, style: str = "") -> str:
    """A paragraph of one text."""
    return paragraph(run(text), style)


def ends_section(section: str) -> str:
    """An empty paragraph at which a section ends, with what its pages are like."""
    return f"<w:p><w:pPr>{section}</w:pPr></w:p>"


def field(instruction: str, shown: str = "") -> str:
    """A field that the word processor works out, such as the number of the page."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {xml(instruction)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def bookmark(content: str, name: str, number: int) -> str:
    """Runs that can be linked to."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def link(text: str, anchor: str) -> str:
    """A link to a bookmark of the document."""
    return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{run(text)}</w:hyperlink>'
