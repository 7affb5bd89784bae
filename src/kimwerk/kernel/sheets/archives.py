"""Zip archives, taken apart with care: nothing is unpacked beyond the limits, whatever the directory says."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from kimwerk.kernel.sheets.refusals import RATIO_COUNTS_FROM, FileRefused, Limits, Refusal

_ENCRYPTED = 0x1
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_DIRECTORY_ENTRY = struct.Struct("<4s6H3I5H2I")
_END_OF_DIRECTORY = struct.Struct("<4s4H2IH")
_UTF8_NAME = 0x800
_PACKED_STEP = 64 * 1024
_UNPACKED_STEP = 1024 * 1024
_DAMAGE = (zipfile.BadZipFile, struct.error, NotImplementedError, UnicodeDecodeError, ValueError, IndexError)


class Archive:
    """A zip archive in memory whose directory was checked; parts are unpacked as streams, and capped."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._limits = limits
        self._unpacked = 0
        try:
            with zipfile.ZipFile(BytesIO(data)) as directory:
                self._parts = {info.filename: info for info in directory.infolist()}
                count = len(directory.infolist())
        except _DAMAGE as error:
            raise FileRefused(Refusal.BROKEN, "zip") from error
        if count != len(self._parts):
            raise FileRefused(Refusal.BROKEN, "zip")
        self._check_directory()

    def _check_directory(self) -> None:
        limits = self._limits
        if len(self._parts) > limits.parts:
            raise FileRefused(Refusal.ZIP_BOMB)
        if any(part.flag_bits & _ENCRYPTED for part in self._parts.values()):
            raise FileRefused(Refusal.PASSWORD)
        if sum(part.file_size for part in self._parts.values()) > limits.unpacked:
            raise FileRefused(Refusal.ZIP_BOMB)
        for name, part in self._parts.items():
            if part.file_size > RATIO_COUNTS_FROM and part.file_size > limits.ratio * part.compress_size:
                raise FileRefused(Refusal.ZIP_BOMB, name)

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def names(self) -> list[str]:
        """The names of all parts, in the order of the directory."""
        return list(self._parts)

    def read(self, name: str) -> bytes:
        """A whole part; for small ones."""
        return b"".join(self.stream(name))

    def stream(self, name: str) -> Iterator[bytes]:
        """A part piece by piece. Raises FileRefused when it is larger than declared, or damaged."""
        part = self._parts[name]
        size, checksum = 0, 0
        for piece in self._unpack(name):
            size += len(piece)
            checksum = zlib.crc32(piece, checksum)
            if size > part.file_size:
                raise FileRefused(Refusal.ZIP_BOMB, name)
            yield piece
        if size != part.file_size or checksum != part.CRC:
            raise FileRefused(Refusal.BROKEN, name)

    def _unpack(self, name: str) -> Iterator[bytes]:
        packed = self._packed(name)
        if self._parts[name].compress_type == zipfile.ZIP_STORED:
            yield bytes(packed)
            return
        unpacker = zlib.decompressobj(-15)
        try:
            for start in range(0, len(packed), _PACKED_STEP):
                waiting = bytes(packed[start : start + _PACKED_STEP])
                while waiting and not unpacker.eof:
                    yield unpacker.decompress(waiting, _UNPACKED_STEP)
                    waiting = unpacker.unconsumed_tail
            yield unpacker.flush()
        except zlib.error as error:
            raise FileRefused(Refusal.BROKEN, name) from error

    def _packed(self, name: str) -> memoryview:
        """The packed bytes of a part, as they stand in the archive."""
        part = self._parts[name]
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise FileRefused(Refusal.BROKEN, name)
        try:
            header = _LOCAL_HEADER.unpack_from(self._data, part.header_offset)
        except struct.error as error:
            raise FileRefused(Refusal.BROKEN, name) from error
        start = part.header_offset + _LOCAL_HEADER.size + header[9] + header[10]
        packed = memoryview(self._data)[start : start + part.compress_size]
        if header[0] != b"PK\x03\x04" or len(packed) != part.compress_size:
            raise FileRefused(Refusal.BROKEN, name)
        return packed

    def only(self, names: list[str]) -> bytes:
        """A fresh archive of these parts alone, still packed.

        The reader behind this one gets nothing but what was looked at here: no second directory, no macros.
        """
        body = bytearray()
        directory = bytearray()
        for name in names:
            part, packed, written = self._parts[name], self._packed(name), name.encode()
            common = (_UTF8_NAME, part.compress_type, 0, 0x21, part.CRC, len(packed), part.file_size)
            lengths = (len(written), 0)
            directory += _DIRECTORY_ENTRY.pack(b"PK\x01\x02", 20, 20, *common, *lengths, 0, 0, 0, 0, len(body))
            directory += written
            body += _LOCAL_HEADER.pack(b"PK\x03\x04", 20, *common, *lengths) + written
            body += packed
        end = _END_OF_DIRECTORY.pack(b"PK\x05\x06", 0, 0, len(names), len(names), len(directory), len(body), 0)
        return bytes(body + directory + end)
