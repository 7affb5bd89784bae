"""What of events waits: the checklists of one's own events, and events that are over and not noted as held."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.kept import kept
from kimwerk.access.permissions import Permission
from kimwerk.events.models import Event
from kimwerk.events.selectors.events import open_steps
from kimwerk.kernel import german
from kimwerk.kernel.due import DueItem

LEAD_TIME = timedelta(days=7)
MOST = 10


def due_items(actor: Actor) -> tuple[DueItem, ...]:
    """What waits for whoever planned events; two queries."""
    if not actor.can(Permission.EVENT_MANAGE):
        return ()
    today = timezone.localdate()
    steps = [
        DueItem(
            step.title,
            _("For %(event)s on %(day)s") % {"event": step.event, "day": german.day(step.event.day)},
            reverse("events:event", args=[step.event_id]),
            step.due_on,
            step.due_on < today,
        )
        for step in open_steps(actor, today + LEAD_TIME)[:MOST]
    ]
    to_hold = [
        DueItem(
            _("Note %(event)s as held") % {"event": event},
            _("Then it stands in the diary."),
            reverse("events:event", args=[event.pk]),
            event.day,
        )
        for event in _over(actor, timezone.now())
    ]
    return (*to_hold, *steps)


@kept
def _over(actor: Actor, now: datetime) -> QuerySet[Event]:
    """Events that the actor planned, that have begun, and of which nobody said how they went."""
    begun = Event.objects.kept_by(actor).coming().filter(planned_by=actor.account_id, starts_at__lt=now)
    return begun.order_by("starts_at")[:MOST]
