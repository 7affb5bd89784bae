"""What of surveys tells of a person: whom a link was sent to, and the staff that wrote it. Answers name nobody."""

from __future__ import annotations

from kimwerk.kernel.personal import IMPERSONAL, Category, Erasure, PersonalField, Retention

_STAFF = PersonalField(Category.STAFF, Retention.EVIDENCE, Erasure.PSEUDONYMISE)
_ADDRESSEE = PersonalField(Category.CONTACT, Retention.STATISTICS, Erasure.BLANK)
_SECRET = PersonalField(Category.SECRET, Retention.SHORT, Erasure.DELETE_ROW)
_FREE = PersonalField(Category.CLIENT, Retention.STATISTICS, Erasure.BLANK)


def _fields(names: str, declared: PersonalField) -> dict[str, PersonalField]:
    return dict.fromkeys(names.split(), declared)


FIELDS: dict[str, dict[str, PersonalField]] = {
    "Survey": _fields(
        "id organisation title text state is_named closes_on opened_on closed_on version follows", IMPERSONAL
    )
    | _fields("written_by", _STAFF),
    "Question": _fields(
        "id survey position kind text hint is_required is_need least most least_label most_label", IMPERSONAL
    ),
    "Option": _fields("id question position text", IMPERSONAL),
    "Invitation": _fields(
        "id survey organisation municipality body subject wanted_at sent_at mails answered_on", IMPERSONAL
    )
    | _fields("name email", _ADDRESSEE)
    | _fields("token_hash", _SECRET),
    "Response": _fields("id survey organisation invitation municipality answered_on", IMPERSONAL),
    "Answer": _fields("id response organisation survey question option number", IMPERSONAL) | _fields("text", _FREE),
}
