"""What of committees tells of a person: who sits where, who was there, who is to do what."""

from __future__ import annotations

from kimwerk.kernel.personal import IMPERSONAL, Category, Erasure, PersonalField, Retention

_SEATED = PersonalField(Category.CONTACT, Retention.EVIDENCE, Erasure.PSEUDONYMISE)
_STAFF = PersonalField(Category.STAFF, Retention.EVIDENCE, Erasure.PSEUDONYMISE)


def _fields(names: str, declared: PersonalField) -> dict[str, PersonalField]:
    return dict.fromkeys(names.split(), declared)


FIELDS: dict[str, dict[str, PersonalField]] = {
    "Committee": _fields(
        "id organisation name kind purpose rhythm quorum_percent notice_days valid successor", IMPERSONAL
    ),
    "Seat": _fields("id committee organisation function has_vote is_chair is_given_up", IMPERSONAL),
    "Term": _fields("id seat is_deputy days", IMPERSONAL) | _fields("name email", _SEATED) | _fields("account", _STAFF),
    "StandingOrders": _fields("id committee number text reason", IMPERSONAL),
    "OrdersStep": _fields("id orders kind on_day", IMPERSONAL) | _fields("by", _SEATED),
}
