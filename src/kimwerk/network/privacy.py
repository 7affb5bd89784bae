"""What of the network log tells of a person: who met whom. Texts that look like somebody's data are refused."""

from __future__ import annotations

from kimwerk.kernel.personal import IMPERSONAL, Category, Erasure, PersonalField, Retention

_STAFF = PersonalField(Category.STAFF, Retention.EVIDENCE, Erasure.PSEUDONYMISE)
_FREE = PersonalField(Category.STAFF, Retention.STATISTICS, Erasure.BLANK)


def _fields(names: str, declared: PersonalField) -> dict[str, PersonalField]:
    return dict.fromkeys(names.split(), declared)


FIELDS: dict[str, dict[str, PersonalField]] = {
    "Encounter": _fields("id organisation partner group municipality kind on_day title next_on written_at", IMPERSONAL)
    | _fields("text function", _FREE)
    | _fields("met_by", _STAFF),
    "Supply": _fields(
        "id organisation partner title text topic target_group municipality places from_day until_day state noted_on",
        IMPERSONAL,
    )
    | _fields("noted_by", _STAFF),
    "Pairing": _fields("id organisation supply need paired_on outcome note", IMPERSONAL) | _fields("paired_by", _STAFF),
    "Publication": _fields(
        "id organisation kind title medium published_on municipality reach reach_kind url note", IMPERSONAL
    )
    | _fields("entered_by", _STAFF),
}
