"""Inviting, registering, who was there, and certificates."""

from __future__ import annotations

import csv
import io

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.accounts.mailing import send_letters
from kimwerk.activities.export.sanitising import harmless
from kimwerk.audit.services import record, record_read
from kimwerk.events.selectors.events import addressees_for, participants_of
from kimwerk.events.services.holding import note_presence, register
from kimwerk.events.services.inviting import Sent, invite, remind
from kimwerk.events.types import Addressee, EventsRefused
from kimwerk.events.web.forms import GuestsForm, InviteForm, PresenceForm
from kimwerk.events.web.pages import ConfirmPage
from kimwerk.events.web.papers import certificates_pdf, invitation_letter
from kimwerk.events.web.within import REFUSALS, ask, done, kept_event, say, to_event
from kimwerk.ui.components import Confirmation, Tone
from kimwerk.ui.notices import notify

MANAGE = Permission.EVENT_MANAGE


@needs(MANAGE)
def inviting(request: ActorRequest, pk: int) -> HttpResponse:
    """Invite everybody of some sorts of organisations, and further addresses; each gets a link of its own."""
    kept = kept_event(request, pk)
    form = InviteForm(request.POST or None)
    if form.is_valid():
        chosen = addressees_for(kept, form.cleaned_data["kinds"], is_local=form.cleaned_data["is_local"])
        others = [Addressee(guest.name, guest.email) for guest in form.cleaned_data["others"]]
        try:
            sent = invite(actor=request.actor, event=kept, addressees=[*chosen, *others])
        except EventsRefused as refused:
            say(form, refused)
        else:
            return _sent(request, sent, pk)
    lead = _("Everybody gets a link that answers once. Who was invited already is left out.")
    return ask(request, _("Invite"), to_event(kept), form, _("Send the invitations"), lead=lead)


@needs(MANAGE)
def reminding(request: ActorRequest, pk: int) -> HttpResponse:
    """Remind those who have not answered, with new links, after asking once more."""
    kept = kept_event(request, pk)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _sent(request, remind(actor=request.actor, event=kept), pk)
        except EventsRefused as refused:
            notify(request, REFUSALS[refused.problem][1], tone=Tone.WARNING)
            return redirect("events:event", pk=pk)
    confirmation = Confirmation(
        _("Remind everybody who has not answered?"),
        _("Send the reminders"),
        reverse("events:event", args=[pk]),
        (_("Each gets a new link. The link before stops working."),),
    )
    page = ConfirmPage(_("Remind those who have not answered"), to_event(kept), confirmation)
    return render(request, "events/confirm.html", {"page": page})


@needs(MANAGE)
def registering(request: ActorRequest, pk: int) -> HttpResponse:
    """Put people onto the list of participants."""
    kept = kept_event(request, pk)
    form = GuestsForm(request.POST or None)
    if form.is_valid():
        guests = form.cleaned_data["guests"]
        answer = done(
            request,
            form,
            lambda: register(actor=request.actor, event=kept, guests=guests),
            _("They stand on the list."),
            pk,
        )
        if answer:
            return answer
    return ask(request, _("Register participants"), to_event(kept), form, _("Put onto the list"))


@needs(MANAGE)
def presence(request: ActorRequest, pk: int) -> HttpResponse:
    """Note who was there."""
    kept = kept_event(request, pk)
    form = PresenceForm(request.POST if request.method == "POST" else None, participants=participants_of(kept))
    if form.is_valid():
        note_presence(actor=request.actor, event=kept, present=form.keys)
        notify(request, _("It is noted who was there."))
        return redirect("events:event", pk=pk)
    return ask(request, _("Note who was there"), to_event(kept), form)


@require_GET
@needs(MANAGE)
def export(request: ActorRequest, pk: int) -> HttpResponse:
    """The attendance list as CSV, with a column for signatures; texts shielded against formulas."""
    kept = kept_event(request, pk)
    guests = participants_of(kept)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([gettext("Name"), gettext("Organisation"), gettext("E-mail"), gettext("Signature")])
    for guest in guests:
        writer.writerow([harmless(guest.name), harmless(guest.body), harmless(guest.email), ""])
    record(actor=request.actor, action="event.list_exported", subject=kept, amount=len(guests))
    headers = {"Content-Disposition": f'attachment; filename="{gettext("attendance")}.csv"'}
    return HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@require_GET
@needs(MANAGE)
def certificates(request: ActorRequest, pk: int) -> HttpResponse:
    """A certificate of attendance for everybody who was there, a page each."""
    kept = kept_event(request, pk)
    there = [guest for guest in participants_of(kept) if guest.is_present]
    if not there:
        notify(request, _("Note first who was there."), tone=Tone.WARNING)
        return redirect("events:event", pk=pk)
    record_read(actor=request.actor, subject_type="events_participant", amount=len(there))
    return HttpResponse(certificates_pdf(kept, there), content_type="application/pdf")


def _sent(request: ActorRequest, sent: list[Sent], pk: int) -> HttpResponse:
    """Mail the links and say how many went out."""
    letters = [
        invitation_letter(each.invitation, request.build_absolute_uri(reverse("events:invitation", args=[each.token])))
        for each in sent
    ]
    failed = send_letters(letters)
    count = len(letters) - len(failed)
    said = ngettext("%(count)s mail is on its way.", "%(count)s mails are on their way.", count) % {"count": count}
    if failed:
        said += " " + gettext("Not reached: %(addresses)s. Tell them in another way.") % {
            "addresses": ", ".join(failed)
        }
    notify(request, said, tone=Tone.WARNING if failed else Tone.SUCCESS)
    return redirect("events:event", pk=pk)
