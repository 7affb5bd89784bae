"""What of committees waits: one's own tasks, and for the office invitations, minutes, ending terms and red lights."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.kernel import german
from kimwerk.kernel.due import DueItem
from kimwerk.kernel.periods import ONE_DAY
from kimwerk.steering.models import Meeting, Resolution, Task, Term
from kimwerk.steering.selectors.goals import red_measures
from kimwerk.steering.types import MeetingState

LEAD_TIME = timedelta(days=14)
"""A task comes up two weeks before its day, an invitation two weeks before its time."""

MOST_TASKS = 10

ENDING = timedelta(days=60)
"""A term that ends comes up two months before, so that the organisation can name somebody."""


def due_items(actor: Actor) -> tuple[DueItem, ...]:
    """What waits for whoever sits in committees or keeps them; at most eight queries."""
    if not actor.can(Permission.STEERING_ATTEND):
        return ()
    today = timezone.localdate()
    items = _own_tasks(actor, today)
    if actor.can(Permission.STEERING_MANAGE):
        items += [*_to_invite(actor, today), *_to_close(actor), *_overdue(actor, today), *_late(actor, today)]
        items += [*_ending(actor, today), *_red(actor)]
    return tuple(items)


def _own_tasks(actor: Actor, today: date) -> list[DueItem]:
    tasks = Task.objects.of(actor).unfinished().filter(due_on__lte=today + LEAD_TIME)
    found = tasks.select_related("committee").order_by("due_on", "pk")[:MOST_TASKS]
    return [
        DueItem(
            title=task.title,
            detail=_("A task from %(committee)s") % {"committee": task.committee.name},
            url=reverse("steering:task", args=[task.pk]),
            due_on=task.due_on,
            is_urgent=task.due_on is not None and task.due_on < today,
        )
        for task in found
    ]


def _to_invite(actor: Actor, today: date) -> list[DueItem]:
    """Meetings whose invitation must go out within two weeks."""
    planned = Meeting.objects.kept_by(actor).filter(state=MeetingState.PLANNED.value, starts_at__gte=timezone.now())
    items = []
    for meeting in planned.select_related("committee").order_by("starts_at"):
        by = meeting.invite_by
        if by > today + LEAD_TIME:
            continue
        title = _("Invite to %(meeting)s") % {"meeting": meeting}
        detail = _("It takes place on %(day)s.") % {"day": german.day(meeting.day)}
        items.append(DueItem(title, detail, reverse("steering:meeting", args=[meeting.pk]), by, by < today))
    return items


def _to_close(actor: Actor) -> list[DueItem]:
    """Meetings that are over and whose minutes are not closed."""
    open_states = [MeetingState.PLANNED.value, MeetingState.INVITED.value]
    over = Meeting.objects.kept_by(actor).filter(state__in=open_states, starts_at__lt=timezone.now())
    return [
        DueItem(
            _("Close the minutes of %(meeting)s") % {"meeting": meeting},
            _("Then they go out with everybody’s tasks."),
            reverse("steering:minutes", args=[meeting.pk]),
            meeting.day,
        )
        for meeting in over.select_related("committee").order_by("starts_at")
    ]


def _overdue(actor: Actor, today: date) -> list[DueItem]:
    """One item a committee for the overdue tasks of others."""
    late = Task.objects.kept_by(actor).overdue(today).exclude(owner_account=actor.account_id)
    counts = late.values_list("committee", "committee__name").annotate(count=Count("pk")).order_by("committee__name")
    return [
        DueItem(
            ngettext("%(count)s task is overdue", "%(count)s tasks are overdue", count) % {"count": count},
            _("%(committee)s: remind, or put them onto the next agenda.") % {"committee": name},
            f"{reverse('steering:tasks')}?committee={pk}&overdue=on",
        )
        for pk, name, count in counts
    ]


def _late(actor: Actor, today: date) -> list[DueItem]:
    """Resolutions that should be carried out by now, in one item."""
    count = Resolution.objects.kept_by(actor).overdue(today).count()
    if not count:
        return []
    title = ngettext(
        "%(count)s resolution is not carried out in time", "%(count)s resolutions are not carried out in time", count
    )
    detail = _("Ask how far they are; the next agenda proposes them.")
    return [DueItem(title % {"count": count}, detail, f"{reverse('steering:resolutions')}?overdue=on")]


def _ending(actor: Actor, today: date) -> list[DueItem]:
    """Terms that end soon, where nobody is named for the time after."""
    later = Term.objects.filter(seat=OuterRef("seat"), is_deputy=OuterRef("is_deputy"), days__endswith__isnull=True)
    ending = Term.objects.kept_by(actor).filter(
        days__endswith__gt=today, days__endswith__lte=today + ENDING, seat__is_given_up=False
    )
    found = ending.exclude(Exists(later)).select_related("seat__committee", "seat__organisation")
    return [
        DueItem(
            _("The term of %(name)s ends") % {"name": term.name},
            _("%(committee)s, %(seat)s: ask the organisation who follows.")
            % {"committee": term.seat.committee.name, "seat": term.seat},
            reverse("steering:appoint", args=[term.seat_id]),
            term.days.upper - ONE_DAY,
        )
        for term in found.order_by("days__endswith", "pk")
    ]


def _red(actor: Actor) -> list[DueItem]:
    """Measures whose light is red, in one item."""
    red = red_measures(actor)
    if not red:
        return []
    title = ngettext("%(count)s measure stands on red", "%(count)s measures stand on red", len(red))
    url = reverse("steering:measure", args=[red[0].pk]) if len(red) == 1 else reverse("steering:goals")
    return [DueItem(title % {"count": len(red)}, "; ".join(measure.title for measure in red), url, is_urgent=True)]
