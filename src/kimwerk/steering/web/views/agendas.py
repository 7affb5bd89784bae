"""Building an agenda, and proposing for it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.steering.models import AgendaItem, Proposal
from kimwerk.steering.selectors.meetings import agenda_of, suggestions_for
from kimwerk.steering.services.agenda import (
    add_item,
    change_item,
    move_item,
    propose,
    remove_item,
    take_up,
    withdraw_proposal,
)
from kimwerk.steering.texts import when_text
from kimwerk.steering.types import Direction, SteeringRefused
from kimwerk.steering.web.meeting_forms import ItemForm, ProposalForm, SuggestionsForm
from kimwerk.steering.web.meeting_within import kept_item, kept_meeting, to_meeting
from kimwerk.steering.web.pages import AgendaLine, AgendaPage
from kimwerk.steering.web.within import ask, seen_committee, to_committee
from kimwerk.steering.web.wording import say
from kimwerk.ui.components import Tone
from kimwerk.ui.notices import notify

READ, ATTEND, MANAGE = Permission.STEERING_READ, Permission.STEERING_ATTEND, Permission.STEERING_MANAGE


@needs(MANAGE)
def agenda(request: ActorRequest, pk: int) -> HttpResponse:
    """Build an agenda: its order, what waits for it, and items of one's own."""
    kept = kept_meeting(request, pk)
    form = ItemForm(request.POST or None)
    if form.is_valid():
        try:
            add_item(actor=request.actor, meeting=kept, facts=form.facts)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The item is on the agenda."))
            return redirect("steering:agenda", pk=pk)
    items, found = agenda_of(kept), suggestions_for(request.actor, kept)
    page = AgendaPage(
        title=_("Build the agenda"),
        state=f"{kept}, {when_text(kept)}",
        crumbs=to_meeting(kept),
        lines=tuple(_line(number, item, len(items)) for number, item in enumerate(items, 1)),
        suggestions=SuggestionsForm(None, found=found) if found else None,
        form=form,
        take_up_url=reverse("steering:take_up", args=[pk]),
        add_url=reverse("steering:agenda", args=[pk]),
    )
    return render(request, "steering/agenda.html", {"page": page})


@require_POST
@needs(MANAGE)
def take(request: ActorRequest, pk: int) -> HttpResponse:
    """Take up what waits."""
    kept = kept_meeting(request, pk)
    try:
        count = take_up(actor=request.actor, meeting=kept, keys=request.POST.getlist("keys"))
    except SteeringRefused:
        notify(request, _("The minutes are closed. The agenda stays as it was."), tone=Tone.WARNING)
    else:
        said = ngettext("%(count)s item is on the agenda.", "%(count)s items are on the agenda.", count)
        notify(request, said % {"count": count}, tone=Tone.SUCCESS if count else Tone.INFO)
    return redirect("steering:agenda", pk=pk)


@needs(MANAGE)
def item(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct an item."""
    kept = kept_item(request, pk)
    form = ItemForm.about(request.POST or None, kept)
    if form.is_valid():
        try:
            change_item(actor=request.actor, item=kept, facts=form.facts)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Changed."))
            return redirect("steering:agenda", pk=kept.meeting_id)
    return ask(request, _("Correct the item"), to_meeting(kept.meeting), form)


@require_POST
@needs(MANAGE)
def move(request: ActorRequest, pk: int) -> HttpResponse:
    """Move an item up or down."""
    kept = kept_item(request, pk)
    direction = Direction.UP if request.POST.get("direction") == Direction.UP else Direction.DOWN
    try:
        move_item(actor=request.actor, item=kept, direction=direction)
    except SteeringRefused:
        notify(request, _("The minutes are closed. The agenda stays as it was."), tone=Tone.WARNING)
    return redirect("steering:agenda", pk=kept.meeting_id)


@require_POST
@needs(MANAGE)
def remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Take an item off the agenda."""
    kept = kept_item(request, pk)
    try:
        remove_item(actor=request.actor, item=kept)
    except SteeringRefused:
        notify(request, _("The item stays: minutes or tasks came of it, or the minutes are closed."), tone=Tone.WARNING)
    else:
        notify(request, _("The item is off the agenda. A proposal waits for the next one."))
    return redirect("steering:agenda", pk=kept.meeting_id)


@needs(READ, ATTEND)
def new_proposal(request: ActorRequest, pk: int) -> HttpResponse:
    """Propose something for the agenda of a committee."""
    committee = seen_committee(request, pk)
    form = ProposalForm(request.POST or None)
    if form.is_valid():
        propose(actor=request.actor, committee=committee, **form.cleaned_data)
        notify(request, _("The proposal waits for the next agenda."))
        return redirect("steering:committee", pk=pk)
    title = _("Propose for the agenda")
    return ask(request, title, to_committee(committee), form, _("Propose"), draft=f"steering-proposal-{pk}")


@require_POST
@needs(READ, ATTEND)
def drop_proposal(request: ActorRequest, pk: int) -> HttpResponse:
    """Take one's own proposal back."""
    own = Proposal.objects.visible_to(request.actor).open().filter(proposed_by=request.actor.account_id)
    proposal = get_object_or_404(own, pk=pk)
    withdraw_proposal(actor=request.actor, proposal=proposal)
    notify(request, _("The proposal is taken back."))
    return redirect("steering:committee", pk=proposal.committee_id)


def _line(number: int, item: AgendaItem, count: int) -> AgendaLine:
    pk = [item.pk]
    minutes = _("%(count)s minutes") % {"count": item.minutes} if item.minutes else ""
    return AgendaLine(
        pk=item.pk,
        number=number,
        title=item.title,
        note=" · ".join(filter(None, (item.presenter, str(minutes)))),
        change_url=reverse("steering:item", args=pk),
        move_url=reverse("steering:move_item", args=pk),
        remove_url=reverse("steering:remove_item", args=pk),
        is_first=number == 1,
        is_last=number == count,
    )
