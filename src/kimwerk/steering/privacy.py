"""What of committees tells of a person: who sits where, who was there, who is to do what."""

from __future__ import annotations

from kimwerk.kernel.personal import IMPERSONAL, Category, Erasure, PersonalField, Retention

_SEATED = PersonalField(Category.CONTACT, Retention.EVIDENCE, Erasure.PSEUDONYMISE)
_DRAFT = PersonalField(Category.STAFF, Retention.SHORT, Erasure.DELETE_ROW)
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
    "Meeting": _fields(
        "id committee number title starts_at ends_at place state invited_at closed_at mailed_at", IMPERSONAL
    )
    | _fields("guests", _SEATED)
    | _fields("closed_by", _STAFF),
    "AgendaItem": _fields("id meeting position title text minutes source source_id note_version note_at", IMPERSONAL)
    | _fields("presenter note", _SEATED)
    | _fields("note_by", _STAFF),
    "NoteDraft": _fields("id item", IMPERSONAL) | _fields("written_by text written_at", _DRAFT),
    "Attendance": _fields("id meeting seat presence", IMPERSONAL) | _fields("name", _SEATED),
    "Mailing": _fields("id meeting kind host ordered_at", IMPERSONAL) | _fields("ordered_by", _STAFF),
    "Delivery": _fields("id mailing state reason attempts tried_at", IMPERSONAL) | _fields("name email", _SEATED),
    "Proposal": _fields("id committee title text proposed_on state", IMPERSONAL) | _fields("proposed_by", _STAFF),
    "Resolution": _fields(
        "id committee meeting item number title decided_on outcome votes_for votes_against abstentions effective_on"
        " due_on state done_on remark",
        IMPERSONAL,
    )
    | _fields("responsible responsible_seat", _SEATED),
    "ResolutionText": _fields("id resolution number text reason written_on", IMPERSONAL)
    | _fields("written_by", _STAFF),
    "Task": _fields("id committee meeting item title due_on state done_on note", IMPERSONAL)
    | _fields("owner_name owner_seat", _SEATED)
    | _fields("owner_account", _STAFF),
    "Goal": _fields("id organisation kind parent position title text resolution", IMPERSONAL),
    "Measure": _fields("id organisation goal title text gap resolution starts_on due_on state done_on", IMPERSONAL)
    | _fields("responsible", _SEATED),
    "Indicator": _fields("id measure figure_key turn first_day aim green_at amber_at", IMPERSONAL)
    | _fields("counted_by", _STAFF),
    "Reading": _fields("id indicator first_day last_day value counted_on", IMPERSONAL),
    "Effect": _fields("id resolution figure_key days before after counted_on finding checked_on", IMPERSONAL)
    | _fields("checked_by", _STAFF),
    "InForce": _fields(
        "id organisation resolution ground municipality procedure template from_day until_day", IMPERSONAL
    ),
    "PlanEntry": _fields(
        "id organisation kind strand title planned_from planned_until begun_on ended_on note", IMPERSONAL
    )
    | _fields("responsible", _SEATED),
    "Paper": _fields("id organisation number title proposal text written_on released_on", IMPERSONAL)
    | _fields("author", _SEATED),
    "PaperStep": _fields("id paper position committee competence on_day meeting outcome remark", IMPERSONAL),
    "PaperAttachment": _fields("id paper position name file_kind file_size file_hash content edition_id", IMPERSONAL),
}
