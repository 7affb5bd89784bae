"""The text of a paper from outside, DOCX or ODT, in the marks of a template's text.

Headings, points and paragraphs come along, and the cells of tables; pictures, notes and what was struck out do not.
A document type, and with it every entity, is refused before anything of the paper is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from kimwerk.documents.archives import part_of
from kimwerk.documents.types import DocumentsProblem, DocumentsRefused

MOST_SIGNS = 100_000
"""Characters of a text; the form of a version takes no more."""

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_SKIPPED = {f"{_TEXT}}}{name}" for name in ("tracked-changes", "note", "sequence-decls")} | {f"{_WORD}}}del"}
_PARAGRAPHS = {f"{_WORD}}}p", f"{_TEXT}}}p", f"{_TEXT}}}h"}
_ROWS = {f"{_WORD}}}tr", f"{_TABLE}}}table-row"}
_POINT, _HEADING, _SUBHEADING = "- ", "# ", "## "


def text_of(content: bytes) -> str:
    """The text of a paper. Raises DocumentsRefused for what is neither DOCX nor ODT, and for what is too large."""
    _name, part = part_of(content, "word/document.xml", "content.xml")
    reader = _Reader()
    try:
        reader.parser.Parse(part, True)
    except (expat.ExpatError, RecursionError) as error:
        raise DocumentsRefused(DocumentsProblem.NO_PAPER) from error
    text = reader.text
    if not text:
        raise DocumentsRefused(DocumentsProblem.NO_PAPER)
    if len(text) > MOST_SIGNS:
        raise DocumentsRefused(DocumentsProblem.PAPER_TOO_LARGE)
    return text


@dataclass
class _Reader:
    """Takes paragraphs down as they end; knows the elements of both kinds of papers."""

    lines: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    mark: str = ""
    outer: list[tuple[list[str], str]] = field(default_factory=list)
    is_heard: bool = False
    is_text: bool = False
    skipped: int = 0
    listed: int = 0
    within_row: int = 0

    def __post_init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    @property
    def text(self) -> str:
        """What was read; points stand together, everything else is parted by an empty line."""
        out: list[str] = []
        for line in self.lines:
            both_points = bool(out) and out[-1].startswith(_POINT) and line.startswith(_POINT)
            out.extend([line] if not out or both_points else ["", line])
        return "\n".join(out).strip()

    def _doctype(self, *_: object) -> None:
        raise DocumentsRefused(DocumentsProblem.NO_PAPER)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self.skipped or name in _SKIPPED:
            self.skipped += 1
            return
        space, _, word = name.rpartition("}")
        self.is_text = self.is_text or space == _TEXT
        if name in _ROWS:
            self.within_row += 1
        elif name in _PARAGRAPHS:
            self.outer.append((self.said, self.mark))
            self.said, self.is_heard = [], space == _TEXT
            self.mark = _POINT if self.listed else ""
            if word == "h":
                self.mark = _heading(attributes.get(f"{_TEXT}}}outline-level", "1"))
        elif space == _TEXT:
            self._open_text(word, attributes)
        elif space == _WORD:
            self._open_word(word, attributes.get(f"{_WORD}}}val", ""))

    def _open_text(self, word: str, attributes: dict[str, str]) -> None:
        match word:
            case "list":
                self.listed += 1
            case "s":
                self.said.append(" " * min(_number(attributes.get(f"{_TEXT}}}c", "1")), 20))
            case "tab":
                self.said.append(" ")
            case "line-break":
                self.said.append("\n")

    def _open_word(self, word: str, value: str) -> None:
        match word:
            case "t":
                self.is_heard = True
            case "tab":
                self.said.append(" ")
            case "br" | "cr":
                self.said.append("\n")
            case "numPr":
                self.mark = self.mark or _POINT
            case "pStyle" if value.lower().startswith(("heading", "berschrift", "überschrift", "title", "titel")):
                self.mark = _heading(value[-1])
            case "pStyle" if value.lower().startswith("list"):
                self.mark = _POINT

    def _characters(self, data: str) -> None:
        if self.is_heard and not self.skipped:
            self.said.append(" ".join(data.split("\n")) if "\n" in data else data)

    def _end(self, name: str) -> None:
        if self.skipped:
            self.skipped -= 1
        elif name == f"{_WORD}}}t":
            self.is_heard = False
        elif name == f"{_TEXT}}}list":
            self.listed -= 1
        elif name in _PARAGRAPHS:
            self._end_paragraph()
        elif name in _ROWS:
            self.within_row -= 1
            if not self.within_row and self.cells:
                self.lines.append(" | ".join(self.cells))
                self.cells = []

    def _end_paragraph(self) -> None:
        said = "".join(self.said).replace("\x00", "").removeprefix("• ").strip()
        if said and self.within_row:
            self.cells.append(" ".join(said.split()))
        elif said:
            self.lines.append(self.mark + (" ".join(said.split()) if self.mark else said))
        self.said, self.mark = self.outer.pop()
        self.is_heard = bool(self.outer) and self.is_text


def _heading(level: str) -> str:
    return _SUBHEADING if _number(level) > 2 else _HEADING  # the title itself has the first level


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 1
