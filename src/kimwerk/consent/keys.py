"""Sealing the content of a disclosure with a key of its own.

Sender and recipient can both read it, and nobody reads it through the person's key, which the recipient never has.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from kimwerk.accounts.sealing import NONCE_BYTES, CannotUnseal, open_sealed, seal
from kimwerk.consent.models import Disclosure, DisclosureContent, DisclosureKey
from kimwerk.kernel.data_categories import DataCategory

KEY_BITS = 256
Content = Mapping[DataCategory, Mapping[str, str]]


def seal_content(disclosure: Disclosure, content: Content) -> None:
    """Freeze what was sent. Called once, in the transaction in which the disclosure is stored."""
    key = AESGCMSIV.generate_key(KEY_BITS)
    nonce = os.urandom(NONCE_BYTES)
    text = json.dumps({category.value: dict(fields) for category, fields in content.items()}, ensure_ascii=False)
    sealed = nonce + AESGCMSIV(key).encrypt(nonce, text.encode(), _bound(disclosure))
    wrapped = seal(base64.urlsafe_b64encode(key).decode(), purpose=_wrapping(disclosure))
    of = {"disclosure": disclosure, "person_id": disclosure.person_id}
    DisclosureKey.objects.create(wrapped=wrapped, **of)
    DisclosureContent.objects.create(sealed=sealed, **of)


def open_content(disclosure: Disclosure) -> Content:
    """What was sent, in the order in which it was. CannotUnseal if it is out of the actor's reach."""
    wrapped = DisclosureKey.objects.filter(disclosure=disclosure).values_list("wrapped", flat=True).first()
    sealed = DisclosureContent.objects.filter(disclosure=disclosure).values_list("sealed", flat=True).first()
    if not wrapped or not sealed:
        raise CannotUnseal(f"disclosure {disclosure.pk}")
    raw = bytes(sealed)
    key = base64.urlsafe_b64decode(open_sealed(wrapped, purpose=_wrapping(disclosure)))
    try:
        text = AESGCMSIV(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _bound(disclosure))
    except InvalidTag as error:
        raise CannotUnseal(f"disclosure {disclosure.pk}") from error
    return {DataCategory(category): fields for category, fields in json.loads(text).items()}


def _wrapping(disclosure: Disclosure) -> str:
    return f"disclosure-key:{disclosure.pk}"


def _bound(disclosure: Disclosure) -> bytes:
    return f"disclosure:{disclosure.pk}:{disclosure.person_id}".encode()
