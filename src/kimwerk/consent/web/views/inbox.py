"""What was disclosed to one's organisation."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.consent import services
from kimwerk.consent.models import Disclosure
from kimwerk.consent.selectors import received_by, to_be_deleted_by
from kimwerk.consent.web.pages import DisclosurePage, InboxPage, ReceivedLine
from kimwerk.consent.web.showing import groups_of, moment
from kimwerk.consent.web.wording import categories_text
from kimwerk.kernel import german
from kimwerk.ui.components import Fact
from kimwerk.ui.notices import notify


@require_GET
@needs(Permission.DISCLOSURE_RECEIVE, Permission.REFERRAL_ANSWER)
def inbox(request: ActorRequest) -> HttpResponse:
    """What one may read, and what one must delete."""
    page = InboxPage(
        received=tuple(ReceivedLine(each, categories_text(each.categories)) for each in received_by(request.actor)),
        to_delete=tuple(
            ReceivedLine(each, categories_text(each.categories)) for each in to_be_deleted_by(request.actor)
        ),
    )
    return render(request, "consent/inbox.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(Permission.DISCLOSURE_RECEIVE, Permission.REFERRAL_ANSWER)
def received(request: ActorRequest, pk: int) -> HttpResponse:
    """One disclosure. Before it is opened only what it is about; opening it is noted with one's name."""
    shared = Disclosure.objects.received_by(request.actor).shared(timezone.localdate())
    found = get_object_or_404(shared.select_related("organisation", "recipient", "purpose"), pk=pk)
    is_opened = request.method == "POST"
    content = services.read_disclosure(actor=request.actor, disclosure=found) if is_opened else {}
    page = DisclosurePage(
        disclosure=found,
        title=_("From %(sender)s, %(day)s") % {"sender": found.organisation, "day": moment(found)},
        badge=None,
        facts=(
            Fact(_("What for"), found.purpose.label),
            Fact(_("Which data"), categories_text(found.categories)),
            Fact(_("To be read until"), german.day(found.share_ends_on) if found.share_ends_on else _("no end set")),
            Fact(_("Reference number"), str(found.pk), note=_("Note it with what you take over: a recall names it.")),
        ),
        groups=groups_of(content),
        back=reverse("consent:inbox"),
        back_title=_("Inbox"),
    )
    return render(request, "consent/received.html", {"page": page})


@require_POST
@needs(Permission.DISCLOSURE_RECEIVE, Permission.REFERRAL_ANSWER)
def deleted(request: ActorRequest, pk: int) -> HttpResponse:
    """Say that what was taken over is deleted."""
    ended = Disclosure.objects.received_by(request.actor).to_be_deleted(timezone.localdate())
    services.confirm_deletion(actor=request.actor, disclosure=get_object_or_404(ended, pk=pk))
    notify(request, _("Thank you. The sender sees that it is deleted."))
    return redirect("consent:inbox")
