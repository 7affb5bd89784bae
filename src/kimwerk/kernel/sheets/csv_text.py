"""CSV as offices produce it: in any usual encoding and delimiter, with line breaks in cells; never run."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator

from kimwerk.kernel.sheets.refusals import FileRefused, Limits, Refusal
from kimwerk.kernel.sheets.sheet import Row

DELIMITERS = ";\t,|"
"""In the order in which they win when a file leaves it open; German Excel writes semicolons."""

LONGEST_CELL = 32_767
"""Characters of a cell, as in Excel. A longer one means that a quotation mark was never closed."""

_QUOTED = re.compile(r'"[^"]*"')
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SAMPLE_LINES = 50
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252, or of both. Raises FileRefused when it is none of them."""
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding.startswith("utf-16"):
            raise FileRefused(Refusal.ENCODING) from error
        text = _line_by_line(data).removeprefix("\ufeff")
    if "\0" in text:
        raise FileRefused(Refusal.NUL_CHARACTERS)
    return text


def _encoding(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    start = data[:2000]
    if start and start[1::2].count(0) > len(start) // 4:
        return "utf-16-le"
    if start and start[0::2].count(0) > len(start) // 4:
        return "utf-16-be"
    return "utf-8"


def _line_by_line(data: bytes) -> str:
    """Files that several people have added to hold lines in UTF-8 beside lines in Windows-1252."""
    try:
        return "".join(map(_line, data.splitlines(keepends=True)))
    except UnicodeDecodeError as error:
        raise FileRefused(Refusal.ENCODING) from error


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252")


def find_delimiter(text: str) -> str:
    """The delimiter that cuts the first lines into most columns of one and the same number."""
    if text[:4].lower() == "sep=" and text[4:5] not in {"", "\r", "\n"}:
        return text[4]
    bare = _QUOTED.sub("", text[:20_000])
    lines = [line for line in bare.splitlines() if line.strip()][:_SAMPLE_LINES]
    return max(DELIMITERS, key=lambda delimiter: (_fitness(lines, delimiter), -DELIMITERS.index(delimiter)))


def _fitness(lines: list[str], delimiter: str) -> int:
    """Lines times columns for the most frequent number of columns; 0 when nothing is cut."""
    counts = Counter(line.count(delimiter) for line in lines)
    counts.pop(0, None)
    return max((cuts * lines_cut for cuts, lines_cut in counts.items()), default=0)


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends, one by one: a file object over the text would hold it four times over."""
    return (found[0] for found in _LINE.finditer(text))


class CsvTable:
    """The rows of a CSV text, read anew each time they are asked for; every cell is text or None."""

    def __init__(self, text: str, limits: Limits) -> None:
        self._text = text
        self._limits = limits
        self._delimiter = find_delimiter(text)
        self._skips_first = text[:4].lower() == "sep="
        self.height, self.width = self._measure()

    def _measure(self) -> tuple[int, int]:
        height, width = 0, 0
        for number, cells in enumerate(self._records(), start=1):
            last = max((at for at, cell in enumerate(cells, start=1) if cell and not cell.isspace()), default=0)
            if last:
                height, width = number, max(width, last)
            if height > self._limits.rows:
                raise FileRefused(Refusal.TOO_MANY_ROWS, str(self._limits.rows))
            if width > self._limits.columns:
                raise FileRefused(Refusal.TOO_MANY_COLUMNS, str(self._limits.columns))
        return height, width

    def _records(self) -> Iterator[list[str]]:
        reader = csv.reader(_lines(self._text), delimiter=self._delimiter)
        try:
            for cells in reader:
                if any(len(cell) > LONGEST_CELL for cell in cells):
                    raise FileRefused(Refusal.BROKEN, str(reader.line_num))
                yield [] if self._skips_first and reader.line_num == 1 else cells
        except csv.Error as error:
            raise FileRefused(Refusal.BROKEN, str(reader.line_num)) from error

    def rows(self) -> Iterator[Row]:
        """Each row with the same number of cells, as far as the last row that holds something."""
        width = self.width
        for number, cells in enumerate(self._records(), start=1):
            if number > self.height:
                return
            row: Row = [cell or None for cell in cells[:width]]
            yield row + [None] * (width - len(row))
