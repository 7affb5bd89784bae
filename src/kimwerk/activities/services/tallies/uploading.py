"""Receiving a file: in pieces, counted and hashed as they come, stored as they are."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kimwerk.access.actors import Actor
from kimwerk.activities.models import TallyChunk, TallyImport
from kimwerk.activities.policies import may_import
from kimwerk.activities.uploads.receiving import joined, receive, tidy_name
from kimwerk.audit.services import record


@transaction.atomic
def upload_tally(*, actor: Actor, organisation_id: int, file_name: str, pieces: Iterable[bytes]) -> TallyImport:
    """Store a file for import. Raises FileRefused when it is empty or larger than TALLY_UPLOAD_LIMIT."""
    if actor.account_id is None or not may_import(actor, organisation_id):
        raise PermissionDenied
    tally = TallyImport.objects.create(
        organisation_id=organisation_id,
        uploaded_by_id=actor.account_id,
        file_name=tidy_name(file_name),
        file_hash="",
        file_size=0,
    )
    receive(tally, pieces, lambda at, piece: TallyChunk.objects.create(tally_import=tally, number=at, content=piece))
    record(actor=actor, action="tally.uploaded", subject=tally)
    return tally


def content_of(tally: TallyImport) -> bytes:
    """The file, whole."""
    return joined(TallyChunk.objects.filter(tally_import=tally).order_by("number").iterator(chunk_size=1))
