"""Marks the first cell of each table row as the heading of that row.

The typesetter marks headings of columns only: its function for headings of rows is not offered by
the Python binding yet (typst 0.15, feature "a11y-extras"). A cross table cannot be understood by
ear without them, so they are written into the finished file: structure elements are plain
objects there, and every change keeps its length, so that no position in the file moves.
"""

from __future__ import annotations

import re

_ROW = re.compile(rb"^<</Type/StructElem/S/TR/P \d+ 0 R/K\[(\d+) 0 R", re.MULTILINE)
_CELL = re.compile(
    rb"^(?P<id>\d+) 0 obj\n<</Type/StructElem/S/TD/P \d+ 0 R/A\[<</O/Table(?P<headers>/Headers\[[^\]]*\])",
    re.MULTILINE,
)
_SCOPE = b"/Scope/Row"


class RowHeadingsError(ValueError):
    """The file is not written as expected, so that its row headings could not be marked."""


def mark_row_heads(pdf: bytes, expected: int) -> bytes:
    """The same file with `expected` row headings (Scope Row); RowHeadingsError if it holds another number.

    The lists of headings that cells carry name columns only and would hide the rows, so they are
    blanked: the scopes of both kinds of headings then say it all (ISO 32000-1, 14.8.4.3.4).
    """
    first = set(_ROW.findall(pdf))
    marked = bytearray(pdf)
    count = 0
    for cell in _CELL.finditer(pdf):
        start, end = cell.span("headers")
        is_head = cell["id"] in first
        marked[start:end] = (_SCOPE if is_head else b"").ljust(end - start)
        if is_head:
            letter = pdf.index(b"/S/TD", cell.start()) + len(b"/S/T")
            marked[letter : letter + 1] = b"H"
            count += 1
    if count != expected:
        raise RowHeadingsError(f"{count} of {expected} row headings marked")
    return bytes(marked)
