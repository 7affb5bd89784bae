"""Contacts with their diary entries, and notes."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Activity
from kimwerk.activities.services import correct_activity, log_activity
from kimwerk.activities.types import Facts
from kimwerk.audit.services import record
from kimwerk.casework.models import Case, CaseContact, Note
from kimwerk.casework.sealing import Texts
from kimwerk.casework.services.locking import account_of, locked_to_write
from kimwerk.casework.services.refusals import ChangedMeanwhile, refuse
from kimwerk.casework.types import CaseProblem, ContactFacts, Sealed

LONGEST_NOTE = 20_000


@transaction.atomic
def log_contact(*, actor: Actor, case: Case, facts: ContactFacts) -> CaseContact:
    """Write down a contact, and with it its entry in the diary, which does not learn whose it is.

    Raises EntryRefused where the diary refuses the entry; nothing is written then.
    """
    current = locked_to_write(actor, case)
    if len(facts.note) > LONGEST_NOTE:
        refuse({"note": CaseProblem.TOO_LONG})
    activity = log_activity(actor=actor, facts=diary_facts(current, facts, account_of(actor)))
    contact = CaseContact.objects.create(case=current, organisation_id=current.organisation_id, activity=activity)
    if facts.note.strip():
        _write_note(actor, current, facts.note, contact)
    _follow(current)
    record(actor=actor, action="contact.logged", subject=contact)
    return contact


@transaction.atomic
def correct_contact(
    *, actor: Actor, contact: CaseContact, version: int, note_version: int, facts: ContactFacts
) -> CaseContact:
    """Correct a contact and its diary entry, both read at their versions.

    Raises ActivityChangedMeanwhile or ChangedMeanwhile if one of them moved on, EntryRefused as logging does.
    """
    current = locked_to_write(actor, contact.case)
    activity = Activity.objects.select_for_update().get(pk=contact.activity_id)
    changed = diary_facts(current, facts, activity.done_by_id)
    correct_activity(actor=actor, activity=activity, version=version, facts=changed)
    note = Note.objects.filter(contact=contact).first()
    if note is not None:
        correct_note(actor=actor, note=note, version=note_version, text=facts.note)
    elif facts.note.strip():
        _write_note(actor, current, facts.note, contact)
    _follow(current)
    record(actor=actor, action="contact.corrected", subject=contact)
    return contact


@transaction.atomic
def write_note(*, actor: Actor, case: Case, text: str) -> Note:
    """Write down something that was no contact."""
    current = locked_to_write(actor, case)
    _refuse_text(text)
    note = _write_note(actor, current, text, None)
    record(actor=actor, action="case_note.written", subject=note)
    return note


@transaction.atomic
def correct_note(*, actor: Actor, note: Note, version: int, text: str) -> Note:
    """Correct a note that was read at `version`."""
    case = locked_to_write(actor, note.case)
    current = Note.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if current.version != version:
        raise ChangedMeanwhile(current.version)
    _refuse_text(text)
    current.text = Texts(case.person_id).seal(text, Sealed.NOTE)
    current.version += 1
    current.changed_at, current.changed_by_id = timezone.now(), account_of(actor)
    current.save()
    record(actor=actor, action="case_note.corrected", subject=current)
    return current


def diary_facts(case: Case, facts: ContactFacts, done_by_id: int) -> Facts:
    """The diary entry of a contact. Where it happened follows from the case and is not asked again."""
    return Facts(
        organisation_id=case.organisation_id,
        day=facts.day,
        kind_id=facts.kind_id,
        done_by_id=done_by_id,
        channel_id=facts.channel_id,
        municipality_id=case.municipality_id,
        site_id=case.site_id,
        topics=facts.topics,
        legal_circles=facts.legal_circles,
        participants_target=facts.participants_target,
        participants_partner=facts.participants_partner,
        minutes=facts.minutes,
    )


def _refuse_text(text: str) -> None:
    if not text.strip():
        refuse({"note": CaseProblem.MISSING})
    if len(text) > LONGEST_NOTE:
        refuse({"note": CaseProblem.TOO_LONG})


def _write_note(actor: Actor, case: Case, text: str, contact: CaseContact | None) -> Note:
    sealed = Texts(case.person_id).seal(text, Sealed.NOTE)
    return Note.objects.create(case=case, contact=contact, text=sealed, written_by_id=account_of(actor))


def _follow(case: Case) -> None:
    """Keep the day of the last contact, by which lists are sorted and quiet cases found."""
    days = CaseContact.objects.filter(case=case, activity__removed_at__isnull=True)
    case.last_contact_on = days.order_by("-activity__day").values_list("activity__day", flat=True).first()
    case.save(update_fields=["last_contact_on"])
