"""Meetings with their agendas, who is invited, who was there, and what the next agenda could hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.needs.models import Gap
from kimwerk.steering.models import (
    AgendaItem,
    Attendance,
    Committee,
    Meeting,
    NoteDraft,
    PaperStep,
    Proposal,
    Resolution,
    Task,
    Term,
)
from kimwerk.steering.selectors.committees import SeatLine, seats_on
from kimwerk.steering.types import (
    THERE,
    WEEKS_BETWEEN,
    CommitteeKind,
    ItemSource,
    MeetingState,
    Outcome,
    Presence,
    Quorum,
    Rhythm,
)


@dataclass(frozen=True, slots=True)
class MeetingWish:
    """Which meetings are asked for."""

    committee_id: int | None = None
    state: MeetingState | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that waits for an agenda."""

    source: ItemSource
    source_id: int
    title: str
    text: str = ""
    presenter: str = ""

    @property
    def key(self) -> str:
        """As a form names it."""
        return f"{self.source.value}-{self.source_id}"


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """A seat at a meeting: who holds it that day, and what is noted."""

    seat: SeatLine
    noted: Attendance | None

    @property
    def name(self) -> str:
        """Who is noted, or who would be expected."""
        if self.noted is not None:
            return self.noted.name
        return self.seat.member.name if self.seat.member else ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is invited: the member of a seat, or whoever deputises in it."""

    name: str
    email: str
    body: str
    is_deputy: bool
    account_id: int | None


def meetings_for(actor: Actor, wish: MeetingWish) -> QuerySet[Meeting]:
    """The meetings asked for, newest first."""
    found = Meeting.objects.visible_to(actor).select_related("committee")
    if wish.committee_id is not None:
        found = found.filter(committee=wish.committee_id)
    if wish.state is not None:
        found = found.filter(state=wish.state.value)
    if wish.year is not None:
        found = found.filter(starts_at__year=wish.year)
    return found.order_by("-starts_at", "-pk")


def years_of(actor: Actor) -> list[int]:
    """The years in which the actor knows meetings, newest first."""
    days = Meeting.objects.visible_to(actor).dates("starts_at", "year", order="DESC")
    return [day.year for day in days]


def agenda_of(meeting: Meeting) -> list[AgendaItem]:
    """The items in their order, with the tasks and resolutions that came of each. Three queries."""
    tasks = Prefetch("tasks", Task.objects.order_by("due_on", "pk"))
    resolutions = Prefetch("resolutions", Resolution.objects.order_by("number"))
    return list(meeting.items.prefetch_related(tasks, resolutions).select_related("note_by").order_by("position"))


def drafts_of(actor: Actor, meeting: Meeting) -> dict[int, NoteDraft]:
    """The actor's own drafts that stand against a newer text, by item."""
    found = NoteDraft.objects.filter(item__meeting=meeting, written_by=actor.account_id)
    return {draft.item_id: draft for draft in found}


def attendance_of(meeting: Meeting) -> list[AttendanceLine]:
    """Every seat on the day of the meeting with what is noted. Three queries."""
    noted = {each.seat_id: each for each in meeting.attendance.all()}
    day = meeting.day
    return [AttendanceLine(line, noted.get(line.seat.pk)) for line in seats_on(meeting.committee, day)]


def quorum_of(meeting: Meeting, lines: list[AttendanceLine]) -> Quorum:
    """Whether enough of those with a vote are there, as far as it is noted."""
    voting = [line for line in lines if line.seat.seat.has_vote]
    there = sum(1 for line in voting if line.noted and Presence(line.noted.presence) in THERE)
    return Quorum(there, len(voting), meeting.committee.quorum_percent)


def recipients_of(meeting: Meeting) -> list[Recipient]:
    """Who holds a seat on the day of the meeting. Whoever has left by then is not invited."""
    day = meeting.day
    return [recipient for line in seats_on(meeting.committee, day) for recipient in _recipients(line)]


