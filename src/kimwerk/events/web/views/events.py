"""Events: the list, where kick-off events were held, one event, and planning."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.directory.web.homes import Home, home_in
from kimwerk.events.models import Event, Step
from kimwerk.events.selectors.events import Place, events_for, kick_offs, places_of, template_of
from kimwerk.events.services.planning import (
    add_step,
    cancel_event,
    change_event,
    plan_event,
    settle_step,
    write_template,
)
from kimwerk.events.types import EventKind, EventsRefused
from kimwerk.events.web.forms import EventFilter, EventForm, StepForm, TemplateForm
from kimwerk.events.web.pages import ConfirmPage, OverviewPage
from kimwerk.events.web.showing import event_page
from kimwerk.events.web.sketch import Stand, sketch_of, stand_of
from kimwerk.events.web.within import (
    ask,
    done,
    kept_event,
    say,
    seen_event,
    state_badge,
    to_event,
    to_events,
    when_text,
)
from kimwerk.kernel import german
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Badge, Cell, Column, Confirmation, NavItem, Row, Table, Tile, Tone
from kimwerk.ui.listing import chips_of
from kimwerk.ui.newest import newest_first
from kimwerk.ui.notices import notify
from kimwerk.ui.pages import ListPage

READ, MANAGE = Permission.EVENT_READ, Permission.EVENT_MANAGE
STANDS = {
    Stand.HELD: Badge(_("held"), Tone.SUCCESS),
    Stand.PLANNED: Badge(_("planned"), Tone.INFO),
    Stand.OPEN: Badge(_("open")),
}


@require_GET
@needs(READ)
def events(request: ActorRequest) -> HttpResponse:
    """All events, by filter."""
    form = EventFilter(request.GET, places=places_of(request.actor))
    found = newest_first(events_for(request.actor, form.wish), request.GET, by="starts_at")
    keeps = request.actor.can(MANAGE)
    page = ListPage(
        title=_("Events"),
        state=_("the latest first"),
        action=Action(_("Plan an event"), reverse("events:plan"), "add", is_new_entry=True) if keeps else None,
        filter=form,
        chips=chips_of(form, request.GET),
        reset_url=reverse("events:events"),
        links=_template_links() if keeps else (),
        table=_event_table(found.items),
        pagination=found.pagination,
        empty_title=_("No event yet"),
        empty_text=_("Plan a kick-off event, a workshop or a training. It begins with a checklist up to its day."),
    )
    return render(request, "events/list.html", {"page": page})


@require_GET
@needs(READ)
def overview(request: ActorRequest) -> HttpResponse:
    """Every municipality: kick-off event held, planned, or still open."""
    home = home_in(request, READ)
    places = kick_offs(home.actor)
    held = sum(1 for place in places if place.held)
    planned = sum(1 for place in places if place.planned and not place.held)
    columns = (
        Column(_("Municipality")), Column(_("State")), Column(_("Last one held")), Column(_("Next one planned")),
    )  # fmt: skip
    title = _("Kick-off events by municipality")
    keeps = home.actor.can(MANAGE)
    rows = tuple(_place_row(place, home, keeps=keeps) for place in places)
    page = OverviewPage(
        title=title,
        state=gettext("held in %(held)s of %(count)s municipalities")
        % {"held": german.number(held), "count": german.number(len(places))},
        action=Action(_("Plan an event"), home.address(reverse("events:plan")), "add", is_new_entry=True)
        if keeps
        else None,
        tiles=(
            Tile(german.number(held), _("held")),
            Tile(german.number(planned), _("planned")),
            Tile(german.number(len(places) - held - planned), _("open")),
        ),
        table=Table(title, columns, rows, is_caption_hidden=True),
        sketch=sketch_of(places),
        homes=home.form,
    )
    return render(request, "events/overview.html", {"page": page})


@require_GET
@needs(READ)
def event(request: ActorRequest, pk: int) -> HttpResponse:
    """One event: checklist, who is invited and comes, tables and what was named there."""
    page = event_page(request.actor, seen_event(request, pk))
    return render(request, "events/event.html", {"page": page})


@needs(MANAGE)
def plan(request: ActorRequest) -> HttpResponse:
    """Plan an event; a municipality in the address is chosen to begin with."""
    home = home_in(request, MANAGE)
    form = EventForm(request.POST or None, places=places_of(home.actor), place=request.GET.get("municipality", ""))
    if form.is_valid():
        try:
            organisation_id = min(home.actor.scope(MANAGE).touched_organisations)
            made = plan_event(actor=home.actor, organisation_id=organisation_id, facts=form.facts)
        except EventsRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The event is planned. Its checklist says what is to be done by when."))
            return redirect("events:event", pk=made.pk)
    return ask(request, _("Plan an event"), to_events(), form, _("Plan the event"), draft="events-plan")


@needs(MANAGE)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Change an event that is to come."""
    kept = kept_event(request, pk)
    form = EventForm(request.POST or None, places=places_of(request.actor), event=kept)
    if form.is_valid():
        answer = done(
            request,
            form,
            lambda: change_event(actor=request.actor, event=kept, facts=form.facts),
            _("Changed. What is not done yet has moved with the day."),
            pk,
        )
        if answer:
            return answer
    return ask(request, _("Change the event"), to_event(kept), form)


