"""What stands in one case. Whoever is handed it is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.kept import Question, kept
from kimwerk.activities.selectors.book import book_of, name_of
from kimwerk.audit.services import record_reads
from kimwerk.casework.models import (
    Agreement,
    Case,
    CaseContact,
    CaseEvent,
    Clarification,
    Deadline,
    Finding,
    Goal,
    GoalChange,
    Insight,
    Note,
    Step,
)
from kimwerk.casework.sealing import Texts
from kimwerk.casework.types import (
    DeadlineKind,
    Decision,
    EventKind,
    GoalState,
    Sealed,
    StepOwner,
    StepState,
    Verdict,
)
from kimwerk.persons.models import Person

MOST, LATEST = 500, 3
"""Of contacts and notes so many are shown: on their own page, and on that of the case."""


@dataclass(frozen=True, slots=True)
class StepView:
    """A step with its text opened."""

    id: int
    goal_id: int
    text: str
    owner: StepOwner
    body: str
    body_id: int | None
    due_on: date | None
    state: StepState
    settled_on: date | None
    version: int

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state is StepState.OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been done by now."""
        return self.is_open and self.due_on is not None and self.due_on < timezone.localdate()


@dataclass(frozen=True, slots=True)
class GoalMove:
    """Where a goal stood from a moment on."""

    at: datetime
    state: GoalState
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal with its texts opened, its steps and its history."""

    id: int
    text: str
    indicator: str
    domain: str
    domain_id: int | None
    agreed_on: date
    due_on: date | None
    state: GoalState
    version: int
    steps: tuple[StepView, ...]
    moves: tuple[GoalMove, ...]

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.state is StepState.DONE for step in self.steps)


@dataclass(frozen=True, slots=True)
class ContactView:
    """A contact with its diary entry and its note, or a note alone."""

    day: date
    kind: str
    channel: str
    minutes: int | None
    people: int
    note: str
    by: str
    contact_id: int | None
    note_id: int | None
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """A day of the case."""

    id: int
    kind: DeadlineKind
    due_on: date
    note: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class EventView:
    """Something that happened to the case as a whole."""

    at: datetime
    kind: EventKind
    by: str
    account: str
    until: date | None
    text: str


@dataclass(frozen=True, slots=True)
class ClarificationView:
    """The decision in force, with its texts opened."""

    decision: Decision
    reason: str
    criteria: tuple[int, ...]
    exception: str
    has_other_case_management: bool
    other_case_management: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """What a quality sample found for one aspect."""

    aspect: str
    verdict: Verdict
    note: str


@kept
def _readable(actor: Actor, case: int) -> QuerySet[Case]:
    return (
        Case.objects.visible_to(actor)
        .filter(pk=case)
        .select_related(
            *("person__municipality", "municipality", "site", "access_path", "referred_by"),
            *("responsible", "deputy", "closure_reason"),
        )
    )


def readable(actor: Actor, pk: int) -> Case | None:
    """A case whose content the actor may read, recorded as read; None where there is none such.

    Who it is about counts as read too: that is how reading of unusually many people is noticed.
    """
    found = next(iter(_readable(actor, pk)), None)
    if found is not None:
        subjects = ((Case._meta.db_table, str(pk)), (Person._meta.db_table, str(found.person_id)))
        record_reads(actor=actor, subjects=subjects)
    return found


@kept
def _steps(case: int) -> QuerySet[Step]:
    return Step.objects.filter(case=case).select_related("body").order_by("pk")


@kept
def _changes(case: int) -> QuerySet[GoalChange]:
    return GoalChange.objects.filter(case=case).select_related("by").order_by("-pk")


@kept
def _goals(case: int) -> QuerySet[Goal]:
    return Goal.objects.filter(case=case).select_related("domain").order_by("agreed_on", "pk")


def goals_of(case: Case, *, with_history: bool = True) -> tuple[GoalView, ...]:
    """The goals with steps and history, open ones first. Three queries, or two where nobody asks for the history."""
    texts = case.texts
    steps: dict[int, list[StepView]] = {}
    for step in _steps(case.pk):
        steps.setdefault(step.goal_id, []).append(step_view(step, texts))
    moves: dict[int, list[GoalMove]] = {}
    for change in _changes(case.pk) if with_history else ():
        note = texts.open(change.note, Sealed.GOAL)
        moves.setdefault(change.goal_id, []).append(
            GoalMove(change.at, GoalState(change.state), note, change.by.display_name)
        )
    views = [
        _goal_view(goal, texts, tuple(steps.get(goal.pk, ())), tuple(moves.get(goal.pk, ())))
        for goal in _goals(case.pk)
    ]
    return tuple(sorted(views, key=lambda view: not view.state.is_open))


def step_view(step: Step, texts: Texts) -> StepView:
    """A step with its text opened."""
    return StepView(
        id=step.pk,
        goal_id=step.goal_id,
        text=texts.open(step.text, Sealed.STEP),
        owner=StepOwner(step.owner),
        body=step.body.name if step.body else "",
        body_id=step.body_id,
        due_on=step.due_on,
        state=StepState(step.state),
        settled_on=step.settled_on,
        version=step.version,
    )


def _goal_view(goal: Goal, texts: Texts, steps: tuple[StepView, ...], moves: tuple[GoalMove, ...]) -> GoalView:
    return GoalView(
        id=goal.pk,
        text=texts.open(goal.text, Sealed.GOAL),
        indicator=texts.open(goal.indicator, Sealed.GOAL),
        domain=goal.domain.label if goal.domain else "",
        domain_id=goal.domain_id,
        agreed_on=goal.agreed_on,
        due_on=goal.due_on,
        state=GoalState(goal.state),
        version=goal.version,
        steps=steps,
        moves=moves,
    )


@kept
def _contacts(case: int) -> QuerySet[CaseContact]:
    return CaseContact.objects.filter(case=case).select_related("activity").order_by("-activity__day", "-pk")[:MOST]


@kept
def _latest_contacts(case: int) -> QuerySet[CaseContact]:
    return CaseContact.objects.filter(case=case).select_related("activity").order_by("-activity__day", "-pk")[:LATEST]


@kept
def _notes(case: int, contacts: list[int]) -> QuerySet[Note]:
    noted = Note.objects.filter(case=case).filter(Q(contact__in=contacts) | Q(contact__isnull=True))
    return noted.select_related("written_by").order_by("-pk")


def contacts_of(case: Case, *, only_latest: bool = False) -> tuple[ContactView, ...]:
    """Contacts and notes, newest first. Two queries and the diary's book of words."""
    texts, book, most = case.texts, book_of({case.organisation_id}), LATEST if only_latest else MOST
    latest = _latest_contacts(case.pk) if only_latest else _contacts(case.pk)
    notes = _notes(case.pk, [contact.pk for contact in latest])
    by_contact = {note.contact_id: note for note in notes if note.contact_id is not None}
    views = []
    for contact in latest:
        entry, note = contact.activity, by_contact.get(contact.pk)
        views.append(
            ContactView(
                day=entry.day,
                kind=book.label(entry.kind_id),
                channel=book.label(entry.channel_id),
                minutes=entry.minutes,
                people=entry.participants_target + entry.participants_partner,
                note=texts.open(note.text, Sealed.NOTE) if note else "",
                by=name_of(book.staff, entry.done_by_id) or entry.done_by.display_name,
                contact_id=contact.pk,
                note_id=note.pk if note else None,
                is_removed=entry.removed_at is not None,
            )
        )
    views += [_note_view(note, texts) for note in [note for note in notes if note.contact_id is None][:most]]
    return tuple(sorted(views, key=lambda view: view.day, reverse=True)[:most])


