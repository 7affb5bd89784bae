"""What of posts waits for somebody: contracts that end, first weeks that lag, courses that have expired."""

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
from kimwerk.staffing.models import Course, Employee, Leave, Occupancy, OnboardingStep, Substitution

LEAD_TIME = timedelta(days=180)
"""A contract is prolonged, or a post advertised, half a year before it ends."""

URGENT = timedelta(days=60)
AHEAD = timedelta(days=14)
"""So far ahead somebody is looked for who stands in."""


def due_items(actor: Actor) -> tuple[DueItem, ...]:
    """What waits for somebody who keeps posts; four queries."""
    if not actor.can(Permission.STAFF_MANAGE):
        return ()
    today = timezone.localdate()
    kept = Employee.objects.kept_by(actor)
    steps = OnboardingStep.objects.filter(employee__in=kept, done_on__isnull=True, due_on__lt=today)
    courses = Course.objects.filter(employee__in=kept, is_required=True, expires_on__lt=today)
    away = Leave.objects.filter(employee__in=kept, days__overlap=(today, today + AHEAD))
    covered = Substitution.objects.filter(employee=OuterRef("employee"), days__overlap=OuterRef("days"))
    return (
        *_contracts(actor, today), *_uncovered(away.exclude(Exists(covered)).count()), *_lagging(steps.count()),
        *_expired(courses.count()),
    )  # fmt: skip


def _contracts(actor: Actor, today: date) -> list[DueItem]:
    """One item for all contracts that end on the same day."""
    ending = (
        Occupancy.objects.kept_by(actor)
        .running(today)
        .filter(contract_ends_on__gte=today, contract_ends_on__lte=today + LEAD_TIME)
        .values_list("contract_ends_on")
        .annotate(count=Count("employee", distinct=True))
        .order_by("contract_ends_on")
    )
    return [
        DueItem(
            title=ngettext("%(count)s contract ends on %(day)s", "%(count)s contracts end on %(day)s", count)
            % {"count": count, "day": german.day(day)},
            detail=_("Prolong it or advertise the post in time."),
            url=reverse("staffing:overview"),
            due_on=day,
            is_urgent=day - today <= URGENT,
        )
        for day, count in ending
        if day is not None
    ]


def _uncovered(count: int) -> list[DueItem]:
    if not count:
        return []
    title = ngettext(
        "%(count)s absence has nobody standing in", "%(count)s absences have nobody standing in", count
    ) % {"count": count}
    return [DueItem(title, _("Within the next two weeks. Enter who stands in."), reverse("staffing:people"))]


def _lagging(count: int) -> list[DueItem]:
    if not count:
        return []
    title = ngettext(
        "%(count)s step of the first weeks is overdue", "%(count)s steps of the first weeks are overdue", count
    )
    return [DueItem(title % {"count": count}, _("Tick it off, or see what holds it up."), reverse("staffing:people"))]


def _expired(count: int) -> list[DueItem]:
    if not count:
        return []
    title = ngettext("%(count)s required course has expired", "%(count)s required courses have expired", count)
    return [DueItem(title % {"count": count}, _("It is a condition of the funding."), reverse("staffing:people"))]