def left_before(meeting: Meeting) -> list[Term]:
    """Who held a seat in the year before the meeting, holds none on its day, and is therefore not invited."""
    day = meeting.day
    ended = Term.objects.filter(seat__committee=meeting.committee_id, days__endswith__lte=day)
    recent = ended.filter(days__endswith__gt=day - timedelta(days=365)).order_by("name", "pk")
    there = {each.name for each in recipients_of(meeting)}
    return [term for term in recent if term.name not in there]


def _recipients(line: SeatLine) -> Iterator[Recipient]:
    body = line.seat.organisation.name
    for term in (line.member, line.deputy):
        if term is not None:
            yield Recipient(term.name, term.email, body, term.is_deputy, term.account_id)


def suggestions_for(actor: Actor, meeting: Meeting) -> list[Suggestion]:
    """What waits for the agenda of this meeting and is not on it: papers, proposals, gaps, resolutions, then tasks."""
    taken = set(meeting.items.exclude(source_id=None).values_list("source", "source_id"))
    found = (
        *_papers(actor, meeting),
        *_proposals(actor, meeting),
        *_gaps(actor, meeting),
        *_resolutions(actor, meeting),
        *_tasks(actor, meeting),
    )
    return [each for each in found if (each.source.value, each.source_id) not in taken]


def _papers(actor: Actor, meeting: Meeting) -> Iterator[Suggestion]:
    """Papers whose next step is this committee."""
    steps = PaperStep.objects.next_ones(actor).filter(committee=meeting.committee_id, meeting=None)
    for step in steps.select_related("paper").order_by("paper__written_on", "paper"):
        paper = step.paper
        yield Suggestion(ItemSource.PAPER, paper.pk, paper.heading, paper.proposal, paper.author)


def _proposals(actor: Actor, meeting: Meeting) -> Iterator[Suggestion]:
    open_ones = Proposal.objects.visible_to(actor).open().filter(committee=meeting.committee_id)
    for proposal in open_ones.select_related("proposed_by").order_by("pk"):
        by = proposal.proposed_by.display_name
        yield Suggestion(ItemSource.PROPOSAL, proposal.pk, proposal.title, proposal.text, by)


def _gaps(actor: Actor, meeting: Meeting) -> Iterator[Suggestion]:
    """Gaps of the system wait for the steering group."""
    committee = meeting.committee
    if committee.kind == CommitteeKind.STEERING_GROUP:
        for gap in (
            Gap.objects.visible_to(actor).waiting().filter(organisation=committee.organisation_id).order_by("pk")
        ):
            yield Suggestion(ItemSource.GAP, gap.pk, gap.title, gap.text, gap.owner)


def _resolutions(actor: Actor, meeting: Meeting) -> Iterator[Suggestion]:
    """Those that were deferred, and those that are late on the day of the meeting."""
    known = Resolution.objects.visible_to(actor).filter(committee=meeting.committee_id).exclude(meeting=meeting.pk)
    waiting = known.filter(outcome=Outcome.DEFERRED.value) | known.overdue(meeting.day)
    for resolution in waiting.order_by("decided_on", "pk"):
        yield Suggestion(ItemSource.RESOLUTION, resolution.pk, resolution.title, "", resolution.responsible)


def _tasks(actor: Actor, meeting: Meeting) -> Iterator[Suggestion]:
    tasks = Task.objects.visible_to(actor).unfinished().filter(committee=meeting.committee_id)
    for task in tasks.exclude(meeting=meeting.pk).order_by("due_on", "pk"):
        yield Suggestion(ItemSource.TASK, task.pk, task.title, task.note, task.owner_name)


def last_meeting(committee: Committee) -> Meeting | None:
    """The newest meeting that was not cancelled."""
    return committee.meetings.held().order_by("-starts_at").first()


def next_start(committee: Committee) -> datetime | None:
    """When the committee would meet next by its rhythm: the same weekday and hour, not in the past."""
    last, weeks = last_meeting(committee), WEEKS_BETWEEN.get(Rhythm(committee.rhythm))
    if last is None or weeks is None:
        return None
    start, now = timezone.localtime(last.starts_at), timezone.localtime()
    steps = max(1, -(-(now.date() - start.date()).days // (7 * weeks)))
    day = start.date() + timedelta(weeks=weeks * steps)
    return timezone.make_aware(datetime.combine(day, start.time().replace(tzinfo=None)))