@needs(MANAGE)
def cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Call an event off, after asking once more."""
    kept = kept_event(request, pk)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            cancel_event(actor=request.actor, event=kept)
        except EventsRefused:
            notify(request, _("The event was held or called off. Nothing was changed."), tone=Tone.WARNING)
        else:
            notify(request, _("The event is called off. Tell those who were invited."))
        return redirect("events:event", pk=pk)
    confirmation = Confirmation(
        _("Call this event off?"),
        _("Call off"),
        reverse("events:event", args=[pk]),
        (_("Links of invitations say from now on that it does not take place."), _("Nobody is told by the program.")),
        is_dangerous=True,
    )
    page = ConfirmPage(_("Call the event off"), to_event(kept), confirmation)
    return render(request, "events/confirm.html", {"page": page})


@needs(MANAGE)
def new_step(request: ActorRequest, pk: int) -> HttpResponse:
    """Put something onto the checklist."""
    kept = kept_event(request, pk)
    form = StepForm(request.POST or None)
    if form.is_valid():
        add_step(actor=request.actor, event=kept, facts=form.facts)
        notify(request, _("It stands on the checklist."))
        return redirect("events:event", pk=pk)
    return ask(request, _("Put onto the checklist"), to_event(kept), form, _("Put onto it"))


@require_POST
@needs(MANAGE)
def settle(request: ActorRequest, pk: int) -> HttpResponse:
    """Tick a step off, or take the tick back."""
    kept = Step.objects.filter(event__in=Event.objects.kept_by(request.actor)).select_related("event")
    step = get_object_or_404(kept, pk=pk)
    settle_step(actor=request.actor, step=step, is_done=request.POST.get("done") == "yes")
    return redirect("events:event", pk=step.event_id)


@needs(MANAGE)
def template(request: ActorRequest, kind: str) -> HttpResponse:
    """Write the checklist with which events of a kind begin."""
    if kind not in EventKind.values:
        raise Http404
    chosen, home = EventKind(kind), min(request.actor.scope(MANAGE).touched_organisations)
    form = TemplateForm(request.POST or None, steps=template_of(home, chosen))
    if form.is_valid():
        write_template(actor=request.actor, organisation_id=home, kind=chosen, steps=form.cleaned_data["steps"])
        notify(request, _("Events planned from now on begin with this checklist."))
        return redirect("events:events")
    title = gettext("Checklist: %(kind)s") % {"kind": chosen.label}
    return ask(request, title, to_events(), form, lead=_("Without a line the usual checklist holds again."))


def _template_links() -> tuple[NavItem, ...]:
    return tuple(
        NavItem(gettext("Checklist: %(kind)s") % {"kind": kind.label}, reverse("events:template", args=[kind.value]))
        for kind in EventKind
    )


def _event_table(found: tuple[Event, ...]) -> Table:
    columns = (
        Column(_("Event")), Column(_("What it is")), Column(_("When")), Column(_("Municipality")), Column(_("State")),
    )  # fmt: skip
    return Table(_("Events"), columns, tuple(map(_event_row, found)), is_caption_hidden=True)


def _event_row(each: Event) -> Row:
    return Row(
        (
            Cell(each.title, address_of_record("events:event", each.pk)),
            Cell(each.get_kind_display()),
            Cell(when_text(each)),
            Cell(each.municipality or "–"),
            Cell(badge=state_badge(each)),
        ),
        key=str(each.pk),
    )


def _place_row(place: Place, home: Home, *, keeps: bool) -> Row:
    held, planned = place.held, place.planned
    badge = STANDS[stand_of(place)]
    following = _day_cell(planned)
    if keeps and not held and not planned:
        url = home.address(f"{reverse('events:plan')}?municipality={place.municipality.pk}")
        following = Cell(gettext("Plan in %(town)s") % {"town": place.municipality.name}, url)
    return Row((Cell(place.municipality.name), Cell(badge=badge), _day_cell(held), following))


def _day_cell(each: Event | None) -> Cell:
    if each is None:
        return Cell("–")
    day = german.day(timezone.localdate(each.starts_at))
    return Cell(day, address_of_record("events:event", each.pk), note=each.title)
