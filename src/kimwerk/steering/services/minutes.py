"""Writing the minutes while a meeting runs: nothing that somebody typed is ever lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.steering.models import AgendaItem, Attendance, Meeting, NoteDraft, Seat
from kimwerk.steering.services.meetings import open_meeting
from kimwerk.steering.types import Presence


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a text: it stands in the minutes, or it is kept as a draft beside what somebody else wrote."""

    item: AgendaItem
    draft: NoteDraft | None = None


@transaction.atomic
def write_note(*, actor: Actor, item: AgendaItem, version: int, text: str) -> Written:
    """Write what the minutes say about an item, read at `version`.

    Where somebody else has written meanwhile, the text is kept as the writer's draft and nothing is overwritten.
    Raises SteeringRefused once the minutes are closed.
    """
    open_meeting(actor, item.meeting)
    account_id = actor.account_id
    if account_id is None:
        raise PermissionDenied
    current = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if not _may_follow(current, version, text, account_id):
        kept = {"text": text, "written_at": timezone.now()}
        draft, _made = NoteDraft.objects.update_or_create(item=current, written_by_id=account_id, defaults=kept)
        record(actor=actor, action="minutes.draft_kept", subject=current)
        return Written(current, draft)
    NoteDraft.objects.filter(item=current, written_by=account_id).delete()
    if text != current.note:
        current.note, current.note_at, current.note_by_id = text, timezone.now(), account_id
        current.note_version += 1
        current.save(update_fields=["note", "note_at", "note_by", "note_version"])
        record(actor=actor, action="minutes.written", subject=current)
    return Written(current)


def _may_follow(current: AgendaItem, version: int, text: str, account_id: int) -> bool:
    """Whether the text follows on what stands there: also where only the answer to one's own last writing was lost."""
    is_own_continued = current.note_by_id == account_id and text.startswith(current.note)
    return current.note_version == version or text == current.note or is_own_continued


@transaction.atomic
def drop_draft(*, actor: Actor, item: AgendaItem) -> None:
    """Let one's own draft go: what the other one wrote is enough."""
    open_meeting(actor, item.meeting)
    NoteDraft.objects.filter(item=item, written_by=actor.account_id).delete()
    record(actor=actor, action="minutes.draft_dropped", subject=item)


@transaction.atomic
def note_attendance(
    *, actor: Actor, meeting: Meeting, seats: Mapping[int, tuple[Presence | None, str]], guests: str
) -> None:
    """Note who of which seat was there under which name, and who else. Raises SteeringRefused."""
    meeting = open_meeting(actor, meeting)
    known = set(Seat.objects.filter(committee=meeting.committee_id).values_list("pk", flat=True))
    for seat_id in known & set(seats):
        presence, name = seats[seat_id]
        noted = Attendance.objects.filter(meeting=meeting, seat=seat_id)
        if presence is None:
            noted.delete()
        elif not noted.update(presence=presence.value, name=name):
            Attendance.objects.create(meeting=meeting, seat_id=seat_id, presence=presence.value, name=name)
    meeting.guests = guests
    meeting.save(update_fields=["guests"])
    record(actor=actor, action="meeting.attendance_noted", subject=meeting, amount=len(seats))
