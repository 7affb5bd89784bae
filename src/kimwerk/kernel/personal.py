"""How a room says which of its fields are personal, for how long they stay and how they go.

Every field of every model is declared in the room's `privacy.py`; a forgotten field fails a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """Of whom a field tells."""

    NONE = "none"  # says nothing about a person
    STAFF = "staff"  # tells of somebody who works with the program
    CONTACT = "contact"  # tells of a professional contact
    CLIENT = "client"  # tells of a person in our care
    SPECIAL = "special"  # special category of Art. 9 GDPR
    SECRET = "secret"  # keys, tokens, hashes: never shown, never exported


class Retention(StrEnum):
    """From when the time to erase is counted, and the class of its length."""

    WITH_PARENT = "with_parent"  # goes with the record it belongs to
    WHILE_EMPLOYED = "while_employed"  # until the account is closed, then the erasure run
    STATISTICS = "statistics"  # kept as statistics after the person's name is taken off
    EVIDENCE = "evidence"  # kept as proof until the limitation period ends
    SHORT = "short"  # days: drafts, sessions, uploads
    UNLIMITED = "unlimited"  # says nothing about a person


class Erasure(StrEnum):
    """What the erasure run does to the field."""

    KEEP = "keep"
    DELETE_ROW = "delete_row"
    BLANK = "blank"
    PSEUDONYMISE = "pseudonymise"


@dataclass(frozen=True, slots=True)
class PersonalField:
    """What the room declares of one field of one model."""

    category: Category
    retention: Retention
    erasure: Erasure


IMPERSONAL = PersonalField(Category.NONE, Retention.UNLIMITED, Erasure.KEEP)
"""The declaration of a field that says nothing about a person."""
