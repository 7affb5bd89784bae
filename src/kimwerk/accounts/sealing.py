"""Encryption of short secrets at rest (AES-GCM-SIV) under named keys, so that keys can be changed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from django.conf import settings

NONCE_BYTES = 12


class CannotUnseal(Exception):
    """The key is gone, or the text was altered or sealed for another purpose."""


@lru_cache(maxsize=8)
def _cipher(key: str) -> AESGCMSIV:
    return AESGCMSIV(hashlib.sha256(b"kimwerk field key\0" + key.encode()).digest())


def seal(text: str, *, purpose: str) -> str:
    """Encrypt under the newest key; the purpose is bound to it and must be given to read it again."""
    key_id, key = next(iter(settings.FIELD_KEYS.items()))
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(key).encrypt(nonce, text.encode(), purpose.encode())
    return f"{key_id}:{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def open_sealed(sealed: str, *, purpose: str) -> str:
    """Decrypt what `seal` made. CannotUnseal if it is not that."""
    key_id, _, body = sealed.partition(":")
    try:
        raw = base64.urlsafe_b64decode(body)
        return (
            _cipher(settings.FIELD_KEYS[key_id])
            .decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], purpose.encode())
            .decode()
        )
    except (KeyError, ValueError, InvalidTag) as error:
        raise CannotUnseal(key_id) from error


def secret_for(purpose: str) -> bytes:
    """A secret that is the same each time it is asked for, bound to the newest key and to its purpose."""
    key = next(iter(settings.FIELD_KEYS.values()))
    return hmac.digest(hashlib.sha256(b"kimwerk secret\0" + key.encode()).digest(), purpose.encode(), "sha256")
