"""Lists of cases: one's own with names, the coordination's in numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Least
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.kept import asked_together, kept
from kimwerk.audit.services import record_read
from kimwerk.casework.models import Case, Deadline, Step
from kimwerk.casework.selectors.choices import settings_of
from kimwerk.casework.types import CaseColumn, CaseFilter, CaseKind, CaseState, Priority, StepState
from kimwerk.kernel.names import listed_name
from kimwerk.persons.selectors import ids_of_persons

OPEN_STEPS = Step.objects.filter(state=StepState.OPEN.value, due_on__isnull=False)
OPEN_DEADLINES = Deadline.objects.filter(done_at__isnull=True)


def _earliest_day(open_ones: QuerySet[Step] | QuerySet[Deadline]) -> Subquery:
    of_case = open_ones.filter(case=OuterRef("pk")).order_by("due_on")
    return Subquery(of_case.values("due_on")[:1])


ORDERS: Mapping[CaseColumn, F | Least] = {
    CaseColumn.NUMBER: F("number"),
    CaseColumn.PERSON: F("person__sort_key"),
    CaseColumn.OPENED: F("opened_on"),
    CaseColumn.LAST_CONTACT: F("last_contact_on"),
    CaseColumn.DUE: Least("next_review_on", _earliest_day(OPEN_STEPS), _earliest_day(OPEN_DEADLINES)),
    CaseColumn.MUNICIPALITY: F("municipality__sort_key"),
}
MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of "my cases". `due_on` is the next day on which something has to happen."""

    id: int
    number: str
    person: str
    kind: CaseKind
    state: CaseState
    municipality: str
    opened_on: date
    last_contact_on: date | None
    due_on: date | None
    priority: Priority
    is_deputy: bool


@dataclass(frozen=True, slots=True)
class Load:
    """How much one case manager carries, in numbers."""

    account_id: int
    name: str
    clarification: int
    running: int
    urgent: int
    quiet: int
    overdue: int
    deputised: int

    @property
    def open(self) -> int:
        """Cases that are not closed."""
        return self.clarification + self.running


@dataclass(frozen=True, slots=True)
class OverseenRow:
    """One line of the coordination's list: no name, no content."""

    id: int
    number: str
    kind: CaseKind
    state: CaseState
    responsible: str
    deputy: str
    municipality: str
    opened_on: date
    last_contact_on: date | None
    priority: Priority


def my_cases(actor: Actor, asked: CaseFilter) -> tuple[int, ...]:
    """The actor's own and deputised cases that fit, in the order asked for. One query: nobody has thousands of them."""
    found = narrowed(Case.objects.own_of(actor), asked)
    if asked.text:
        persons = ids_of_persons(actor, asked.text, MOST_FOUND)
        found = found.filter(Q(person__in=persons) | Q(number__contains=asked.text.strip()))
    return tuple(ordered(found, asked).values_list("pk", flat=True))


def narrowed(cases: QuerySet[Case], asked: CaseFilter) -> QuerySet[Case]:
    """Those that fit the facts asked for; a search text is left to the caller."""
    conditions = (
        ("state__in", [state.value for state in asked.states]),
        ("kind__in", [kind.value for kind in asked.kinds]),
        ("municipality__in", sorted(asked.municipalities)),
        ("priority__in", [priority.value for priority in asked.priorities]),
    )
    return cases.filter(**{name: values for name, values in conditions if values})


def ordered(cases: QuerySet[Case], asked: CaseFilter) -> QuerySet[Case]:
    """In the order asked for; what has no value comes last."""
    column = ORDERS[asked.sort]
    order = column.desc(nulls_last=True) if asked.is_descending else column.asc(nulls_last=True)
    return cases.order_by(order, "-pk")


class _Listed(NamedTuple):
    """The columns of a line, in the order in which they are asked for."""

    id: int
    number: str
    kind: str
    state: str
    opened_on: date
    last_contact_on: date | None
    next_review_on: date | None
    priority: str
    responsible: int
    municipality: str
    family_name: str
    given_names: str
    prefix: str


@kept
def _listed(cases: list[int]) -> QuerySet[Case, tuple[object, ...]]:
    own = _Listed._fields[:-4]
    names = ("municipality__name", *(f"person__{name}" for name in _Listed._fields[-3:]))
    return Case.objects.filter(pk__in=cases).values_list(*own, *names)


