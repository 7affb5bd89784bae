"""Texts of conferences: sealed with the person's key, or by the installation where there is no person."""

from __future__ import annotations

from enum import StrEnum

from kimwerk.accounts.sealing import open_sealed, seal
from kimwerk.persons.keys import open_for, seal_for


class ConferenceText(StrEnum):
    """What is sealed; the value is bound to it."""

    QUESTION = "conference question"
    AGREEMENT = "conference agreement"
    TASK = "conference task"


def seal_text(person_id: int | None, text: str, kind: ConferenceText) -> bytes:
    """Encrypt; an empty text stays empty."""
    if not text:
        return b""
    return seal(text, purpose=kind).encode() if person_id is None else seal_for(person_id, text, purpose=kind)


def open_text(person_id: int | None, sealed: bytes | memoryview, kind: ConferenceText) -> str:
    """Decrypt. Raises CannotUnseal."""
    raw = bytes(sealed)
    if not raw:
        return ""
    return open_sealed(raw.decode(), purpose=kind) if person_id is None else open_for(person_id, raw, purpose=kind)
