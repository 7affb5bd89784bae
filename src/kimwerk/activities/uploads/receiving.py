"""Receiving a file: in pieces, counted and hashed as they come, stored as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator

from django.conf import settings

from kimwerk.activities.uploads.models import Upload, UploadPiece
from kimwerk.kernel.sheets.refusals import FileRefused, Refusal

CHUNK = 1024 * 1024
LONGEST_NAME = 255


def receive(upload: Upload, pieces: Iterable[bytes], store: Callable[[int, bytes], UploadPiece]) -> None:
    """Store the pieces of a file. Raises FileRefused when it is empty or larger than TALLY_UPLOAD_LIMIT."""
    digest, size = hashlib.sha256(), 0
    for number, chunk in enumerate(_chunks(pieces)):
        size += len(chunk)
        if size > settings.TALLY_UPLOAD_LIMIT:
            raise FileRefused(Refusal.TOO_LARGE, str(settings.TALLY_UPLOAD_LIMIT))
        digest.update(chunk)
        store(number, chunk)
    if not size:
        raise FileRefused(Refusal.EMPTY)
    upload.file_hash, upload.file_size = digest.hexdigest(), size
    upload.save(update_fields=["file_hash", "file_size"])


def joined(pieces: Iterable[UploadPiece]) -> bytes:
    """The file, whole. Memory: its size, at most TALLY_UPLOAD_LIMIT, and one piece."""
    content = bytearray()
    for piece in pieces:
        content += piece.content
    return bytes(content)


def tidy_name(file_name: str) -> str:
    """The bare name without folders and control characters, its end kept if it is too long."""
    bare = file_name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in bare if letter.isprintable())[-LONGEST_NAME:] or "?"


def _chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in chunks of one size, so that small pieces do not become many rows."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        while len(waiting) >= CHUNK:
            yield bytes(waiting[:CHUNK])
            del waiting[:CHUNK]
    if waiting:
        yield bytes(waiting)
