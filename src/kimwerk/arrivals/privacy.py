"""What of a registration is kept, for how long, and how it goes.

The time runs from the end of the occasion. A registration that became no case is deleted with all its versions.
"""

from __future__ import annotations

from kimwerk.kernel.personal import IMPERSONAL, Category, Erasure, PersonalField, Retention

_ROW = PersonalField(Category.CLIENT, Retention.WITH_PARENT, Erasure.DELETE_ROW)
_HEALTH = PersonalField(Category.SPECIAL, Retention.WITH_PARENT, Erasure.DELETE_ROW)
_UPLOADED = PersonalField(Category.SPECIAL, Retention.SHORT, Erasure.BLANK)
_STAFF = PersonalField(Category.STAFF, Retention.WITH_PARENT, Erasure.PSEUDONYMISE)
_STAFF_ROW = PersonalField(Category.STAFF, Retention.WITH_PARENT, Erasure.DELETE_ROW)


def _fields(names: str, declared: PersonalField) -> dict[str, PersonalField]:
    return dict.fromkeys(names.split(), declared)


FIELDS: dict[str, dict[str, PersonalField]] = {
    "Occasion": _fields("id organisation name begins_on ends_on nationality activity_kind opened_at", IMPERSONAL)
    | _fields("opened_by", _STAFF),
    "Registration": _fields("id occasion organisation version state", IMPERSONAL)
    | _fields(
        "municipality family place_in_family family_name given_names original_family original_given sort_key sex"
        " birth_date nationality needs_school needs_childcare guardian street postcode town host phone arrived_on"
        " findings accepted_findings match_keys list_import source_key source_digest"
        " registered_at changed_at checked_at released_at merged_into merged_at",
        _ROW,
    )
    | _fields("is_health_urgent", _HEALTH)
    | _fields("registered_by changed_by checked_by released_by merged_by", _STAFF_ROW),
    "ListImport": _fields(
        "id organisation occasion file_hash file_size sheet state refusal refusal_detail run rows_total rows_done"
        " counts is_cancel_asked is_change_confirmed uploaded_at moved_at started_at finished_at applied_at cleared_at"
        " undone_at",
        IMPERSONAL,
    )
    | _fields("file_name sheets plan", _UPLOADED)
    | _fields("uploaded_by undone_by", _STAFF),
    "ListPiece": _fields("id list_import number", IMPERSONAL) | _fields("content", _UPLOADED),
    "ListRow": _fields("id list_import number family_row verdict registration", IMPERSONAL)
    | _fields("cells corrections draft problems findings source_key source_digest match_keys before", _UPLOADED),
    "RegistrationVersion": _fields("id number", IMPERSONAL)
    | _fields("registration written_at", _ROW)
    | _fields("facts", _HEALTH)
    | _fields("written_by", _STAFF_ROW),
}
