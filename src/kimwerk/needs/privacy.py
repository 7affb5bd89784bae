"""What of needs tells of a person: who reported them. They themselves name nobody."""

from __future__ import annotations

from kimwerk.kernel.personal import IMPERSONAL, Category, Erasure, PersonalField, Retention

_STAFF = PersonalField(Category.STAFF, Retention.EVIDENCE, Erasure.PSEUDONYMISE)
_FREE = PersonalField(Category.CLIENT, Retention.STATISTICS, Erasure.BLANK)


def _fields(names: str, declared: PersonalField) -> dict[str, PersonalField]:
    return dict.fromkeys(names.split(), declared)


FIELDS: dict[str, dict[str, PersonalField]] = {
    "Gap": _fields("id organisation title text level severity state", IMPERSONAL) | _fields("owner", _STAFF),
    "GapStep": _fields("id gap state on_day reason", IMPERSONAL) | _fields("taken_by", _STAFF),
    "Need": _fields(
        "id organisation title origin occasion named_on municipality topic target_group legal_circle state reason gap"
        " reported_at result answer times cause",
        IMPERSONAL,
    )
    | _fields("text", _FREE)
    | _fields("reported_by", _STAFF),
}
