"""What of posts tells of a person: who holds them, who is away, who learned what. Salaries are not kept here."""

from __future__ import annotations

from kimwerk.kernel.personal import IMPERSONAL, Category, Erasure, PersonalField, Retention

_STAFF = PersonalField(Category.STAFF, Retention.WHILE_EMPLOYED, Erasure.PSEUDONYMISE)
_EVIDENCE = PersonalField(Category.STAFF, Retention.EVIDENCE, Erasure.KEEP)
_WITH_PERSON = PersonalField(Category.STAFF, Retention.WITH_PARENT, Erasure.DELETE_ROW)


def _fields(names: str, declared: PersonalField) -> dict[str, PersonalField]:
    return dict.fromkeys(names.split(), declared)


FIELDS: dict[str, dict[str, PersonalField]] = {
    "FundingLine": _fields("id organisation name valid", IMPERSONAL),
    "Post": _fields("id organisation name kind workplace municipality funding_line share valid", IMPERSONAL),
    "Employee": _fields("id organisation", IMPERSONAL) | _fields("given_name family_name sort_key account", _STAFF),
    "Occupancy": _fields("id post", IMPERSONAL) | _fields("employee share days contract_ends_on", _EVIDENCE),
    "Leave": _fields("id", IMPERSONAL) | _fields("employee kind days", _WITH_PERSON),
    "Substitution": _fields("id", IMPERSONAL) | _fields("employee substitute days", _WITH_PERSON),
    "OnboardingStep": _fields("id position title", IMPERSONAL)
    | _fields("employee due_on done_on done_by_id", _WITH_PERSON),
    "Course": _fields("id title is_required", IMPERSONAL)
    | _fields("employee state completed_on expires_on", _WITH_PERSON),
}
