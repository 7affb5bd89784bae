"""Codes of an authenticator app, computed here after RFC 6238, apart from the library that checks them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time

PERIOD = 30
DIGITS = 6


def code_at(secret: str, instant: float) -> str:
    """The code that the app shows at this instant (seconds since 1970)."""
    counter = int(instant // PERIOD).to_bytes(8, "big")
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    value = int.from_bytes(digest[start : start + 4], "big") & 0x7FFF_FFFF
    return str(value % 10**DIGITS).zfill(DIGITS)


def code_now(secret: str) -> str:
    """The code that the app shows now."""
    return code_at(secret, time.time())
