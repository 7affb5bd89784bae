"""The secrets of a one-time link: what is in it, what goes separately, and what is kept of them.

A link alone opens nothing: the PIN goes another way, and the browser that gave it is the only one the
link then knows. What was disclosed lies sealed under the link itself, so that whoever holds the
database without the link reads nothing of it.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from django.contrib.auth.hashers import check_password, make_password

from kimwerk.accounts.tokens import fresh_token, hash_token

PIN_DIGITS: Final = 6
MOST_ATTEMPTS: Final = 5
"""Wrong PINs until a link is dead: 5 of 1,000,000 are guessed with a chance of 1 in 200,000."""

_NONCE = 12


class NotOfThisLink(Exception):
    """The content was sealed under another link, or altered."""


@dataclass(frozen=True, slots=True)
class LinkSecrets:
    """A token of 256 random bits and a PIN. They are shown or sent once and kept nowhere."""

    token: str
    pin: str


def fresh_secrets() -> LinkSecrets:
    """Secrets for a new link."""
    return LinkSecrets(fresh_token(), f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}}")


def kept_of_pin(pin: str) -> str:
    """What is stored of a PIN: a slow hash, because six digits are quickly tried."""
    return make_password(pin)


def is_pin(pin: str, kept: str) -> bool:
    """Whether this is the PIN; blanks and hyphens from reading it out are forgiven."""
    return check_password(pin.replace(" ", "").replace("-", ""), kept)


def fresh_browser() -> str:
    """What the browser that gave the PIN is known by from then on."""
    return fresh_token()


def is_same(secret: str, kept: str) -> bool:
    """Whether a secret is the one whose hash was kept."""
    return hmac.compare_digest(hash_token(secret), kept)


def seal_under(token: str, text: str) -> bytes:
    """Encrypt for the holder of the link."""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(token).encrypt(nonce, text.encode(), None)


def open_under(token: str, sealed: bytes) -> str:
    """Decrypt what was sealed under this very link. Raises NotOfThisLink."""
    try:
        return _cipher(token).decrypt(sealed[:_NONCE], sealed[_NONCE:], None).decode()
    except (InvalidTag, ValueError) as error:
        raise NotOfThisLink from error


def _cipher(token: str) -> AESGCMSIV:
    return AESGCMSIV(hashlib.sha256(b"kimwerk referral link\0" + token.encode()).digest())
