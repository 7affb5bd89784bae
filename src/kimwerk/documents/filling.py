"""Text with placeholders, and the blocks it consists of. Plain values; knows no database.

A line that begins with "# " or "## " is a heading, one with "- " a point of a list, an empty line parts paragraphs.
`{{name}}` is a placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

PLACEHOLDER = re.compile(r"\{\{\s*([^{}\s][^{}]{0,58}?)\s*\}\}")
RIGHT_TO_LEFT = ("ar", "fa")


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
