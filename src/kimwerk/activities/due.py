"""What of the diary waits for somebody: working days without an entry."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.activities.models import Activity
from kimwerk.kernel.due import DueItem

DAYS_LOOKED_BACK = 7
SATURDAY = 5


def due_items(actor: Actor) -> tuple[DueItem, ...]:
    """The last working days without an entry, for somebody who has made entries before. One query."""
    if not actor.can(Permission.ACTIVITY_LOG):
        return ()
    today = timezone.localdate()
    since = today - timedelta(days=DAYS_LOOKED_BACK)
    own = Activity.objects.own_of(actor).order_by("-day", "-id")
    days = set(own.filter(day__gte=since).values_list("day", flat=True))
    if not days:  # on leave, or new here: nobody is to be pressed
        return ()
    missing = [day for day in _working_days(since, today) if day not in days]
    return tuple(_item(day) for day in missing)


def _working_days(first: date, end: date) -> list[date]:
    days = [first + timedelta(days=number) for number in range((end - first).days)]
    return [day for day in days if day.weekday() < SATURDAY]


def _item(day: date) -> DueItem:
    return DueItem(
        title=_("Nothing entered for %(day)s") % {"day": date_format(day, "l, j. F")},
        detail=_("If you were at work, add what you did."),
        url=f"{reverse('activities:grid')}?day={day.isoformat()}",
        due_on=day,
    )
