"""What became of each mail of a mailing, and sending once more what failed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.accounts.mailing import MailProblem
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.steering.models import Delivery, Mailing, Meeting
from kimwerk.steering.services.mailing import LEFT, order_again
from kimwerk.steering.types import DeliveryState
from kimwerk.steering.web.pages import Errand, Part
from kimwerk.ui.components import Badge, Cell, Column, Row, Table, Tone
from kimwerk.ui.notices import notify

MANAGE = Permission.STEERING_MANAGE
REASONS: dict[str, Text] = {
    MailProblem.REFUSED.value: _("The mail server does not know the address, or takes nothing for it."),
    MailProblem.UNREACHABLE.value: _("The mail server cannot be reached."),
    LEFT: _("Has left the committee by the day of the meeting and is not invited."),
}
TONES = {
    DeliveryState.WAITING: Tone.INFO,
    DeliveryState.SENT: Tone.SUCCESS,
    DeliveryState.FAILED: Tone.WARNING,
}


@require_POST
@needs(MANAGE)
def send_again(request: ActorRequest, pk: int) -> HttpResponse:
    """Try once more what failed."""
    mailing = get_object_or_404(Mailing.objects.kept_by(request.actor), pk=pk)
    count = order_again(actor=request.actor, mailing=mailing)
    said = ngettext("%(count)s mail is tried again.", "%(count)s mails are tried again.", count) % {"count": count}
    notify(request, said)
    return redirect("steering:meeting", pk=mailing.meeting_id)


def tell_ordered(request: ActorRequest, mailing: Mailing) -> None:
    """Say that the worker sends now, and where one sees what became of it."""
    count = mailing.deliveries.count()
    said = ngettext(
        "%(count)s mail is on its way. Below stands what became of it.",
        "%(count)s mails are on their way. Below stands what became of each.",
        count,
    )
    notify(request, said % {"count": count})


def mailings_part(meeting: Meeting) -> Part:
    """Every mail of the meeting, the newest mailing first. One query."""
    title = _("Mails")
    found = Delivery.objects.filter(mailing__meeting=meeting).select_related("mailing")
    deliveries = list(found.order_by("-mailing", "name"))
    columns = (Column(_("Mail to")), Column(_("What")), Column(_("Last tried")), Column(_("State")))
    rows = tuple(_row(each) for each in deliveries)
    failed = dict.fromkeys(each.mailing for each in deliveries if each.state == DeliveryState.FAILED)
    errands = tuple(
        Errand(
            _("Send again: %(what)s") % {"what": mailing.get_kind_display()},
            reverse("steering:send_again", args=[mailing.pk]),
        )
        for mailing in failed
    )
    table = Table(title, columns, rows, is_caption_hidden=True)
    return Part("mails", title, table, _("Nothing was mailed yet."), errands=errands)


def _row(delivery: Delivery) -> Row:
    state = DeliveryState(delivery.state)
    tried = timezone.localtime(delivery.tried_at) if delivery.tried_at else None
    attempts = ngettext("%(count)s attempt", "%(count)s attempts", delivery.attempts) % {"count": delivery.attempts}
    return Row(
        (
            Cell(delivery.name, note=delivery.email),
            Cell(delivery.mailing.get_kind_display()),
            Cell(f"{german.day(tried.date())}, {tried:%H:%M}" if tried else "–", note=attempts if tried else ""),
            Cell(REASONS.get(delivery.reason, ""), badge=Badge(state.label, TONES[state])),
        )
    )
