"""What of money waits for somebody who keeps it: application, calls for funds, proofs, files not taken over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.finance.models import BookingUpload, CostPlan, FundsCall, HandedInProof, PassThrough, ProofReport
from kimwerk.finance.selectors.sharing import state_of
from kimwerk.finance.wording import euro
from kimwerk.kernel.due import DueItem
from kimwerk.kernel.money import Money

APPLICATION_ENDS = (10, 30)
"""The Land takes applications for a year until 30 October of the year before."""

LEAD_TIME = timedelta(days=60)
ANSWER_TAKES = timedelta(days=30)
URGENT = timedelta(days=14)


def due_items(actor: Actor) -> tuple[DueItem, ...]:
    """What waits for somebody who keeps the money; six queries."""
    if not actor.can(Permission.FINANCE_MANAGE):
        return ()
    today = timezone.localdate()
    plans = list(CostPlan.objects.kept_by(actor).filter(is_in_force=True))
    return (
        *_application(plans, today),
        *_proofs(plans, today),
        *_passed_on(plans, today),
        *_calls(actor, today),
        *_uploads(actor),
    )


def _application(plans: list[CostPlan], today: date) -> Iterator[DueItem]:
    """Before the end of the window, for every plan that reaches into the coming year."""
    ends = date(today.year, *APPLICATION_ENDS)
    for plan in plans:
        if today.year + 1 in plan.years and ends - LEAD_TIME <= today <= ends:
            yield DueItem(
                title=_("Apply for %(year)s") % {"year": today.year + 1},
                detail=_("The Land takes applications until 30 October. The guideline in force has the last word."),
                url=reverse("finance:funding", args=[plan.pk]),
                due_on=ends,
                is_urgent=ends - today <= URGENT,
            )


def _proofs(plans: list[CostPlan], today: date) -> Iterator[DueItem]:
    """The proof of a year that is over and was not handed in."""
    handed_in = set(HandedInProof.objects.filter(plan__in=plans).values_list("plan_id", "year"))
    deadlines = {(report.plan_id, report.year): report.due_on for report in ProofReport.objects.filter(plan__in=plans)}
    year = today.year - 1
    for plan in plans:
        if year in plan.years and (plan.pk, year) not in handed_in:
            due_on = deadlines.get((plan.pk, year))
            yield DueItem(
                title=_("Hand in the proof of use %(year)s") % {"year": year},
                detail=plan.title if due_on else _("The notice of the Land says until when. Note the day."),
                url=reverse("finance:proof", args=[plan.pk]) + f"?year={year}",
                due_on=due_on,
                is_urgent=due_on is not None and due_on - today <= URGENT,
            )


def _passed_on(plans: list[CostPlan], today: date) -> Iterator[DueItem]:
    """Proofs of others that are missing for the year that is over, and money that has to come back."""
    year = today.year - 1
    window = (date(year, 1, 1), date(today.year, 1, 1))
    running = PassThrough.objects.filter(plan__in=plans, days__overlap=window).select_related("plan", "recipient")
    for contract in running.prefetch_related("moves"):
        state = state_of(contract, year)
        named = {"recipient": contract.recipient.name, "year": year, "amount": euro(state.to_recall)}
        url = reverse("finance:pass_through", args=[contract.pk])
        if state.to_recall:
            yield DueItem(_("Recall %(amount)s from %(recipient)s") % named, contract.contract, url, is_urgent=True)
        elif not state.is_proven and state.advanced > Money(0):
            yield DueItem(_("The proof of %(recipient)s for %(year)s is missing") % named, contract.contract, url)


def _calls(actor: Actor, today: date) -> Iterator[DueItem]:
    calls = FundsCall.objects.filter(
        line__plan__in=CostPlan.objects.kept_by(actor), received_on__isnull=True, called_on__lt=today - ANSWER_TAKES
    )
    for call in calls.select_related("line"):
        yield DueItem(
            title=_("%(amount)s called for have not come") % {"amount": euro(call.amount)},
            detail=call.line.title,
            url=reverse("finance:call", args=[call.pk]),
        )


def _uploads(actor: Actor) -> Iterator[DueItem]:
    waiting = BookingUpload.objects.filter(plan__in=CostPlan.objects.kept_by(actor), applied_at__isnull=True)
    for upload in waiting.exclude(rows=[]):
        count = len(upload.rows)
        text = ngettext("%(count)s booking waits to be taken over", "%(count)s bookings wait to be taken over", count)
        yield DueItem(text % {"count": count}, upload.file_name, reverse("finance:uploaded", args=[upload.pk]))
