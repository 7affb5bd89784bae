"""What committees count: meetings that took place, and what was resolved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import (
    Axis,
    Counted,
    Dimension,
    Figure,
    FigureQuery,
    Member,
    QueryError,
    QueryProblem,
    Text,
    Unit,
    Value,
)
from kimwerk.steering.models import Meeting, Resolution
from kimwerk.steering.types import MeetingState, Outcome, WorkState

MOST_DIMENSIONS = 2
COMMITTEE = Dimension("committee", _("Committee"))
OUTCOME = Dimension("outcome", _("Vote taken"))
STATE = Dimension("work_state", _("Carried out"))
Rows = Iterator[tuple[Mapping[str, Member], int]]


@dataclass(frozen=True, slots=True)
class _Count:
    """A figure over grouped rows; each row knows its member along every dimension."""

    rows: Callable[[Actor, FigureQuery], Rows]
    along: tuple[Dimension, ...]

    def __call__(self, actor: Actor, query: FigureQuery) -> Counted:
        by = [self._dimension(key) for key in query.by]
        if len(by) > MOST_DIMENSIONS or len(set(query.by)) < len(query.by):
            raise QueryError(QueryProblem.TOO_MANY_DIMENSIONS)
        only = {self._dimension(key).key: members for key, members in query.only.items() if members}
        counted: Counter[tuple[Member, ...]] = Counter()
        for members, count in self.rows(actor, query):
            if all(members[key].key in wanted for key, wanted in only.items()):
                counted[tuple(members[dimension.key] for dimension in by)] += count
        cells: dict[tuple[str, ...], Value] = {tuple(m.key for m in at): count for at, count in counted.items()}
        axes = (Axis(each, _sorted({at[place] for at in counted})) for place, each in enumerate(by))
        return Counted(tuple(axes), cells if by else {}, counted.total())

    def _dimension(self, key: str) -> Dimension:
        found = next((each for each in self.along if each.key == key), None)
        if found is None:
            raise QueryError(QueryProblem.UNKNOWN_DIMENSION, key)
        return found


def _sorted(members: set[Member]) -> tuple[Member, ...]:
    return tuple(sorted(members, key=lambda member: (member.label, member.key)))


def _meetings(actor: Actor, query: FigureQuery) -> Rows:
    window = query.window
    held = Meeting.objects.visible_to(actor).filter(state=MeetingState.CLOSED.value)
    found = held.filter(starts_at__date__gte=window.start, starts_at__date__lt=window.end)
    if query.organisation is not None:
        found = found.filter(committee__organisation=query.organisation)
    for committee, name, count in found.values_list("committee", "committee__name").annotate(n=Count("pk")).order_by():
        yield {COMMITTEE.key: Member(str(committee), name)}, count


def _resolutions(actor: Actor, query: FigureQuery) -> Rows:
    window = query.window
    found = Resolution.objects.visible_to(actor).filter(decided_on__gte=window.start, decided_on__lt=window.end)
    if query.organisation is not None:
        found = found.filter(committee__organisation=query.organisation)
    grouped = found.values_list("committee", "committee__name", "outcome", "state").annotate(n=Count("pk"))
    for committee, name, outcome, state, count in grouped.order_by():
        yield (
            {
                COMMITTEE.key: Member(str(committee), name),
                OUTCOME.key: Member(outcome, str(Outcome(outcome).label)),
                STATE.key: Member(state, str(WorkState(state).label)),
            },
            count,
        )


def _figure(
    key: str, title: Text, unit: Unit, counts: Text, population: Text, compute: _Count, rows: str
) -> Figure[Actor]:
    return Figure(
        key, title, unit, counts, population, compute.along, "steering", compute, rows=rows, by=(COMMITTEE.key,)
    )


FIGURES: tuple[Figure[Actor], ...] = (
    _figure(
        "meetings_held",
        _("Meetings held"),
        Unit.MEETINGS,
        _("Every meeting whose minutes are closed counts once, on the day on which it began."),
        _("All committees that the reader may read."),
        _Count(_meetings, (COMMITTEE,)),
        "steering:meetings",
    ),
    _figure(
        "resolutions_made",
        _("Resolutions made"),
        Unit.RESOLUTIONS,
        _("Every resolution counts once, on the day of its vote, also when it was rejected or deferred."),
        _("All committees that the reader may read."),
        _Count(_resolutions, (COMMITTEE, OUTCOME, STATE)),
        "steering:resolutions",
    ),
)
