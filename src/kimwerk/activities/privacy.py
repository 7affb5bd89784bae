"""What the diary keeps about people: who did what as staff. Nothing about anybody in our care."""

from __future__ import annotations

from kimwerk.kernel.personal import IMPERSONAL, Category, Erasure, PersonalField, Retention

_STAFF = PersonalField(Category.STAFF, Retention.STATISTICS, Erasure.PSEUDONYMISE)
_NOTE = PersonalField(Category.CLIENT, Retention.SHORT, Erasure.BLANK)  # no names are meant to stand there; some might
_UPLOAD = PersonalField(Category.CLIENT, Retention.SHORT, Erasure.BLANK)
_OWN = PersonalField(Category.STAFF, Retention.WHILE_EMPLOYED, Erasure.DELETE_ROW)


def _fields(names: str, **special: PersonalField) -> dict[str, PersonalField]:
    return dict.fromkeys(names.split(), IMPERSONAL) | special


FIELDS: dict[str, dict[str, PersonalField]] = {
    "Activity": _fields(
        "id organisation day last_day kind channel municipality site topics target_groups legal_circles partners"
        " participants_target participants_partner minutes referral_target tally_import source_key source_digest"
        " version entered_at changed_at removed_at",
        done_by=_STAFF,
        entered_by=_STAFF,
        changed_by=_STAFF,
        removed_by=_STAFF,
        note=_NOTE,
    ),
    "Category": _fields(
        "id category_list code label words group position colour is_referral valid_from valid_until successor"
    ),
    "CategoryMapping": _fields("id category scheme code label valid"),
    "CountedColumn": _fields(
        "id organisation month name entries sizes",
        numbers=_STAFF,  # of the dimension "staff" these are accounts; written anew when an entry loses its name
    ),
    "DiarySettings": _fields("id organisation is_note_enabled change_share change_rows days_shown"),
    "Favourite": _fields("id position", account=_OWN, label=_OWN, line=_OWN),
    "SavedView": _fields("id", account=_OWN, label=_OWN, query=_OWN),
    "StaleMonth": _fields("id organisation month"),
    "TallyImport": _fields(
        "id organisation uploaded_at file_hash file_size sheet plan state refusal refusal_detail run rows_total"
        " rows_done counts is_cancel_asked is_change_confirmed moved_at started_at finished_at applied_at cleared_at"
        " undone_at",
        uploaded_by=_STAFF,
        undone_by=_STAFF,
        file_name=_UPLOAD,
        sheets=_UPLOAD,
    ),
    "TallyChunk": _fields("id tally_import number", content=_UPLOAD),
    "TallyRow": _fields(
        "id tally_import number verdict problems source_key source_digest activity",
        cells=_UPLOAD,
        draft=_UPLOAD,
        before=_UPLOAD,
        corrections=_UPLOAD,
    ),
    "TallyProfile": _fields("id organisation fingerprint mapping used_at"),
}
