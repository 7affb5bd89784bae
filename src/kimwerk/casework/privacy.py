"""What casework keeps about people: what was said is sealed, and goes with the person's key."""

from __future__ import annotations

from kimwerk.kernel.personal import IMPERSONAL, Category, Erasure, PersonalField, Retention

_STAFF = PersonalField(Category.STAFF, Retention.STATISTICS, Erasure.PSEUDONYMISE)
_LINK = PersonalField(Category.CLIENT, Retention.STATISTICS, Erasure.BLANK)  # what is left counts, and is nobody's
_FRAME = PersonalField(Category.CLIENT, Retention.STATISTICS, Erasure.KEEP)  # once the link is gone
_CONTENT = PersonalField(Category.CLIENT, Retention.WITH_PARENT, Erasure.DELETE_ROW)
_SEALED = PersonalField(Category.SPECIAL, Retention.WITH_PARENT, Erasure.DELETE_ROW)  # unreadable without the key
_DRAFT = PersonalField(Category.CLIENT, Retention.SHORT, Erasure.DELETE_ROW)
_NOTED = PersonalField(Category.CLIENT, Retention.WITH_PARENT, Erasure.BLANK)  # meant to name nobody; might
_SECRET = PersonalField(Category.SECRET, Retention.SHORT, Erasure.DELETE_ROW)
_PROOF = PersonalField(Category.STAFF, Retention.EVIDENCE, Erasure.KEEP)


def _fields(names: str, kind: PersonalField = IMPERSONAL, **special: PersonalField) -> dict[str, PersonalField]:
    return dict.fromkeys(names.split(), kind) | special


FIELDS: dict[str, dict[str, PersonalField]] = {
    "AdmissionRule": _fields("id organisation label is_required position ended_on"),
    "Agreement": _fields(
        "id case number language agreed_on content_hash made_at signed_on copy_handed_out",
        _CONTENT,
        content=_SEALED,
        signature_person=_SEALED,
        signature_counsellor=_SEALED,
        made_by=_STAFF,
    ),
    "Assessment": _fields(
        "id case occasion assessed_on version changed_at", _CONTENT, assessed_by=_STAFF, changed_by=_STAFF
    ),
    "Case": _fields(
        "id organisation number kind municipality site state decision access_path referred_by priority opened_on"
        " next_review_on last_contact_on closed_on closure_reason goal_attainment version",
        _FRAME,
        person=_LINK,
        responsible=_STAFF,
        deputy=_STAFF,
        deputy_until=_STAFF,
        opened_by=_STAFF,
        closed_by=_STAFF,
    ),
    "CountedContacts": _fields("id organisation month kind contacts days municipalities access_paths"),
    "StaleContacts": _fields("id organisation month"),
    "CaseCounter": _fields("id organisation year last"),
    "CaseEvent": _fields("id case kind at until", _CONTENT, text=_SEALED, by=_STAFF, account=_STAFF),
    "CaseworkSettings": _fields("id organisation inactive_days review_days ahead_days glass_hours"),
    "Checklist": _fields(
        "id case list_key as_of state authority appointment_at applied_on decided_on begun_at version",
        _CONTENT,
        begun_by=_STAFF,
    ),
    "ChecklistItem": _fields("id checklist item_key position state changed_at", _CONTENT, changed_by=_STAFF),
    "Choice": _fields("id choice_list code label position topic_code valid_from valid_until"),
    "ChoiceMapping": _fields("id choice scheme code label valid"),
    "Clarification": _fields(
        "id case decision criteria has_other_case_management decided_at",
        _CONTENT,
        reason=_SEALED,
        exception=_SEALED,
        other_case_management=_SEALED,
        decided_by=_STAFF,
    ),
    "CaseContact": _fields("id case organisation activity", _FRAME),
    "Conference": _fields(
        "id organisation case occasion planned_at place state categories shared_at held_on client next_on created_at"
        " version",
        _FRAME,
        question=_SEALED,
        agreement=_SEALED,
        shared_by=_STAFF,
        created_by=_STAFF,
    ),
    "ConferenceInvitee": _fields("id conference organisation legal_circle attendance", _FRAME, disclosure=_LINK),
    "ConferenceTask": _fields(
        "id conference organisation is_for_client due_on done_at",
        _CONTENT,
        text=_SEALED,
        account=_STAFF,
        done_by=_STAFF,
    ),
    "Deadline": _fields("id case kind due_on set_at done_at", _CONTENT, note=_SEALED, set_by=_STAFF, done_by=_STAFF),
    "Draft": _fields("id case account form url kept_at", _DRAFT, content=_SEALED),
    "Finding": _fields("id case insight aspect verdict found_at", _CONTENT, note=_SEALED),
    "Goal": _fields(
        "id case domain agreed_on due_on state version changed_at",
        _CONTENT,
        text=_SEALED,
        indicator=_SEALED,
        changed_by=_STAFF,
    ),
    "GoalChange": _fields("id case goal state at", _CONTENT, note=_SEALED, by=_STAFF),
    "Insight": _fields("id case account kind reason begins_at ends_at seen_at", _PROOF),
    "Note": _fields(
        "id case contact written_at version changed_at", _CONTENT, text=_SEALED, written_by=_STAFF, changed_by=_STAFF
    ),
    "Rating": _fields(
        "id case assessment domain level urgency", _CONTENT, resource=_SEALED, need=_SEALED, own_view=_SEALED
    ),
    "Referral": _fields(
        "id organisation recipient target language municipality age_band channel state sent_at answer_due_on"
        " answered_at decline_reason arrived_on outcome ended_at version",
        _FRAME,
        asking=_LINK,
        disclosure=_LINK,
        need=_NOTED,
        note=_NOTED,
        sent_by=_STAFF,
        answered_by=_STAFF,
    ),
    "ReferralLink": _fields(
        "id referral organisation created_at expires_at wrong_pins used_at uses revoked_at content_ends_on",
        _CONTENT,
        token_hash=_SECRET,
        pin_hash=_SECRET,
        browser_hash=_SECRET,
        content=_SEALED,
        created_by=_STAFF,
    ),
    "ReferralOrigin": _fields("id referral case grant categories", _CONTENT, concern=_SEALED),
    "Step": _fields(
        "id case goal owner body due_on state settled_on version", _CONTENT, text=_SEALED, settled_by=_STAFF
    ),
}
