"""What of referrals, conferences and checklists waits for somebody; part of what is due in casework."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.kept import kept
from kimwerk.access.permissions import Permission
from kimwerk.casework.models.case import Case
from kimwerk.casework.models.checklist import Checklist
from kimwerk.casework.models.conference import Conference, ConferenceTask
from kimwerk.casework.referral_states import FAILED, ReferralState
from kimwerk.casework.referral_types import ReferralChannel
from kimwerk.casework.selectors.referrals import SentRow, escalated, received_referrals, sent_needing_something
from kimwerk.kernel import german
from kimwerk.kernel.due import DueItem
from kimwerk.ui.templatetags.ui import clock, day

ESCALATION_DAYS = 7
"""So long after its deadline an unanswered referral is shown to the coordination too."""

AHEAD_DAYS = 14


def due_items(actor: Actor) -> tuple[DueItem, ...]:
    """What waits for the actor as sender, as recipient, as coordination, and after a conference."""
    items: list[DueItem] = []
    if actor.can(Permission.CASE_WORK):
        items += [*_sent(actor), *_tasks(actor), *_appointments(actor), *_conferences(actor)]
    if actor.can(Permission.REFERRAL_ANSWER):
        items += _received(actor)
    if actor.can(Permission.CASE_OVERSEE):
        items += _escalated(actor)
    return tuple(items)


def _sent(actor: Actor) -> Iterator[DueItem]:
    for each in sent_needing_something(actor, since=timezone.localdate() - timedelta(days=AHEAD_DAYS)):
        row = each.referral
        yield DueItem(
            title=f"{each.person}: {row.recipient}",
            detail=_what_to_do(each),
            url=reverse("casework:referral", args=[row.id]),
            due_on=row.answer_due_on if row.state is ReferralState.SENT else row.ended_on or row.answered_on,
            is_urgent=row.is_overdue or row.state is ReferralState.STOPPED,
        )


def _what_to_do(sent: SentRow) -> str:
    row = sent.referral
    if row.state in FAILED:
        return _("The referral failed. Look for another way.")
    if row.state is ReferralState.STOPPED:
        return _("The referral has stopped, because the consent has ended.")
    if row.state is ReferralState.SENT and row.channel is ReferralChannel.SLIP:
        return _("Ask the person whether they were there, and note what came of it.")
    if row.state is ReferralState.SENT:
        return _("No answer in time. Ask, or stop waiting.")
    return _("Accepted. Note whether the person was there, and what came of it.")


def _received(actor: Actor) -> Iterator[DueItem]:
    today = timezone.localdate()
    for row in received_referrals(actor):
        if row.state is ReferralState.SENT:
            yield DueItem(
                title=_("Referral from %(organisation)s") % {"organisation": row.sender},
                detail=_("Answer until %(day)s") % {"day": german.day(row.answer_due_on)},
                url=reverse("casework:received", args=[row.id]),
                due_on=row.answer_due_on,
                is_urgent=row.answer_due_on < today,
            )


def _escalated(actor: Actor) -> Iterator[DueItem]:
    """By recipient, without a case: the coordination speaks with the organisation, not about the person."""
    late: dict[str, list[date]] = {}
    for row in escalated(actor, ESCALATION_DAYS):
        late.setdefault(row.recipient, []).append(row.answer_due_on)
    for recipient, days in sorted(late.items()):
        yield DueItem(
            title=_("%(recipient)s does not answer") % {"recipient": recipient},
            detail=_("Referrals without an answer: %(number)s") % {"number": german.number(len(days))},
            url=reverse("casework:overview"),
            due_on=min(days),
            is_urgent=True,
        )


@kept
def _own_tasks(actor: Actor, until: date) -> QuerySet[ConferenceTask]:
    mine = ConferenceTask.objects.filter(
        account=actor.account_id,
        done_at__isnull=True,
        due_on__lte=until,
        conference__in=Conference.objects.visible_to(actor),
    )
    return mine.select_related("conference").order_by("due_on", "pk")


def _tasks(actor: Actor) -> Iterator[DueItem]:
    for task in _own_tasks(actor, timezone.localdate() + timedelta(days=AHEAD_DAYS)):
        yield DueItem(
            title=_("Task from a case conference"),
            detail=task.conference.occasion,
            url=reverse("casework:conference", args=[task.conference_id]),
            due_on=task.due_on,
            is_urgent=task.due_on < timezone.localdate(),
        )


@kept
def _appointed(actor: Actor, first: datetime, last: datetime) -> QuerySet[Checklist]:
    found = Checklist.objects.visible_to(actor).filter(appointment_at__gte=first, appointment_at__lt=last)
    return found.select_related("case", "authority").order_by("appointment_at")


def _appointments(actor: Actor) -> Iterator[DueItem]:
    now = timezone.now()
    for each in _appointed(actor, now, now + timedelta(days=AHEAD_DAYS)):
        at = each.appointment_at or now
        where = each.authority.name if each.authority else _("the authority")
        yield DueItem(
            title=_("Appointment at %(authority)s") % {"authority": where},
            detail=f"{each.case.number}, {day(at)}, {clock(at)}",
            url=reverse("casework:checklist", args=[each.pk]),
            due_on=timezone.localdate(at),
        )


@kept
def _planned(actor: Actor, first: datetime, last: datetime) -> QuerySet[Conference]:
    own = Conference.objects.planned().filter(case__in=Case.objects.own_of(actor))
    return own.filter(planned_at__gte=first, planned_at__lt=last).order_by("planned_at", "pk")


def _conferences(actor: Actor) -> Iterator[DueItem]:
    """Conferences to come about the actor's own cases."""
    now = timezone.now()
    for each in _planned(actor, now, now + timedelta(days=AHEAD_DAYS)):
        when = f"{day(each.planned_at)}, {clock(each.planned_at)}"
        yield DueItem(
            title=_("Case conference: %(occasion)s") % {"occasion": each.occasion},
            detail=", ".join(part for part in (when, each.place) if part),
            url=reverse("casework:conference", args=[each.pk]),
            due_on=timezone.localdate(each.planned_at),
        )
