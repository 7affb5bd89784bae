"""What of a person in our care is kept, for how long, and how it goes.

Everything hangs on the person's file: erasing the person deletes it, and destroys the key that sealed the rest.
"""

from __future__ import annotations

from kimwerk.kernel.personal import IMPERSONAL, Category, Erasure, PersonalField, Retention

_CLIENT = PersonalField(Category.CLIENT, Retention.WITH_PARENT, Erasure.BLANK)
_ROW = PersonalField(Category.CLIENT, Retention.WITH_PARENT, Erasure.DELETE_ROW)
_STAFF = PersonalField(Category.STAFF, Retention.WITH_PARENT, Erasure.PSEUDONYMISE)
_STAFF_ROW = PersonalField(Category.STAFF, Retention.WITH_PARENT, Erasure.DELETE_ROW)
_CARE = PersonalField(Category.STAFF, Retention.EVIDENCE, Erasure.KEEP)
_KEY = PersonalField(Category.SECRET, Retention.WITH_PARENT, Erasure.BLANK)


def _fields(kind: PersonalField, names: str, **special: PersonalField) -> dict[str, PersonalField]:
    return {"id": IMPERSONAL} | dict.fromkeys(names.split(), kind) | special


FIELDS: dict[str, dict[str, PersonalField]] = {
    "Person": _fields(
        _CLIENT,
        "family_name given_names title prefix sort_key birth_date birth_year birth_country sex interpreter_language"
        " municipality street postcode town phone email preferred_channel arrived_germany_on arrived_municipality_on"
        " match_keys",
        **dict.fromkeys(
            ("organisation", "version", "created_at", "changed_at", "erased_at", "erasure_reason"), IMPERSONAL
        ),
        created_by=_STAFF,
        changed_by=_STAFF,
    ),
    "Identity": _fields(_ROW, "subject subject_id organisation municipality keys"),
    "CommonKey": dict.fromkeys(("key", "bearers", "share"), IMPERSONAL),
    "PersonName": _fields(_ROW, "person kind family given script"),
    "NameToken": _fields(_ROW, "person kind token"),
    "Nationality": _fields(_ROW, "person key"),
    "Language": _fields(_ROW, "person key level is_mother_tongue"),
    "HouseholdMember": _fields(_ROW, "person relation family_name given_names birth_year lives_here file"),
    "IdentityDocument": _fields(_ROW, "person kind number country valid_until noted_at", noted_by=_STAFF_ROW),
    "ResidenceStatus": _fields(
        _ROW,
        "person title_key valid_from valid_until authority document noted_at withdrawn_at",
        noted_by=_STAFF_ROW,
        withdrawn_by=_STAFF_ROW,
    ),
    "ReadingReview": _fields(_CARE, "account day note reviewed_at reviewed_by"),
    "Care": _fields(_CARE, "person organisation account reason case_key begins_at ends_at granted_by"),
    "PersonKey": _fields(_KEY, "wrapped", **dict.fromkeys(("person", "created_at", "destroyed_at"), IMPERSONAL)),
}
