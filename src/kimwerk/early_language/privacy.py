"""What of the language programme tells of a person: the staff that did something. Nobody else stands here."""

from __future__ import annotations

from kimwerk.kernel.personal import IMPERSONAL, Category, Erasure, PersonalField, Retention

_STAFF = PersonalField(Category.STAFF, Retention.EVIDENCE, Erasure.PSEUDONYMISE)
_ADDRESS = PersonalField(Category.CONTACT, Retention.STATISTICS, Erasure.BLANK)


def _fields(names: str, declared: PersonalField) -> dict[str, PersonalField]:
    return dict.fromkeys(names.split(), declared)


FIELDS: dict[str, dict[str, PersonalField]] = {
    "Kindergarten": _fields(
        "id organisation name carrier municipality address groups places is_language_kindergarten closed_on", IMPERSONAL
    )
    | _fields("email", _ADDRESS),
    "Offer": _fields("id organisation title audience text ended_on", IMPERSONAL),
    "Enquiry": _fields("id organisation kindergarten offer asked_on via state day reason event settled_on", IMPERSONAL),
    "Deed": _fields("id organisation kind day times adults kindergarten municipality partner legal_circle", IMPERSONAL)
    | _fields("done_by", _STAFF),
}
