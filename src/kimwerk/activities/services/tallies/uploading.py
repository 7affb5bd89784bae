"""Receiving a file: in pieces, counted and hashed as they come, stored as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from kimwerk.access.actors import Actor
from kimwerk.activities.models import TallyChunk, TallyImport
from kimwerk.activities.policies import may_import
from kimwerk.activities.tally import Refusal, TallyRefused
from kimwerk.audit.services import record

CHUNK = 1024 * 1024
LONGEST_NAME = 255


@transaction.atomic
def upload_tally(*, actor: Actor, organisation_id: int, file_name: str, pieces: Iterable[bytes]) -> TallyImport:
    """Store a file for import. Raises TallyRefused when it is empty or larger than TALLY_UPLOAD_LIMIT."""
    if actor.account_id is None or not may_import(actor, organisation_id):
        raise PermissionDenied
    tally = TallyImport.objects.create(
        organisation_id=organisation_id,
        uploaded_by_id=actor.account_id,
        file_name=_tidy_name(file_name),
        file_hash="",
        file_size=0,
    )
    digest, size = hashlib.sha256(), 0
    for number, chunk in enumerate(_chunks(pieces)):
        size += len(chunk)
        if size > settings.TALLY_UPLOAD_LIMIT:
            raise TallyRefused(Refusal.TOO_LARGE, str(settings.TALLY_UPLOAD_LIMIT))
        digest.update(chunk)
        TallyChunk.objects.create(tally_import=tally, number=number, content=chunk)
    if not size:
        raise TallyRefused(Refusal.EMPTY)
    tally.file_hash, tally.file_size = digest.hexdigest(), size
    tally.save(update_fields=["file_hash", "file_size"])
    record(actor=actor, action="tally.uploaded", subject=tally)
    return tally


def _tidy_name(file_name: str) -> str:
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


def content_of(tally: TallyImport) -> bytes:
    """The file, whole. Memory: its size, at most TALLY_UPLOAD_LIMIT, and one chunk."""
    content = bytearray()
    for chunk in TallyChunk.objects.filter(tally_import=tally).order_by("number").iterator(chunk_size=1):
        content += chunk.content
    return bytes(content)