def _note_view(note: Note, texts: Texts) -> ContactView:
    return ContactView(
        day=timezone.localdate(note.written_at),
        kind="",
        channel="",
        minutes=None,
        people=0,
        note=texts.open(note.text, Sealed.NOTE),
        by=note.written_by.display_name,
        contact_id=None,
        note_id=note.pk,
    )


@kept
def _deadlines(case: int) -> QuerySet[Deadline]:
    return Deadline.objects.filter(case=case).order_by("due_on", "pk")


def deadlines_of(case: Case) -> tuple[DeadlineView, ...]:
    """The days of the case, open ones first. One query."""
    texts = case.texts
    views = [
        DeadlineView(
            deadline.pk,
            DeadlineKind(deadline.kind),
            deadline.due_on,
            texts.open(deadline.note, Sealed.DEADLINE),
            deadline.done_at is not None,
        )
        for deadline in _deadlines(case.pk)
    ]
    return tuple(sorted(views, key=lambda view: view.is_done))


def events_of(case: Case) -> tuple[EventView, ...]:
    """What happened to the case, newest first. One query."""
    texts = case.texts
    return tuple(
        EventView(
            event.at,
            EventKind(event.kind),
            event.by.display_name,
            event.account.display_name if event.account else "",
            event.until,
            texts.open(event.text, Sealed.EVENT),
        )
        for event in CaseEvent.objects.filter(case=case).select_related("by", "account").order_by("-pk")
    )


@kept
def _last_clarification(case: int) -> QuerySet[Clarification]:
    return Clarification.objects.filter(case=case).select_related("decided_by").order_by("-pk")[:1]


def clarification_of(case: Case) -> ClarificationView | None:
    """The last decision. One query."""
    last = _last_clarification(case.pk)
    if not last:
        return None
    found, texts = last[0], case.texts
    return ClarificationView(
        decision=Decision(found.decision),
        reason=texts.open(found.reason, Sealed.CLARIFICATION),
        criteria=tuple(found.criteria),
        exception=texts.open(found.exception, Sealed.CLARIFICATION),
        has_other_case_management=found.has_other_case_management,
        other_case_management=texts.open(found.other_case_management, Sealed.CLARIFICATION),
        at=found.decided_at,
        by=found.decided_by.display_name,
    )


@kept
def _insights(case: int) -> QuerySet[Insight]:
    return Insight.objects.filter(case=case).select_related("account").order_by("-pk")


def insights_of(case: Case) -> tuple[Insight, ...]:
    """Who looked into the case without working on it, newest first. One query."""
    return tuple(_insights(case.pk))


def findings_of(case: Case) -> dict[int, tuple[FindingView, ...]]:
    """What quality samples found, by the insight. One query."""
    texts = case.texts
    found: dict[int, list[FindingView]] = {}
    for finding in Finding.objects.filter(case=case).select_related("aspect").order_by("aspect__position"):
        view = FindingView(finding.aspect.label, Verdict(finding.verdict), texts.open(finding.note, Sealed.FINDING))
        found.setdefault(finding.insight_id, []).append(view)
    return {insight: tuple(views) for insight, views in found.items()}


def questions_of_parts(case: Case) -> tuple[Question, ...]:
    """What the page of a case asks of its parts, for whoever asks more at once."""
    parts = (_last_clarification, _steps, _goals, _deadlines, _latest_contacts, _insights)
    return tuple(each.of(case.pk) for each in parts)


def agreements_of(case: Case) -> tuple[Agreement, ...]:
    """The plans that were printed, newest first. One query."""
    return tuple(Agreement.objects.filter(case=case).select_related("made_by").order_by("-number"))
