"""What of events tells of a person: guests in their profession, and the staff that planned."""

from __future__ import annotations

from kimwerk.kernel.personal import IMPERSONAL, Category, Erasure, PersonalField, Retention

_STAFF = PersonalField(Category.STAFF, Retention.EVIDENCE, Erasure.PSEUDONYMISE)
_GUEST = PersonalField(Category.CONTACT, Retention.STATISTICS, Erasure.BLANK)
_SECRET = PersonalField(Category.SECRET, Retention.SHORT, Erasure.DELETE_ROW)
_FREE = PersonalField(Category.CLIENT, Retention.STATISTICS, Erasure.BLANK)


def _fields(names: str, declared: PersonalField) -> dict[str, PersonalField]:
    return dict.fromkeys(names.split(), declared)


FIELDS: dict[str, dict[str, PersonalField]] = {
    "Agreement": _fields(
        "id organisation municipality valid_from target_groups interfaces delimitation agreed_at", IMPERSONAL
    )
    | _fields("agreed_by", _STAFF),
    "Event": _fields(
        "id organisation kind title starts_at ends_at municipality place text places state activity_kind activity"
        " feedback",
        IMPERSONAL,
    )
    | _fields("planned_by", _STAFF),
    "Step": _fields("id event title due_on done_on", IMPERSONAL) | _fields("done_by", _STAFF),
    "StepTemplate": _fields("id organisation kind days title", IMPERSONAL),
    "Invitation": _fields("id event organisation body expires_at sent_at answered_at is_coming", IMPERSONAL)
    | _fields("name email", _GUEST)
    | _fields("token_hash", _SECRET),
    "Participant": _fields("id event invitation via registered_at is_present", IMPERSONAL)
    | _fields("name body email", _GUEST),
    "TableGroup": _fields("id event title topic", IMPERSONAL) | _fields("moderator", _GUEST),
    "GroupResult": _fields("id group title topic target_group legal_circle", IMPERSONAL) | _fields("text", _FREE),
}
