"""Events, their people, and where kick-off events were held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from kimwerk.access.actors import Actor
from kimwerk.access.kept import kept
from kimwerk.access.permissions import Permission
from kimwerk.activities.models import Category
from kimwerk.activities.types import CategoryList
from kimwerk.directory.models import Municipality
from kimwerk.directory.selectors import municipalities_around, reachable_contacts
from kimwerk.events.checklists import USUAL
from kimwerk.events.models import Event, GroupResult, Invitation, Participant, Step, StepTemplate
from kimwerk.events.types import Addressee, EventKind, EventState, TemplateStep

USUAL_KINDS = {
    EventKind.KICK_OFF: "workshop",
    EventKind.WORKSHOP: "workshop",
    EventKind.TRAINING: "workshop",
    EventKind.INFORMATION: "informationsveranstaltung",
}
"""As what an event is put into the diary, by the code of the category, unless somebody chooses another one."""


@dataclass(frozen=True, slots=True)
class EventWish:
    """Which events are asked for."""

    kind: EventKind | None = None
    state: EventState | None = None
    municipality_id: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality with its kick-off events, the last one first."""

    municipality: Municipality
    events: tuple[Event, ...]

    @property
    def held(self) -> Event | None:
        """The last one that was held."""
        return next((each for each in self.events if each.state == EventState.HELD), None)

    @property
    def planned(self) -> Event | None:
        """The one that is to come."""
        return next((each for each in self.events if each.is_coming), None)


def events_for(actor: Actor, wish: EventWish) -> QuerySet[Event]:
    """The events asked for, the latest first."""
    found = Event.objects.visible_to(actor).select_related("municipality")
    wanted = {
        "kind": wish.kind.value if wish.kind else None,
        "state": wish.state.value if wish.state else None,
        "municipality": wish.municipality_id,
    }
    return found.filter(**{name: value for name, value in wanted.items() if value is not None}).order_by(
        "-starts_at", "-pk"
    )


def places_of(actor: Actor) -> QuerySet[Municipality]:
    """The municipalities of the districts whose events the actor reads."""
    return municipalities_around(actor.scope(Permission.EVENT_READ).touched_organisations)


def kick_offs(actor: Actor) -> list[Place]:
    """Every municipality with its kick-off events; those called off are left out."""
    wish = EventWish(EventKind.KICK_OFF)
    found: dict[int, list[Event]] = {}
    for event in events_for(actor, wish).exclude(state=EventState.CANCELLED.value):
        if event.municipality_id is not None:
            found.setdefault(event.municipality_id, []).append(event)
    return [Place(each, tuple(found.get(each.pk, ()))) for each in places_of(actor)]


def template_of(organisation_id: int, kind: EventKind) -> list[TemplateStep]:
    """The checklist with which an event begins: the organisation's own, or the usual one."""
    own = StepTemplate.objects.filter(organisation=organisation_id, kind=kind.value).order_by("days", "title")
    steps = [TemplateStep(step.days, step.title) for step in own]
    usual = (TemplateStep(days, str(title)) for days, title in USUAL[kind])
    return steps or sorted(usual, key=lambda step: step.days)


def addressees_for(event: Event, kinds: Sequence[str], *, is_local: bool) -> list[Addressee]:
    """Contacts of organisations of these kinds that can be reached, and were not invited yet."""
    contacts = reachable_contacts(kinds, event.organisation.district_id, event.day)
    if is_local:
        contacts = contacts.filter(organisation__municipality=event.municipality_id)
    known = set(Invitation.objects.filter(event=event).values_list("email", flat=True))
    found: dict[str, Addressee] = {}
    for contact in contacts:
        if contact.email not in known:
            name = f"{contact.given_name} {contact.family_name}".strip()
            found.setdefault(contact.email, Addressee(name, contact.email, contact.organisation_id))
    return list(found.values())


def steps_of(event: Event) -> list[Step]:
    """The checklist of an event, by day."""
    return list(event.steps.select_related("done_by").order_by("due_on", "pk"))


def participants_of(event: Event) -> list[Participant]:
    """Who is on the list of an event, by name."""
    return list(event.participants.order_by("name", "pk"))


def results_of(event: Event) -> list[GroupResult]:
    """What was named at the tables of an event, table by table."""
    found = GroupResult.objects.filter(group__event=event)
    return list(found.select_related("group", "topic", "target_group").order_by("group", "pk"))


@kept
def open_steps(actor: Actor, until: date) -> QuerySet[Step]:
    """What is to be done by a day for coming events that the actor planned."""
    planned = Event.objects.kept_by(actor).coming().filter(planned_by=actor.account_id)
    found = Step.objects.filter(event__in=planned, done_on=None, due_on__lte=until)
    return found.select_related("event").order_by("due_on", "pk")


def places_left(event: Event) -> int | None:
    """How many may still register; None where nothing limits it. Counts for the holder of a link too."""
    if event.places is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select events_taken(%s)", [event.pk])
        (taken,) = cursor.fetchone() or (0,)
    return max(event.places - int(taken), 0)


def usual_activity_kind(kind: EventKind) -> int | None:
    """The category as which an event of this kind is usually put into the diary."""
    found = Category.objects.of(CategoryList.KIND).filter(code=USUAL_KINDS[kind])
    return found.values_list("pk", flat=True).first()
