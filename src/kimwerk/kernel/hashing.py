"""One way to write a value down as bytes, so that equal contents have equal hashes.

Used to seal published figures and the wording that somebody agreed to. What is hashed today must hash
the same in ten years: never change how a type is written here, only add types.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, Inexact, InvalidOperation
from enum import Enum
from uuid import UUID

from kimwerk.kernel.rounding import trimmed

Scalar = None | bool | int | str | Decimal | date | UUID | Enum
Canonical = Scalar | Mapping[str, "Canonical"] | list["Canonical"] | tuple["Canonical", ...]
"""What can be written canonically. A datetime is a date here, and must know its time zone."""

_Plain = None | bool | int | str | dict[str, "_Plain"] | list["_Plain"]


_AS_THEY_ARE = frozenset({str, int})


class NotCanonicalError(TypeError):
    """A value of this type or state has no one way of writing: a float, a set, an instant without zone."""


def canonical_json(value: Canonical) -> bytes:
    """The value as JSON in UTF-8: keys sorted, no blanks, no floats.

    A Decimal becomes a string without exponent and without zeros at its end, since 1.50 and 1.5 are the
    same amount; days are ISO, instants ISO in UTC, enums their value, UUIDs their usual form.
    """
    text = json.dumps(_plain(value), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise NotCanonicalError("text with half of a surrogate pair") from None


def content_hash(value: Canonical) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def _plain(value: Canonical) -> _Plain:
    if type(value) in _AS_THEY_ARE:  # most values are, and enums, which may be texts or numbers too, are not
        return value  # type: ignore[return-value]  # by its type
    if isinstance(value, Enum):
        return _plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {_key(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return _scalar(value)


def _scalar(value: Decimal | date | UUID) -> str:
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise NotCanonicalError("instant without time zone")
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise NotCanonicalError(type(value).__name__)


def _decimal(value: Decimal) -> str:
    if not value.is_finite():
        raise NotCanonicalError("number that is not finite")
    try:
        return f"{trimmed(value):f}"
    except (Inexact, InvalidOperation):
        raise NotCanonicalError("number of more than 80 digits") from None


def _key(key: str) -> str:
    plain = key.value if isinstance(key, Enum) else key
    if not isinstance(plain, str):
        raise NotCanonicalError(f"key of type {type(plain).__name__}")
    return plain
