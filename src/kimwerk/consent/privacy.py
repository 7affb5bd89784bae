"""What is kept of consent, for how long, and how it goes.

Declarations, grants and disclosures are proof: they stay until claims from them are out of time. The names of guardians
and interpreters, signatures and scans go with the person's key; the content of a disclosure with its own.
"""

from __future__ import annotations

from kimwerk.kernel.personal import IMPERSONAL, Category, Erasure, PersonalField, Retention

_PROOF = PersonalField(Category.CLIENT, Retention.EVIDENCE, Erasure.KEEP)
_SEALED = PersonalField(Category.CLIENT, Retention.EVIDENCE, Erasure.BLANK)  # its key is destroyed
_SPECIAL = PersonalField(Category.SPECIAL, Retention.EVIDENCE, Erasure.BLANK)
_STAFF = PersonalField(Category.STAFF, Retention.EVIDENCE, Erasure.PSEUDONYMISE)
_KEY = PersonalField(Category.SECRET, Retention.EVIDENCE, Erasure.DELETE_ROW)


def _fields(kind: PersonalField, names: str, **special: PersonalField) -> dict[str, PersonalField]:
    return {"id": IMPERSONAL} | dict.fromkeys(names.split(), kind) | special


FIELDS: dict[str, dict[str, PersonalField]] = {
    "Purpose": _fields(IMPERSONAL, "code label is_active position"),
    "StatutoryBasis": _fields(IMPERSONAL, "code label law note is_active position"),
    "RecipientGroup": _fields(IMPERSONAL, "organisation name is_active"),
    "RecipientGroupMember": _fields(IMPERSONAL, "group member since until"),
    "ConsentText": _fields(
        IMPERSONAL,
        "organisation kind version language title summary body state content_hash revision written_at approved_at"
        " withdrawn_at",
        written_by=_STAFF,
        approved_by=_STAFF,
    ),
    "Declaration": _fields(
        _PROOF,
        "person organisation consent_text text_hash kind answer declared_on place declared_by evidence evidence_mark"
        " is_copy_handed_out content_hash created_at withdrawn_at",
        guardian=_SEALED,
        interpreter=_SEALED,
        created_by=_STAFF,
        withdrawn_by=_STAFF,
    ),
    "DeclarationProof": _fields(_PROOF, "declaration person file_kind file_size file_hash", content=_SEALED),
    "Grant": _fields(
        _PROOF,
        "declaration person purpose recipient group categories direction valid_from valid_until withdrawn_at",
        withdrawn_by=_STAFF,
    ),
    "Disclosure": _fields(
        _PROOF,
        "person organisation recipient purpose categories grant statutory_basis basis_reason content_hash"
        " share_ends_on disclosed_at first_read_at recalled_at deletion_confirmed_at",
        disclosed_by=_STAFF,
        deletion_confirmed_by=_STAFF,
    ),
    "DisclosureContent": _fields(_PROOF, "disclosure person", sealed=_SPECIAL),
    "DisclosureKey": _fields(_PROOF, "disclosure person", wrapped=_KEY),
    "ListDisclosure": _fields(
        IMPERSONAL,
        "organisation recipient purpose categories statutory_basis basis_reason row_count content_hash disclosed_at",
        disclosed_by=_STAFF,
    ),
    "DisclosureRead": _fields(_PROOF, "disclosure read_at", account=_STAFF),
}
