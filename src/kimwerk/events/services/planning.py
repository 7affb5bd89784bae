"""Planning events: what, when and where, and what is to be done until then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.events.models import Event, Step, StepTemplate
from kimwerk.events.policies import may_keep
from kimwerk.events.selectors.events import template_of
from kimwerk.events.types import (
    EventFacts,
    EventKind,
    EventsProblem,
    EventsRefused,
    EventState,
    StepFacts,
    TemplateStep,
)


@transaction.atomic
def plan_event(*, actor: Actor, organisation_id: int, facts: EventFacts) -> Event:
    """Plan an event; its checklist begins as the template of its kind says. Raises EventsRefused."""
    if not may_keep(actor, organisation_id) or actor.account_id is None:
        raise PermissionDenied
    event = Event(organisation_id=organisation_id, planned_by_id=actor.account_id)
    _take_over(event, facts)
    Step.objects.bulk_create(
        Step(event=event, title=step.title, due_on=event.day + timedelta(days=step.days))
        for step in template_of(organisation_id, facts.kind)
    )
    record(actor=actor, action="event.planned", subject=event)
    return event


@transaction.atomic
def change_event(*, actor: Actor, event: Event, facts: EventFacts) -> Event:
    """Change an event that is to come; what is not done moves with its day. Raises EventsRefused."""
    current = coming(actor, event)
    before = current.day
    _take_over(current, facts)
    moved = [*current.steps.filter(done_on=None)]
    for step in moved:
        step.due_on += current.day - before
    Step.objects.bulk_update(moved, ["due_on"])
    record(actor=actor, action="event.changed", subject=current)
    return current


@transaction.atomic
def cancel_event(*, actor: Actor, event: Event) -> Event:
    """Call an event off. What is known of it stays. Raises EventsRefused where it is over."""
    current = coming(actor, event)
    current.state = EventState.CANCELLED.value
    current.save(update_fields=["state"])
    record(actor=actor, action="event.cancelled", subject=current)
    return current


@transaction.atomic
def add_step(*, actor: Actor, event: Event, facts: StepFacts) -> Step:
    """Put something onto the checklist."""
    current = locked(actor, event)
    step = Step.objects.create(event=current, title=facts.title, due_on=facts.due_on)
    record(actor=actor, action="event.step_added", subject=current)
    return step


@transaction.atomic
def settle_step(*, actor: Actor, step: Step, is_done: bool) -> Step:
    """Tick something off, or say that it is still to be done."""
    locked(actor, step.event)
    step.done_on = timezone.localdate() if is_done else None
    step.done_by_id = actor.account_id if is_done else None
    step.save(update_fields=["done_on", "done_by"])
    record(actor=actor, action="event.step_settled", subject=step.event)
    return step


@transaction.atomic
def write_template(*, actor: Actor, organisation_id: int, kind: EventKind, steps: Sequence[TemplateStep]) -> None:
    """Write the organisation's own checklist of a kind; without a step the usual one holds again."""
    if not may_keep(actor, organisation_id):
        raise PermissionDenied
    own = StepTemplate.objects.visible_to(actor).filter(organisation=organisation_id, kind=kind.value)
    own.delete()
    StepTemplate.objects.bulk_create(
        StepTemplate(organisation_id=organisation_id, kind=kind.value, days=step.days, title=step.title)
        for step in dict.fromkeys(steps)
    )
    record(actor=actor, action="event.template_written", amount=len(steps))


def locked(actor: Actor, event: Event) -> Event:
    """The event as it stands now, held until the transaction ends; only for who keeps it."""
    current = Event.objects.kept_by(actor).select_for_update(of=("self",)).filter(pk=event.pk).first()
    if current is None:
        raise PermissionDenied
    return current


def coming(actor: Actor, event: Event) -> Event:
    """The same of an event that is to come. Raises EventsRefused for one that is over."""
    current = locked(actor, event)
    if not current.is_coming:
        raise EventsRefused(EventsProblem.OVER)
    return current


def _take_over(event: Event, facts: EventFacts) -> None:
    if facts.ends_at is not None and facts.ends_at <= facts.starts_at:
        raise EventsRefused(EventsProblem.ENDS_BEFORE_IT_BEGINS)
    event.kind, event.title, event.text = facts.kind.value, facts.title, facts.text
    event.starts_at, event.ends_at = facts.starts_at, facts.ends_at
    event.municipality_id, event.place, event.places = facts.municipality_id, facts.place, facts.places
    event.activity_kind_id = facts.activity_kind_id
    event.save()
