"""How large a sheet will be once it is read, found out from its XML before anything is laid out in memory.

A few hundred bytes can describe a rectangle of billions of cells or repeat one long text a million times.
The quick look costs a tenth of reading; only what it cannot vouch for is counted cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from kimwerk.kernel.sheets.refusals import FileRefused, Limits, Refusal

_LONGEST_TAG = 4 * 1024 * 1024
_FAR = re.compile(rb'="(?:[A-Z]{2,}\d|[A-Z]?(?:[2-9]\d{5}|\d{7,})")')
_UNUSUAL = (
    b"<c\t",
    b"<c\r",
    b"<c\n",
    b"<row\t",
    b"<row\r",
    b"<row\n",
    b":row",
    b":c ",
    b":c>",
    b" t='",
)
_REFERENCE = re.compile(r"([A-Z]{1,4})(\d{1,9})")
COLUMNS_OF_A_QUICK_LOOK = 26
ROWS_OF_A_QUICK_LOOK = 200_000

Errors = dict[int, dict[int, str]]
"""Error values such as "#REF!" by row and column, both from 0."""


@dataclass(slots=True)
class SheetSize:
    """The rectangle from the first cell to the last one that holds something, and its text in characters."""

    height: int = 0
    width: int = 0
    text: int = 0
    errors: Errors = field(default_factory=dict)

    def check(self, limits: Limits) -> None:
        """Raise FileRefused when the sheet is beyond a limit."""
        if self.height > limits.rows:
            raise FileRefused(Refusal.TOO_MANY_ROWS, str(limits.rows))
        if self.width > limits.columns:
            raise FileRefused(Refusal.TOO_MANY_COLUMNS, str(limits.columns))
        if self.height * self.width > limits.cells or self.text > limits.text:
            raise FileRefused(Refusal.TOO_MANY_CELLS, str(limits.cells))


def whole_tags(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut behind a ">" so that no tag is torn."""
    rest = b""
    for piece in pieces:
        rest += piece
        end = rest.rfind(b">") + 1
        if end:
            yield rest[:end]
            rest = rest[end:]
        elif len(rest) > _LONGEST_TAG:
            raise FileRefused(Refusal.BROKEN)
    if rest.strip():
        raise FileRefused(Refusal.BROKEN)


@dataclass(slots=True)
class QuickLook:
    """`is_small`: surely within the limits; if not, it must be counted. `has_errors`: some cell is an error."""

    is_small: bool = True
    has_errors: bool = False


def look_quickly(pieces: Iterable[bytes], longest_text: int, limits: Limits) -> QuickLook:
    """Look whether every cell of a worksheet is named, none is far out, and shared texts are few or short."""
    look = QuickLook()
    cells, shared = 0, 0
    for piece in whole_tags(pieces):
        named, rows = piece.count(b'<c r="'), piece.count(b'<row r="')
        if (
            named != piece.count(b"<c ") + piece.count(b"<c>")
            or rows != piece.count(b"<row ") + piece.count(b"<row>")
            or any(mark in piece for mark in _UNUSUAL)
            or _FAR.search(piece)
        ):
            return QuickLook(is_small=False)
        cells += named
        shared += piece.count(b't="s"')
        look.has_errors = look.has_errors or b't="e"' in piece
    is_bounded = limits.columns >= COLUMNS_OF_A_QUICK_LOOK and limits.rows >= ROWS_OF_A_QUICK_LOOK
    look.is_small = is_bounded and cells <= limits.cells and shared * longest_text <= limits.text
    return look


_ERROR = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]*t="e"[^<>]*>(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?<v>([^<]{1,20})</v>'
)


def find_errors(pieces: Iterable[bytes]) -> Errors:
    """The error values of a worksheet that a quick look was enough for."""
    errors: Errors = {}
    rest = b""
    for piece in pieces:
        rest += piece
        end = rest.rfind(b"</c>")
        for found in _ERROR.finditer(rest, 0, max(0, end)):
            column, row = column_number(found[1].decode()), int(found[2]) - 1
            errors.setdefault(row, {})[column] = found[3].decode(errors="replace")
        rest = rest[max(0, end) :]
    return errors


def parse_xml(pieces: Iterable[bytes], parser: expat.XMLParserType) -> None:
    """Feed a parser. A document type, and with it every own entity, is refused."""

    def refuse(*_: object) -> None:
        raise FileRefused(Refusal.BROKEN, "doctype")

    parser.StartDoctypeDeclHandler = refuse
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError) as error:  # the latter for an encoding nobody knows
        raise FileRefused(Refusal.BROKEN, "xml") from error