def rows_of(actor: Actor, cases: Sequence[int]) -> tuple[CaseRow, ...]:
    """Cases that the actor may read as lines with names, in this order; recorded as reading so many.

    Three queries, asked at once.
    """
    if not cases:
        return ()
    asked = list(cases)
    with asked_together(_listed.of(asked), _next_steps.of(asked), _next_deadlines.of(asked)):
        by_id = {each.id: each for each in map(_Listed._make, _listed(asked))}
        due = next_days(asked)
    listed = [by_id[pk] for pk in cases if pk in by_id]
    record_read(actor=actor, subject_type=Case._meta.db_table, amount=len(listed))
    return tuple(
        CaseRow(
            id=case.id,
            number=case.number,
            person=listed_name(case.family_name, case.given_names, case.prefix),
            kind=CaseKind(case.kind),
            state=CaseState(case.state),
            municipality=case.municipality,
            opened_on=case.opened_on,
            last_contact_on=case.last_contact_on,
            due_on=min(filter(None, (due.get(case.id), case.next_review_on)), default=None),
            priority=Priority(case.priority),
            is_deputy=case.responsible != actor.account_id,
        )
        for case in listed
    )


@kept
def _next_steps(cases: list[int]) -> QuerySet[Step, tuple[int, date]]:
    return OPEN_STEPS.filter(case__in=cases).values_list("case").annotate(day=Min("due_on")).order_by()


@kept
def _next_deadlines(cases: list[int]) -> QuerySet[Deadline, tuple[int, date]]:
    return OPEN_DEADLINES.filter(case__in=cases).values_list("case").annotate(day=Min("due_on")).order_by()


def next_days(cases: list[int]) -> dict[int, date]:
    """The next day of an open step or deadline, by case. Two queries."""
    days: dict[int, date] = {}
    for case, day in (*_next_steps(cases), *_next_deadlines(cases)):
        days[case] = min(day, days.get(case, day))
    return days


def overseen_rows(cases: QuerySet[Case]) -> tuple[OverseenRow, ...]:
    """Cases as lines of the coordination. One query."""
    listed = cases.select_related("responsible", "deputy", "municipality")
    return tuple(
        OverseenRow(
            id=case.pk,
            number=case.number,
            kind=CaseKind(case.kind),
            state=CaseState(case.state),
            responsible=case.responsible.display_name,
            deputy=case.deputy.display_name if case.deputy else "",
            municipality=case.municipality.name,
            opened_on=case.opened_on,
            last_contact_on=case.last_contact_on,
            priority=Priority(case.priority),
        )
        for case in listed
    )


def load_of(actor: Actor, organisation_id: int) -> tuple[Load, ...]:
    """The load of everybody who has open cases here, the heaviest first. Two queries; no row is read."""
    today = timezone.localdate()
    quiet_since = today - timedelta(days=settings_of(organisation_id).inactive_days)
    quiet = Q(last_contact_on__lt=quiet_since) | Q(last_contact_on__isnull=True, opened_on__lt=quiet_since)
    counted = (
        Case.objects.overseen_by(actor)
        .filter(organisation=organisation_id)
        .not_closed()
        .values("responsible", "responsible__given_name", "responsible__family_name")
        .annotate(
            clarification=Count("pk", filter=Q(state=CaseState.CLARIFICATION.value)),
            running=Count("pk", filter=Q(state=CaseState.RUNNING.value)),
            urgent=Count("pk", filter=Q(priority=Priority.URGENT.value)),
            quiet=Count("pk", filter=quiet),
            overdue=Count("pk", filter=Q(next_review_on__lt=today)),
            deputised=Count("pk", filter=Q(deputy__isnull=False)),
        )
        .order_by("responsible")
    )
    loads = (
        Load(
            account_id=row["responsible"],
            name=f"{row['responsible__given_name']} {row['responsible__family_name']}".strip(),
            **{name: row[name] for name in ("clarification", "running", "urgent", "quiet", "overdue", "deputised")},
        )
        for row in counted
    )
    return tuple(sorted(loads, key=lambda load: (-load.open, load.name)))
