"""What of templates tells of a person: who wrote and reviewed them, and who works with them."""

from __future__ import annotations

from kimwerk.kernel.personal import IMPERSONAL, Category, Erasure, PersonalField, Retention

_STAFF = PersonalField(Category.STAFF, Retention.EVIDENCE, Erasure.PSEUDONYMISE)
_SECRET = PersonalField(Category.SECRET, Retention.EVIDENCE, Erasure.DELETE_ROW)


def _fields(names: str, declared: PersonalField) -> dict[str, PersonalField]:
    return dict.fromkeys(names.split(), declared)


FIELDS: dict[str, dict[str, PersonalField]] = {
    "Template": _fields("id organisation key title kind licence purpose origin sender_key", IMPERSONAL),
    "TemplateVersion": _fields(
        "id template language number text reason state written_on in_force_from withdrawn_on", IMPERSONAL
    )
    | _fields("written_by", _STAFF),
    "Review": _fields("id version verdict remark reviewed_on", IMPERSONAL) | _fields("reviewed_by", _STAFF),
    "Adoption": _fields("id version adopter is_outside adopted_on", IMPERSONAL),
    "Received": _fields(
        "id organisation kind key title licence origin content sender sender_key received_on", IMPERSONAL
    )
    | _fields("received_by", _STAFF),
    "SigningKey": _fields("id organisation made_on", IMPERSONAL) | _fields("sealed", _SECRET),
}
