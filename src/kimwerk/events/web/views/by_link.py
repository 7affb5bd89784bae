"""The link of an invitation. Nobody is signed in here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kimwerk.access.doors import open_to_everyone
from kimwerk.accounts.tokens import LinkState
from kimwerk.events.models import Event, Invitation
from kimwerk.events.services.inviting import FoundInvitation, answer_by_link, find_invitation
from kimwerk.events.types import EventsRefused
from kimwerk.events.web.forms import AnswerForm
from kimwerk.events.web.pages import DoorPage
from kimwerk.events.web.within import say, when_text
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Fact


@require_http_methods(["GET", "POST"])
@open_to_everyone
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Read an invitation and answer it once. Looking at the page uses nothing up."""
    found = find_invitation(token)
    if found.invitation is None or found.state is not LinkState.OPEN:
        return _closed(request, found)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            answered = answer_by_link(token=token, guests=form.coming)
        except EventsRefused as refused:
            say(form, refused)
        else:
            return _thanks(request, form) if answered.state is LinkState.OPEN else _closed(request, answered)
    page = _open_page(found.invitation, form)
    return render(request, "events/invitation.html", {"page": page}, status=422 if form.errors else 200)


def _open_page(found: Invitation, form: AnswerForm) -> DoorPage:
    event = found.event
    lead = _("You are invited. Answer here; the link answers once.")
    return DoorPage(event.title, lead, _facts(event), event.text, form)


def _facts(event: Event) -> tuple[Fact, ...]:
    return (Fact(_("When"), when_text(event)), Fact(_("Where"), event.place or _("to be told")))


def _thanks(request: HttpRequest, form: AnswerForm) -> HttpResponse:
    comes = _("You are registered. If somebody cannot come after all, please tell the office.")
    lead = comes if form.coming else _("Thank you for telling us that you cannot come.")
    return render(request, "events/invitation.html", {"page": DoorPage(_("Thank you"), lead)})


def _closed(request: HttpRequest, found: FoundInvitation) -> HttpResponse:
    texts: dict[LinkState, tuple[Text, Text]] = {
        LinkState.USED: (
            _("This invitation was answered already"),
            _("The link answers once. If something has changed, please tell the office of the event."),
        ),
        LinkState.OVER: (_("This event is over"), _("It has taken place or was called off. Nobody can register.")),
        LinkState.GONE: (
            _("This link no longer works"),
            _("It has expired or was replaced by a newer one. Look for a later mail, or ask whoever invited you."),
        ),
    }
    title, lead = texts[found.state]
    return render(request, "events/invitation.html", {"page": DoorPage(title, lead)}, status=410)
