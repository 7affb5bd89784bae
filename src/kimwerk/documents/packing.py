"""The signed package that carries templates and more to another county: one JSON file, signed with Ed25519.

The payload is signed as the very text that is sent, so that nothing depends on how JSON is written. The signature
proves that nothing was altered on the way and that the sender holds the key; whose key it is, one asks the sender.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kimwerk.documents.parts import read, written
from kimwerk.documents.types import (
    DocumentsProblem,
    DocumentsRefused,
    Language,
    Licence,
    Package,
    PackedPart,
    PackedTemplate,
    PackedVersion,
    TemplateKind,
)

FORM = "kimwerk-package-1"
FORM_WITH_PARTS = "kimwerk-package-2"
"""A package that carries more than templates; older installations refuse it instead of reading half of it."""

LARGEST = 2_000_000
"""Characters of a package; a library of two hundred templates has a tenth of that."""


def pack(
    key: Ed25519PrivateKey,
    sender: str,
    made_on: str,
    templates: tuple[PackedTemplate, ...],
    parts: tuple[PackedPart, ...] = (),
) -> str:
    """A signed package of these templates and parts."""
    told: dict[str, object] = {
        "sender": sender, "made_on": made_on, "templates": [_written(each) for each in templates],
    }  # fmt: skip
    form = FORM_WITH_PARTS if parts else FORM
    if parts:
        told["parts"] = [written(each) for each in parts]
    payload = json.dumps(told, ensure_ascii=False, sort_keys=True)
    public = key.public_key().public_bytes_raw().hex()
    signature = key.sign(_signed(form, payload)).hex()
    return json.dumps({"form": form, "key": public, "signature": signature, "payload": payload}, ensure_ascii=False)


def unpack(content: str) -> Package:
    """Read a package. DocumentsRefused if it is none, or if a single sign of it was altered."""
    try:
        outer = json.loads(content) if len(content) <= LARGEST else None
    except (ValueError, RecursionError):
        outer = None
    form = outer.get("form") if isinstance(outer, dict) else None
    if not isinstance(outer, dict) or form not in (FORM, FORM_WITH_PARTS):
        raise DocumentsRefused(DocumentsProblem.NO_PACKAGE)
    payload, public = outer.get("payload"), outer.get("key")
    if not isinstance(payload, str) or not isinstance(public, str):
        raise DocumentsRefused(DocumentsProblem.ALTERED)
    try:
        raw = bytes.fromhex(public)
        Ed25519PublicKey.from_public_bytes(raw).verify(
            bytes.fromhex(str(outer.get("signature"))), _signed(form, payload)
        )
    except (ValueError, InvalidSignature) as error:
        raise DocumentsRefused(DocumentsProblem.ALTERED) from error
    try:
        return _read(json.loads(payload), fingerprint_of(raw))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DocumentsRefused(DocumentsProblem.NO_PACKAGE) from error


def fingerprint_of(public: bytes) -> str:
    """By what people compare keys on the telephone: SHA-256 in hexadecimal."""
    return hashlib.sha256(public).hexdigest()


def _signed(form: str, payload: str) -> bytes:
    return f"{form}\n{payload}".encode()


def _written(template: PackedTemplate) -> dict[str, object]:
    return {
        "key": template.key,
        "title": template.title,
        "kind": template.kind.value,
        "licence": template.licence.value,
        "purpose": template.purpose,
        "origin": template.origin,
        "versions": [
            {"language": each.language.value, "number": each.number, "text": each.text} for each in template.versions
        ],
    }


def _read(payload: Mapping[str, object], fingerprint: str) -> Package:
    templates, parts = payload["templates"], payload.get("parts", [])
    if not isinstance(templates, list) or not isinstance(parts, list):
        raise TypeError
    return Package(
        str(payload["sender"])[:160],
        str(payload["made_on"])[:10],
        fingerprint,
        tuple(_read_template(each) for each in templates),
        tuple(read(each) for each in parts),
    )


def _read_template(told: Mapping[str, object]) -> PackedTemplate:
    versions = told["versions"]
    if not isinstance(versions, list) or not told["title"] or not told["origin"]:
        raise TypeError
    if any("\x00" in str(value) for value in told.values()) or not all(each["text"] for each in versions):
        raise ValueError
    return PackedTemplate(
        str(UUID(str(told["key"]))),
        str(told["title"])[:160],
        TemplateKind(str(told["kind"])),
        Licence(str(told["licence"])),
        str(told["purpose"]),
        str(told["origin"])[:160],
        tuple(PackedVersion(Language(each["language"]), int(each["number"]), str(each["text"])) for each in versions),
    )