def shared_text_lengths(pieces: Iterable[bytes]) -> list[int]:
    """The length of every shared text of a workbook, in characters, by its number."""
    lengths: list[int] = []

    def start(name: str, _: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            lengths.append(0)

    def characters(data: str) -> None:
        if lengths:
            lengths[-1] += len(data)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.CharacterDataHandler = characters
    parse_xml(pieces, parser)
    return lengths


def longest_shared_text(pieces: Iterable[bytes]) -> int:
    """At least the length of the longest shared text, in bytes; quick, and never too little."""
    longest, carried = 0, 0
    for piece in pieces:
        parts = piece.split(b"</si>")
        longest = max(longest, carried + len(parts[0]), *map(len, parts[1:]), 0)
        carried = len(parts[-1]) + (carried if len(parts) == 1 else 0) + len(b"</si>")
    return longest


class WorksheetCount:
    """Counts one worksheet of a workbook cell by cell."""

    def __init__(self, shared: list[int]) -> None:
        self.size = SheetSize()
        self._shared = shared
        self._row = -1
        self._column = -1
        self._kind = ""
        self._collects = False
        self._value = ""

    def count(self, pieces: Iterable[bytes]) -> SheetSize:
        """The exact size; empty cells that are only formatted do not count."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parse_xml(pieces, parser)
        return self.size

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._place(attributes.get("r"))
            self._kind, self._value = attributes.get("t", ""), ""
        elif tag in {"v", "t"}:
            self._collects = True
        elif tag == "row":
            self._row = _row_number(attributes.get("r", ""), self._row + 2) - 1
            self._column = -1

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
            return
        found = _REFERENCE.fullmatch(reference)
        if not found:
            raise FileRefused(Refusal.BROKEN, "xml")
        self._row, self._column = int(found[2]) - 1, column_number(found[1])

    def _characters(self, data: str) -> None:
        if self._collects:
            self._value += data

    def _end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c" and self._value:
            self._count_cell()
        elif tag in {"v", "t"}:
            self._collects = False

    def _count_cell(self) -> None:
        size = self.size
        size.height = max(size.height, self._row + 1)
        size.width = max(size.width, self._column + 1)
        if self._kind == "s":
            number = int(self._value) if self._value.isdecimal() and len(self._value) < 10 else -1
            if not 0 <= number < len(self._shared):
                raise FileRefused(Refusal.BROKEN, "xml")
            size.text += self._shared[number]
        elif self._kind == "e":
            size.errors.setdefault(self._row, {})[self._column] = self._value


def _row_number(written: str, following: int) -> int:
    if not written:
        return following
    if not written.isdecimal() or len(written) > 9:
        raise FileRefused(Refusal.BROKEN, "xml")
    return int(written)


def column_number(letters: str) -> int:
    """ "A" is 0, "AA" is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


class OpenDocumentCount:
    """Counts the tables of an OpenDocument spreadsheet, whose rows and cells may be repeated by a number."""

    def __init__(self) -> None:
        self.sizes: list[SheetSize] = []
        self._rows = 0
        self._row_repeats = 1
        self._columns = 0
        self._width = 0
        self._cell_repeats = 1
        self._has_value = False
        self._row_text = 0
        self._cell_text = 0
        self._in_cell = False

    def count(self, pieces: Iterable[bytes]) -> list[SheetSize]:
        """The exact size of each table; empty repeats at the end do not count."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parse_xml(pieces, parser)
        return self.sizes

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in {"table:table-cell", "table:covered-table-cell"}:
            self._cell_repeats = _repeats(attributes, "table:number-columns-repeated")
            self._has_value = "office:value-type" in attributes
            self._cell_text, self._in_cell = 0, True
        elif name == "table:table-row":
            self._row_repeats = _repeats(attributes, "table:number-rows-repeated")
            self._columns = self._width = self._row_text = 0
        elif name == "table:table":
            self.sizes.append(SheetSize())
            self._rows = 0

    def _characters(self, data: str) -> None:
        if self._in_cell:
            self._cell_text += len(data)
            self._has_value = True

    def _end(self, name: str) -> None:
        if name in {"table:table-cell", "table:covered-table-cell"}:
            self._columns += self._cell_repeats
            self._row_text += self._cell_text * self._cell_repeats
            if self._has_value:
                self._width = self._columns
            self._in_cell = False
        elif name == "table:table-row" and self.sizes:
            self._rows += self._row_repeats
            if self._width:
                size = self.sizes[-1]
                size.height = self._rows
                size.width = max(size.width, self._width)
                size.text += self._row_text * self._row_repeats


def _repeats(attributes: dict[str, str], name: str) -> int:
    written = attributes.get(name, "1")
    if not written.isdecimal() or len(written) > 9:
        raise FileRefused(Refusal.BROKEN, "xml")
    return max(1, int(written))
