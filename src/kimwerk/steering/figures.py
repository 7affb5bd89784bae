"""What committees count: meetings that took place, and what was resolved."""

from __future__ import annotations

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.kernel.counting import GroupedCount, Rows
from kimwerk.kernel.figures import Dimension, Figure, FigureQuery, Member, Text, Unit
from kimwerk.steering.models import Meeting, Resolution
from kimwerk.steering.types import MeetingState, Outcome, WorkState
from kimwerk.ui.slices import TIME, members_on, members_within

COMMITTEE = Dimension("committee", _("Committee"))
OUTCOME = Dimension("outcome", _("Vote taken"))
STATE = Dimension("work_state", _("Carried out"))


def _meetings(actor: Actor, query: FigureQuery) -> Rows:
    window = query.window
    held = Meeting.objects.visible_to(actor).filter(state=MeetingState.CLOSED.value)
    found = held.filter(starts_at__date__gte=window.start, starts_at__date__lt=window.end)
    if query.organisation is not None:
        found = found.filter(committee__organisation=query.organisation)
    by_day = found.annotate(held_on=TruncDate("starts_at")).values_list("committee", "committee__name", "held_on")
    for committee, name, day, count in by_day.annotate(n=Count("pk")).order_by():
        yield {COMMITTEE.key: Member(str(committee), name)} | members_on(day), count


def _resolutions(actor: Actor, query: FigureQuery) -> Rows:
    window = query.window
    found = Resolution.objects.visible_to(actor).filter(decided_on__gte=window.start, decided_on__lt=window.end)
    if query.organisation is not None:
        found = found.filter(committee__organisation=query.organisation)
    grouped = found.values_list("committee", "committee__name", "outcome", "state", "decided_on").annotate(
        n=Count("pk")
    )
    for committee, name, outcome, state, day, count in grouped.order_by():
        yield (
            {
                COMMITTEE.key: Member(str(committee), name),
                OUTCOME.key: Member(outcome, str(Outcome(outcome).label)),
                STATE.key: Member(state, str(WorkState(state).label)),
            }
            | members_on(day),
            count,
        )


def _figure(
    key: str, title: Text, unit: Unit, counts: Text, population: Text, compute: GroupedCount[Actor], rows: str
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
        GroupedCount(_meetings, (COMMITTEE, *TIME), members_within),
        "steering:meetings",
    ),
    _figure(
        "resolutions_made",
        _("Resolutions made"),
        Unit.RESOLUTIONS,
        _("Every resolution counts once, on the day of its vote, also when it was rejected or deferred."),
        _("All committees that the reader may read."),
        GroupedCount(_resolutions, (COMMITTEE, OUTCOME, STATE, *TIME), members_within),
        "steering:resolutions",
    ),
)
