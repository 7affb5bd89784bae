"""Agreements with municipalities: all of them, those of one, and a new one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.directory.models import Municipality
from kimwerk.events.models import Agreement
from kimwerk.events.selectors.agreements import PlaceAgreement, agreements_at, agreements_for
from kimwerk.events.selectors.events import places_of
from kimwerk.events.services.agreeing import agree
from kimwerk.events.types import EventsRefused
from kimwerk.events.web.forms import AgreementForm
from kimwerk.events.web.offering import agreement_facts
from kimwerk.events.web.pages import AgreementPage, OverviewPage
from kimwerk.events.web.within import ask, say
from kimwerk.kernel import german
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Badge, Cell, Column, Crumb, Moment, Row, Table, Tone
from kimwerk.ui.notices import notify

READ, MANAGE = Permission.EVENT_READ, Permission.EVENT_MANAGE


@require_GET
@needs(READ)
def agreements(request: ActorRequest) -> HttpResponse:
    """What holds in each municipality."""
    found = agreements_for(request.actor)
    made = sum(1 for place in found if place.agreement)
    title = _("Agreements with municipalities")
    columns = (Column(_("Municipality")), Column(_("State")), Column(_("Valid from")), Column(_("Target groups")))
    page = OverviewPage(
        title=title,
        state=gettext("agreed with %(made)s of %(count)s municipalities")
        % {"made": german.number(made), "count": german.number(len(found))},
        action=None,
        tiles=(),
        table=Table(title, columns, tuple(map(_row, found)), is_caption_hidden=True),
    )
    return render(request, "events/overview.html", {"page": page})


@require_GET
@needs(READ)
def agreement(request: ActorRequest, place: int) -> HttpResponse:
    """What holds in one municipality, and what was agreed before."""
    town = _place(request, place)
    found = agreements_at(request.actor, town.pk)
    today = timezone.localdate()
    holding = next((each for each in found if each.valid_from <= today), None)
    action = Action(_("Write a new agreement"), reverse("events:agree", args=[town.pk]), "add", is_new_entry=True)
    page = AgreementPage(
        title=gettext("Agreement with %(town)s") % {"town": town.name},
        state=_since(holding),
        crumbs=_to_agreements(),
        action=action if request.actor.can(MANAGE) else None,
        facts=agreement_facts(holding) if holding else (),
        empty=_("Nothing is agreed yet. Kick-off events work out interfaces and where case management begins."),
        moments=tuple(map(_moment, found)),
    )
    return render(request, "events/agreement.html", {"page": page})


@needs(MANAGE)
def new_agreement(request: ActorRequest, place: int) -> HttpResponse:
    """Write down what was agreed; the texts of the last one are there to begin with."""
    town = _place(request, place)
    last = next(iter(agreements_at(request.actor, town.pk)), None)
    form = AgreementForm(request.POST or None, last=last)
    if form.is_valid():
        home = min(request.actor.scope(MANAGE).touched_organisations)
        try:
            agree(actor=request.actor, organisation_id=home, municipality_id=town.pk, facts=form.facts)
        except EventsRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Agreed. It holds from its day until a newer one begins."))
            return redirect("events:agreement", place=town.pk)
    crumb = Crumb(town.name, reverse("events:agreement", args=[town.pk]))
    return ask(request, _("Write a new agreement"), (*_to_agreements(), crumb), form, draft="events-agreement")


def _place(request: ActorRequest, pk: int) -> Municipality:
    return get_object_or_404(places_of(request.actor), pk=pk)


def _to_agreements() -> tuple[Crumb, ...]:
    return (Crumb(_("Agreements with municipalities"), reverse("events:agreements")),)


def _since(holding: Agreement | None) -> str:
    if holding is None:
        return gettext("none in force")
    return gettext("holds since %(day)s") % {"day": german.day(holding.valid_from)}


def _row(place: PlaceAgreement) -> Row:
    held = place.agreement
    name = Cell(place.municipality.name, address_of_record("events:agreement", place.municipality.pk))
    if held is None:
        return Row((name, Cell(badge=Badge(_("open"))), Cell("–"), Cell("–")))
    badge = Cell(badge=Badge(_("agreed"), Tone.SUCCESS))
    return Row((name, badge, Cell(german.day(held.valid_from)), Cell(held.target_groups)))


def _moment(each: Agreement) -> Moment:
    text = gettext("Where case management begins: %(text)s") % {"text": each.delimitation}
    return Moment(each.valid_from, _("valid from this day"), text, by=each.agreed_by.display_name)
