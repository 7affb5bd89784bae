"""Case conferences as pages show them, and whether consent covers everybody who is invited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kimwerk.access.actors import Actor
from kimwerk.casework.conference_texts import ConferenceText, open_text
from kimwerk.casework.conference_types import PURPOSE, Attendance, ClientPresence, ConferenceState
from kimwerk.casework.models.conference import Conference, ConferenceInvitee, ConferenceTask
from kimwerk.consent.selectors import coverage
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.kernel.listed import Lines
from kimwerk.persons.models import Person


@dataclass(frozen=True, slots=True)
class ConferenceRow:
    """A conference in a list. `person` and `case_number` are empty for an anonymised one."""

    id: int
    occasion: str
    planned_at: datetime
    state: ConferenceState
    case_id: int | None
    case_number: str
    person: str
    invited: int
    tasks_open: int


@dataclass(frozen=True, slots=True)
class Invited:
    """An invited organisation. `is_covered` is None where there is no person whom it could be about."""

    id: int
    organisation_id: int
    name: str
    legal_circle: str
    attendance: Attendance
    is_covered: bool | None
    is_told: bool


@dataclass(frozen=True, slots=True)
class Task:
    """Something somebody took on."""

    id: int
    text: str
    owner: str
    due_on: date
    done_on: datetime | None
    is_for_client: bool


@dataclass(frozen=True, slots=True)
class ConferenceFile:
    """A conference with all that is known of it."""

    row: ConferenceRow
    person_id: int | None
    place: str
    question: str
    categories: tuple[DataCategory, ...]
    invited: tuple[Invited, ...]
    tasks: tuple[Task, ...]
    shared_at: datetime | None
    held_on: date | None
    client: ClientPresence | None
    agreement: str
    next_on: date | None
    version: int

    @property
    def not_covered(self) -> tuple[Invited, ...]:
        """Who must not be told anything yet."""
        return tuple(each for each in self.invited if each.is_covered is False)

    @property
    def not_told(self) -> tuple[Invited, ...]:
        """Who was not sent anything yet."""
        return tuple(each for each in self.invited if not each.is_told)


def conferences(actor: Actor, *, case_id: int | None = None) -> Sequence[ConferenceRow]:
    """The conferences of the actor's cases and the anonymised ones of their organisation, the latest first."""
    found = Conference.objects.visible_to(actor)
    found = found.filter(case=case_id) if case_id is not None else found
    return Lines(found.select_related("case").order_by("-planned_at", "-pk"), _rows)


def conference_file(actor: Actor, pk: int) -> ConferenceFile | None:
    """One conference. Whether consent covers the invited is asked now, not remembered."""
    found = Conference.objects.visible_to(actor).select_related("case").filter(pk=pk).first()
    if found is None:
        return None
    person_id = found.case.person_id if found.case else None
    categories = tuple(DataCategory(each) for each in found.categories)
    return ConferenceFile(
        row=_rows([found])[0],
        person_id=person_id,
        place=found.place,
        question=open_text(person_id, found.question, ConferenceText.QUESTION),
        categories=categories,
        invited=_invited(found, person_id),
        tasks=tuple(_task(each, person_id) for each in _tasks_of(found)),
        shared_at=found.shared_at,
        held_on=found.held_on,
        client=ClientPresence(found.client) if found.client else None,
        agreement=open_text(person_id, found.agreement, ConferenceText.AGREEMENT),
        next_on=found.next_on,
        version=found.version,
    )


def needed_for(conference: Conference) -> frozenset[DataCategory]:
    """What a consent must cover before the conference's content may be shared: the data, and the matter itself."""
    return frozenset({DataCategory.CONCERN, *(DataCategory(each) for each in conference.categories)})


def _rows(found: Iterable[Conference]) -> tuple[ConferenceRow, ...]:
    """Conferences with their numbers and names. Three queries, however many."""
    listed = list(found)
    ids = [each.pk for each in listed]
    invited = Counter(ConferenceInvitee.objects.filter(conference__in=ids).values_list("conference_id", flat=True))
    undone = ConferenceTask.objects.filter(conference__in=ids, done_at__isnull=True)
    tasks = Counter(undone.values_list("conference_id", flat=True))
    people = Person.objects.in_bulk({each.case.person_id for each in listed if each.case and each.case.person_id})
    return tuple(
        ConferenceRow(
            id=each.pk,
            occasion=each.occasion,
            planned_at=each.planned_at,
            state=ConferenceState(each.state),
            case_id=each.case_id,
            case_number=each.case.number if each.case else "",
            person=people[each.case.person_id].listed_name if each.case and each.case.person_id in people else "",
            invited=invited[each.pk],
            tasks_open=tasks[each.pk],
        )
        for each in listed
    )


def _invited(conference: Conference, person_id: int | None) -> tuple[Invited, ...]:
    invitees = list(
        ConferenceInvitee.objects.filter(conference=conference.pk)
        .select_related("organisation", "legal_circle")
        .order_by("organisation__sort_key", "pk")
    )
    ids = [each.organisation_id for each in invitees]
    grants = {} if person_id is None else coverage(person_id, ids, PURPOSE, needed_for(conference))
    return tuple(
        Invited(
            id=each.pk,
            organisation_id=each.organisation_id,
            name=each.organisation.name,
            legal_circle=each.legal_circle.label if each.legal_circle else "",
            attendance=Attendance(each.attendance),
            is_covered=None if person_id is None else grants.get(each.organisation_id) is not None,
            is_told=each.disclosure_id is not None,
        )
        for each in invitees
    )


def _tasks_of(conference: Conference) -> list[ConferenceTask]:
    found = ConferenceTask.objects.filter(conference=conference.pk).select_related("account", "organisation")
    return list(found.order_by("due_on", "pk"))


def _task(task: ConferenceTask, person_id: int | None) -> Task:
    owner = task.account.display_name if task.account else task.organisation.name if task.organisation else ""
    return Task(
        id=task.pk,
        text=open_text(person_id, task.text, ConferenceText.TASK),
        owner=owner,
        due_on=task.due_on,
        done_on=task.done_at,
        is_for_client=task.is_for_client,
    )
