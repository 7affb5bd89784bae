"""The texts of a report: a blank line ends a paragraph, "- " begins an item of a list, and that is all.

Everything else is printed as it was typed; nothing in a text can become markup of a page or a paper.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from kimwerk.reporting.document import BulletList, Paragraph

_ITEM = re.compile(r"[-•][ \t]+")
_BLANKS = re.compile(r"\s+")
_UNPRINTED = {"Cc", "Cs", "Co", "Cn"}
_DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def blocks_of(text: str) -> tuple[Paragraph | BulletList, ...]:
    """The paragraphs and lists of a text, in order. Lines within a paragraph flow together."""
    return tuple(block for stretch in _stretches(clean(text)) for block in _blocks(stretch))


def clean(text: str) -> str:
    """The text with uniform line ends and without characters that do not print or turn the writing."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (letter for letter in unified if letter == "\n" or _prints(letter))
    return "\n".join(line.rstrip() for line in "".join(kept).split("\n")).strip("\n")


def _prints(letter: str) -> bool:
    return letter not in _DIRECTIONS and unicodedata.category(letter) not in _UNPRINTED


def _stretches(text: str) -> Iterator[list[str]]:
    """Lines without a blank one between them."""
    for is_blank, lines in groupby(text.split("\n"), key=lambda line: not line.strip()):
        if not is_blank:
            yield list(lines)


def _blocks(lines: list[str]) -> Iterator[Paragraph | BulletList]:
    items: list[str] = []
    words: list[str] = []
    for line in lines:
        stripped = line.strip()
        item = _ITEM.match(stripped)
        if item and stripped[item.end() :].strip():
            if words:
                yield Paragraph(_flowing(words))
                words = []
            items.append(stripped[item.end() :])
        elif items:
            items[-1] += f" {stripped}"
        else:
            words.append(stripped)
    if words:
        yield Paragraph(_flowing(words))
    if items:
        yield BulletList(tuple(_flowing([item]) for item in items))


def _flowing(lines: list[str]) -> str:
    return _BLANKS.sub(" ", " ".join(lines)).strip()
