"""What events count: those that were held, and how many were there. Events and attendances are never added."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.events.models import Event
from kimwerk.events.types import EventKind, EventState
from kimwerk.kernel.counting import GroupedCount, Rows
from kimwerk.kernel.figures import MISSING, Dimension, Figure, FigureQuery, Member, MemberKind, Unit
from kimwerk.ui.slices import TIME, members_on, members_within

KIND = Dimension("event_kind", _("Kind of event"))
STATE = Dimension("event_state", _("State of the event"))
MUNICIPALITY = Dimension("municipality", _("Municipality"), MemberKind.PLACE)
ALONG = (KIND, STATE, MUNICIPALITY, *TIME)
COLUMNS = ("kind", "state", "municipality__ags", "municipality__name", "begins_on")


def _events(actor: Actor, query: FigureQuery) -> Rows:
    counted = _within(actor, query).values_list(*COLUMNS).annotate(count=Count("pk"))
    for kind, state, ags, name, day, count in counted.order_by():
        yield _members(kind, state, ags, name, day), count


def _attendances(actor: Actor, query: FigureQuery) -> Rows:
    held = _within(actor, query).filter(state=EventState.HELD.value)
    there = Count("participants", filter=Q(participants__is_present=True))
    for kind, state, ags, name, day, count in held.values_list(*COLUMNS).annotate(count=there).order_by():
        yield _members(kind, state, ags, name, day), count


def _within(actor: Actor, query: FigureQuery) -> QuerySet[Event]:
    days = Q(begins_on__gte=query.window.start, begins_on__lt=query.window.end)
    found = Event.objects.visible_to(actor).annotate(begins_on=TruncDate("starts_at")).filter(days)
    return found if query.organisation is None else found.filter(organisation=query.organisation)


def _members(kind: str, state: str, ags: str | None, name: str | None, day: date) -> dict[str, Member]:
    return {
        KIND.key: Member(kind, str(EventKind(kind).label)),
        STATE.key: Member(state, str(EventState(state).label)),
        MUNICIPALITY.key: Member(ags, name) if ags and name else Member(MISSING, _g("not recorded")),
    } | members_on(day)


FIGURES: tuple[Figure[Actor], ...] = (
    Figure(
        "events_planned_and_held",
        _("Events"),
        Unit.EVENTS,
        _("Every event counts once, on the day on which it begins, with its state of today."),
        _("All events of the organisation, those called off among them."),
        ALONG,
        "events",
        GroupedCount(_events, ALONG, members_within),
        rows="events:events",
        by=(KIND.key, STATE.key),
    ),
    Figure(
        "event_attendances",
        _("Attendances at events"),
        Unit.PARTICIPANTS,
        _("Whoever was there counts at every event: attendances, not persons."),
        _("Events that were held, with a list of who was there."),
        ALONG,
        "events",
        GroupedCount(_attendances, ALONG, members_within),
        rows="events:events",
        by=(KIND.key,),
    ),
)
