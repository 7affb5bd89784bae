"""One-time tokens: made at random, kept as a hash only."""

from __future__ import annotations

import hashlib
import secrets
from enum import StrEnum


class LinkState(StrEnum):
    """What somebody finds who opens a link that answers once."""

    GONE = "gone"  # there is no such link, it was replaced or its time is over; no difference is told
    OVER = "over"  # what it asks about is over
    USED = "used"  # somebody has answered already
    OPEN = "open"


def fresh_token() -> str:
    """A token of 256 random bits for an address."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """What is kept of a token. A plain hash is enough: nobody can guess what it was made from."""
    return hashlib.sha256(token.encode()).hexdigest()
