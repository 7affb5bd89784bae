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
    "Occasion": _fields(
        "id organisation name begins_on ends_on nationality hold_back_days keep_days activity_kind opened_at",
        IMPERSONAL,
    )
    | _fields("opened_by", _STAFF),
    "ListContract": _fields(
        "id organisation recipient kind number columns purpose statutory_basis reason published_at accepted_at"
        " valid_from ended_on",
        IMPERSONAL,
    )
    | _fields("published_by accepted_by", _STAFF),
    "Receipt": _fields(
        "id organisation recipient contract occasion kind row_count content_hash disclosure made_at", IMPERSONAL
    )
    | _fields("made_by", _STAFF),
    "DeliveredRow": _fields("id receipt organisation recipient kind occasion version change is_current", IMPERSONAL)
    | _fields("registration household content content_hash", _ROW),
    "Invitation": _fields("id recipient occasion series place", IMPERSONAL)
    | _fields("household starts_at invited_at registered_at", _ROW)
    | _fields("invited_by registered_by", _STAFF_ROW),
    "CareTaken": _fields("id", IMPERSONAL)
    | _fields("registration person agreed_on taken_at", _ROW)
    | _fields("taken_by", _STAFF_ROW),
    "Erasure": _fields("id occasion organisation rows versions delivered became_files erased_at", IMPERSONAL)
    | _fields("erased_by", _STAFF),
    "ErasedCount": _fields(
        "id occasion organisation municipality monday needs_school needs_childcare people", IMPERSONAL
    ),
    "PlaceOffer": _fields(
        "id recipient kind occasion school_year name municipality age_from age_to places entered_at", IMPERSONAL
    )
    | _fields("entered_by", _STAFF),
    "PlaceTaken": _fields("id recipient offer", IMPERSONAL)
    | _fields("registration taken_at", _ROW)
    | _fields("taken_by", _STAFF_ROW),
    "Registration": _fields("id occasion organisation version state", IMPERSONAL)
    | _fields(
        "municipality family place_in_family family_name given_names original_family original_given sort_key sex"
        " birth_date nationality needs_school needs_childcare guardian street postcode town host phone arrived_on"
        " findings accepted_findings match_keys list_import source_key source_digest"
        " noted_at registered_at changed_at checked_at released_at merged_into merged_at",
        _ROW,
    )
    | _fields("is_health_urgent", _HEALTH)
    | _fields("registered_by changed_by checked_by released_by merged_by", _STAFF_ROW),
    "ListCount": _fields("id occasion organisation municipality state findings rows", IMPERSONAL),
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
