"""The container of old Office files: which streams it holds, and the cells of an XLS before it is read.

Layout after [MS-CFB] and [MS-XLS]. Excel wraps an encrypted XLSX in such a container, too.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from kimwerk.kernel.sheets.refusals import FileRefused, Refusal
from kimwerk.kernel.sheets.sizing import SheetSize

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA
"""Sector numbers from here on are marks (end of chain, free), not sectors."""
_ENTRY = 128
_CELL_RECORDS = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x00BD})
_MULTIPLE_NUMBERS = 0x00BD
_BEGIN, _FILE_PASSWORD, _DATE_SYSTEM = 0x0809, 0x002F, 0x0022
_SHARED_TEXTS, _CONTINUED, _SHARED_TEXT_CELL = 0x00FC, 0x003C, 0x00FD


@dataclass(frozen=True, slots=True)
class _Stream:
    name: str
    start: int
    size: int


class Compound:
    """A compound file in memory. Raises FileRefused(BROKEN) when its chains do not hold together."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._read_header()
            self.streams = {stream.name: stream for stream in self._directory()}
        except (struct.error, IndexError, UnicodeDecodeError, OverflowError) as error:
            raise FileRefused(Refusal.BROKEN, "ole") from error

    def __contains__(self, name: str) -> bool:
        return name in self.streams

    def _read_header(self) -> None:
        data = self._data
        shift, small_shift = struct.unpack_from("<2H", data, 30)
        if shift not in {9, 12} or small_shift != 6:
            raise FileRefused(Refusal.BROKEN, "ole")
        self._sector: int = 1 << shift
        self._directory_start, _, self._cutoff, self._small_start = struct.unpack_from("<I4sII", data, 48)
        table_sectors = [number for number in struct.unpack_from("<109I", data, 76) if number < _END]
        (following, count) = struct.unpack_from("<2I", data, 68)
        per_sector = self._sector // 4 - 1
        for _ in range(min(count, len(data) // self._sector)):
            if following >= _END:
                break
            *numbers, following = struct.unpack_from(f"<{per_sector + 1}I", data, self._offset(following))
            table_sectors += [number for number in numbers if number < _END]
        self._table: list[int] = []
        for number in table_sectors[: len(data) // self._sector + 1]:
            self._table += struct.unpack_from(f"<{self._sector // 4}I", data, self._offset(number))

    def _offset(self, number: int) -> int:
        return (number + 1) * self._sector

    def _chain(self, start: int) -> Iterator[int]:
        for _ in range(len(self._data) // self._sector + 1):
            if start >= _END:
                return
            yield start
            start = self._table[start]
        raise FileRefused(Refusal.BROKEN, "ole")

    def _content(self, start: int) -> bytes:
        offsets = (self._offset(number) for number in self._chain(start))
        return b"".join(self._data[offset : offset + self._sector] for offset in offsets)

    def _directory(self) -> Iterator[_Stream]:
        directory = self._content(self._directory_start)
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            name = directory[at : at + min(64, max(0, length - 2))].decode("utf-16-le")
            if kind == 5:
                self._small_content = start
            elif kind == 2:
                yield _Stream(name, start, size)

    def read(self, name: str) -> bytes:
        """The bytes of a stream."""
        stream = self.streams[name]
        try:
            if stream.size >= self._cutoff:
                return self._content(stream.start)[: stream.size]
            return self._read_small(stream)
        except (struct.error, IndexError, AttributeError) as error:
            raise FileRefused(Refusal.BROKEN, "ole") from error

    def _read_small(self, stream: _Stream) -> bytes:
        content = self._content(self._small_content)
        small_table = self._content(self._small_start)
        number, found = stream.start, b""
        for _ in range(len(content) // 64 + 1):
            if number >= _END:
                break
            found += content[number * 64 : number * 64 + 64]
            (number,) = struct.unpack_from("<I", small_table, number * 4)
        return found[: stream.size]


@dataclass(frozen=True, slots=True)
class OldWorkbook:
    """What an XLS says about itself: its date system, and the size of each sheet in order."""

    is_1904: bool
    sizes: tuple[SheetSize, ...]


def look_into_xls(book: bytes) -> OldWorkbook:
    """Read the records of a workbook stream. Raises FileRefused for a password."""
    is_1904, sizes = False, list[SheetSize]()
    shared: list[int] = []
    records = list(_records(book))
    for number, (kind, at, length) in enumerate(records):
        if kind == _BEGIN:
            sizes.append(SheetSize())
        elif kind == _FILE_PASSWORD:
            raise FileRefused(Refusal.PASSWORD)
        elif kind == _DATE_SYSTEM and length >= 2:
            is_1904 = book[at] == 1
        elif kind == _SHARED_TEXTS:
            shared = _SharedTexts(book, records, number).lengths()
        elif kind in _CELL_RECORDS and length >= 6 and sizes:
            row, column = struct.unpack_from("<2H", book, at)
            if kind == _MULTIPLE_NUMBERS:
                (column,) = struct.unpack_from("<H", book, at + length - 2)
            sizes[-1].height = max(sizes[-1].height, row + 1)
            sizes[-1].width = max(sizes[-1].width, column + 1)
            if kind == _SHARED_TEXT_CELL and length >= 10:
                (text,) = struct.unpack_from("<I", book, at + 6)
                sizes[-1].text += shared[text] if text < len(shared) else 0
    return OldWorkbook(is_1904, tuple(sizes[1:]))


def _records(book: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, offset and length of each record's content."""
    at = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<2H", book, at)
        if at + 4 + length > len(book):
            return
        yield kind, at + 4, length
        at += 4 + length


class _SharedTexts:
    """The table of shared texts, which runs on over records that continue it; only lengths are of interest."""

    def __init__(self, book: bytes, records: list[tuple[int, int, int]], number: int) -> None:
        self._book = book
        self._following = iter(records[number + 1 :])
        _, self._at, length = records[number]
        self._end = self._at + length

    def lengths(self) -> list[int]:
        """Characters of each text. What is damaged ends the list: the reader stumbles over it just so."""
        lengths: list[int] = []
        try:
            (count,) = struct.unpack("<4xI", self._take(8))
            for _ in range(count):
                lengths.append(self._text())
        except (struct.error, StopIteration):
            pass
        return lengths

    def _text(self) -> int:
        length, flags = struct.unpack("<HB", self._take(3))
        runs = struct.unpack("<H", self._take(2))[0] if flags & 0x08 else 0
        extension = struct.unpack("<I", self._take(4))[0] if flags & 0x04 else 0
        self._skip_characters(length, 1 + (flags & 1))
        self._skip(4 * runs + extension)
        return int(length)

    def _continue(self) -> None:
        kind, self._at, length = next(self._following)
        if kind != _CONTINUED:
            raise StopIteration
        self._end = self._at + length

    def _take(self, size: int) -> bytes:
        if self._at >= self._end:
            self._continue()
        taken = self._book[self._at : min(self._at + size, self._end)]
        self._at += size
        return taken

    def _skip_characters(self, left: int, width: int) -> None:
        """Characters may go on in the next record, which begins by saying how wide they are there."""
        while left:
            if self._at >= self._end:
                self._continue()
                width = 1 + (self._book[self._at] & 1)
                self._at += 1
            here = min(left, (self._end - self._at) // width)
            if not here:
                raise StopIteration
            self._at += here * width
            left -= here

    def _skip(self, size: int) -> None:
        while size:
            if self._at >= self._end:
                self._continue()
            here = min(size, self._end - self._at)
            self._at += here
            size -= here
