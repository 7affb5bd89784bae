"""Asking those who were at an event what they say."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.events.services.feeding_back import ask_back
from kimwerk.events.types import EventsRefused
from kimwerk.events.web.pages import ConfirmPage
from kimwerk.events.web.within import REFUSALS, kept_event, to_event
from kimwerk.surveys.mailing import start_mailing
from kimwerk.ui.components import Confirmation, Tone
from kimwerk.ui.notices import notify


@needs(Permission.SURVEY_MANAGE)
def feedback(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask everybody who was there, after asking the office once more."""
    kept = kept_event(request, pk)
    if not forms.Form(request.POST if request.method == "POST" else None).is_valid():
        confirmation = Confirmation(
            _("Ask everybody who was there?"),
            _("Ask for feedback"),
            reverse("events:event", args=[pk]),
            (
                _("Everybody who was there and has an address gets a link that answers once."),
                _("Answers stand without a name. The survey is open for 14 days."),
            ),
        )
        page = ConfirmPage(_("Ask for feedback"), to_event(kept), confirmation)
        return render(request, "events/confirm.html", {"page": page})
    try:
        survey = ask_back(actor=request.actor, event=kept, today=timezone.localdate())
    except EventsRefused as refused:
        notify(request, REFUSALS[refused.problem][1], tone=Tone.WARNING)
        return redirect("events:event", pk=pk)
    start_mailing(request, survey)
    return redirect("events:event", pk=pk)
