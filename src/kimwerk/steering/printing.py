"""Invitation and minutes as accessible PDF, as the text of a mail, and the appointment for calendars."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.kernel import german
from kimwerk.steering.calendar import Appointment, as_icalendar
from kimwerk.steering.models import AgendaItem, Meeting, Resolution, Task
from kimwerk.steering.selectors.meetings import AttendanceLine, agenda_of, attendance_of, quorum_of
from kimwerk.steering.selectors.resolutions import texts_of
from kimwerk.steering.texts import votes_text, when_text
from kimwerk.steering.types import THERE, MeetingState, Presence
from kimwerk.ui.typesetting import typeset

TEMPLATE = Path(__file__).with_name("meeting.typ")
USUAL_LENGTH = timedelta(hours=2)
Payload = dict[str, object]


def invitation_pdf(meeting: Meeting) -> bytes:
    """The invitation with its agenda. Raises what `typeset` does."""
    agenda = [_agenda_entry(number, item) for number, item in enumerate(agenda_of(meeting), 1)]
    sections: list[Payload] = [{"title": _("Agenda"), "items": agenda}]
    return _set(meeting, _("Invitation"), _("Everybody with a seat is invited."), sections, meeting.invited_at)


def minutes_pdf(meeting: Meeting) -> bytes:
    """The minutes: who was there, what was said, what came of it. Raises what `typeset` does."""
    lines = attendance_of(meeting)
    items = agenda_of(meeting)
    sections: list[Payload] = [
        {"title": _("Presence"), "columns": [_("Name"), _("Seat"), _("Presence")], "rows": _presence_rows(lines)},
        {"title": _("Course of the meeting"), "items": [_note_entry(n, item) for n, item in enumerate(items, 1)]},
    ]
    tasks = [task for item in items for task in item.tasks.all()]
    if tasks:
        columns = [_("What is to be done"), _("Who"), _("Until")]
        sections.append({"title": _("Tasks"), "columns": columns, "rows": [_task_cells(task) for task in tasks]})
    return _set(meeting, _("Minutes of the meeting"), _quorum_text(meeting, lines), sections, meeting.closed_at)


def invitation_mail(meeting: Meeting) -> tuple[str, str]:
    """Subject and text of the mail that carries the invitation."""
    named = {"meeting": meeting, "when": when_text(meeting), "place": meeting.place or _("to be told")}
    agenda = "\n".join(f"{number}. {item.title}" for number, item in enumerate(agenda_of(meeting), 1))
    text = _(
        "You are invited to: %(meeting)s\n\nWhen: %(when)s\nWhere: %(place)s\n\nAgenda:\n%(agenda)s\n\n"
        "The invitation is attached as a PDF, the appointment as a file for your calendar. "
        "If you cannot come, please tell your deputy and the office."
    )
    return _("Invitation: %(meeting)s, %(when)s") % named, text % (named | {"agenda": agenda})


def minutes_mail(meeting: Meeting, name: str, tasks: list[Task]) -> tuple[str, str]:
    """Subject and text of the mail that carries the minutes to one of those invited, with that one's tasks."""
    named = {"meeting": meeting, "when": when_text(meeting), "name": name}
    own = "\n".join(f"– {task.title}{_until(task)}" for task in tasks)
    tasks_text = (_("Your tasks:\n%(tasks)s") % {"tasks": own}) if own else _("No task is yours.")
    text = _("Dear %(name)s,\n\nthe minutes of this meeting are attached: %(meeting)s (%(when)s).\n\n%(tasks)s")
    return _("Minutes: %(meeting)s") % named, text % (named | {"tasks": tasks_text})


def appointment_of(meeting: Meeting, host: str) -> bytes:
    """The meeting for calendars. Sent again after a change it replaces the one before."""
    made_at = meeting.invited_at or meeting.starts_at
    return as_icalendar(
        Appointment(
            uid=f"meeting-{meeting.pk}@{host}",
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at or meeting.starts_at + USUAL_LENGTH,
            made_at=made_at,
            title=str(meeting),
            place=meeting.place,
            text="\n".join(f"{number}. {item.title}" for number, item in enumerate(agenda_of(meeting), 1)),
            sequence=int(meeting.invited_at.timestamp()) if meeting.invited_at else 0,
            is_cancelled=meeting.state == MeetingState.CANCELLED,
        )
    )


def _set(meeting: Meeting, title: str, lead: str, sections: list[Payload], made_at: datetime | None) -> bytes:
    committee = meeting.committee
    made = made_at or timezone.now()
    payload = {
        "organisation": committee.organisation.name,
        "title": f"{title}: {meeting}",
        "subtitle": committee.name if meeting.title else "",
        "facts": [[_("When"), when_text(meeting)], [_("Where"), meeting.place or _("to be told")]],
        "lead": lead,
        "sections": sections,
        "closing": _("Guests:\n%(guests)s") % {"guests": meeting.guests} if meeting.guests else "",
        "footer": f"{committee.name} · {title} · {german.day(meeting.day)}",
        "made_at": int(made.timestamp()),
    }
    return typeset(TEMPLATE, json.dumps(payload, ensure_ascii=False))


def _agenda_entry(number: int, item: AgendaItem) -> Payload:
    minutes = _("%(count)s minutes") % {"count": item.minutes} if item.minutes else ""
    note = " · ".join(filter(None, (item.presenter, minutes)))
    return {"title": f"{number}. {item.title}", "note": note, "text": item.text, "lines": []}


def _note_entry(number: int, item: AgendaItem) -> Payload:
    lines = [_resolution_line(resolution) for resolution in item.resolutions.all()]
    return {"title": f"{number}. {item.title}", "note": item.presenter, "text": item.note, "lines": lines}


def _resolution_line(resolution: Resolution) -> str:
    """A resolution in the minutes: its number, text as it holds, and how the vote went."""
    newest = texts_of(resolution)[0]
    named = {"number": resolution.number, "outcome": resolution.get_outcome_display(), "votes": votes_text(resolution)}
    head = _("Resolution %(number)s (%(outcome)s, %(votes)s)") % named
    return f"{head}: {newest.text}"


def _presence_rows(lines: list[AttendanceLine]) -> list[list[str]]:
    noted = [(line, line.noted) for line in lines if line.noted is not None]
    return [[line.name, str(line.seat.seat), str(Presence(each.presence).label)] for line, each in noted]


def _quorum_text(meeting: Meeting, lines: list[AttendanceLine]) -> str:
    quorum = quorum_of(meeting, lines)
    there = sum(1 for line in lines if line.noted and Presence(line.noted.presence) in THERE)
    said = _("There was a quorum") if quorum.is_met else _("There was no quorum")
    counted = _("%(present)s of %(seats)s seats with a vote; %(there)s members there in all")
    return f"{said}: {counted % {'present': quorum.present, 'seats': quorum.seats, 'there': there}}."


def _task_cells(task: Task) -> list[str]:
    return [task.title, task.owner_name or "–", german.day(task.due_on) if task.due_on else "–"]


def _until(task: Task) -> str:
    return _(" (until %(day)s)") % {"day": german.day(task.due_on)} if task.due_on else ""
