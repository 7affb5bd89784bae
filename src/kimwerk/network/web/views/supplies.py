"""Offers of other bodies, brought together with the needs that were named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.kernel import german
from kimwerk.needs.web.tables import need_table
from kimwerk.network.models import Pairing, Supply
from kimwerk.network.policies import may_keep
from kimwerk.network.selectors.supplies import fitting_needs, pair_counts, pairs_of, supplies_for
from kimwerk.network.services import bring_together, keep_supply, note_outcome
from kimwerk.network.types import NetworkRefused, Outcome, SupplyState
from kimwerk.network.web.forms import OutcomeForm, PairForm, SupplyFilter, SupplyForm
from kimwerk.network.web.pages import Part, ThingPage
from kimwerk.network.web.tables import supply_badge, supply_table
from kimwerk.network.web.within import (
    ask,
    bodies_of,
    home_of,
    kept_supply,
    places_of,
    say,
    to_supplies,
    to_supply,
)
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Badge, Cell, Column, Fact, NavItem, Row, Table, Tone
from kimwerk.ui.listing import chips_of
from kimwerk.ui.newest import newest_first
from kimwerk.ui.notices import notify
from kimwerk.ui.pages import ListPage

READ, KEEP = Permission.NETWORK_READ, Permission.NETWORK_KEEP
TONES = {Outcome.ASKED: Tone.INFO, Outcome.BEGUN: Tone.SUCCESS, Outcome.FAILED: Tone.WARNING}


@require_GET
@needs(READ)
def supplies(request: ActorRequest) -> HttpResponse:
    """All offers, by filter."""
    form = SupplyFilter(request.GET, places=places_of(request))
    found = newest_first(supplies_for(request.actor, form.wish), request.GET, by="noted_on")
    items = list(found.items)
    new = Action(_("Write down an offer"), reverse("network:new_supply"), "add", is_new_entry=True)
    page = ListPage(
        title=_("Offers and needs"),
        state=_("what others offer or could begin, and the needs it was brought together with"),
        action=new if request.actor.can(KEEP) else None,
        filter=form,
        chips=chips_of(form, request.GET),
        reset_url=reverse("network:supplies"),
        links=(NavItem(_("Needs named"), reverse("needs:needs")),),
        table=supply_table(items, pair_counts(request.actor, items)),
        pagination=found.pagination,
        empty_title=_("No offer is known yet"),
        empty_text=_("Write down what a body offers. Needs of the same topic and place are then proposed."),
    )
    return render(request, "network/list.html", {"page": page})


@require_GET
@needs(READ)
def supply(request: ActorRequest, pk: int) -> HttpResponse:
    """One offer: for whom, where, which needs it was brought together with, and which others fit."""
    related = ("partner", "municipality", "topic", "target_group", "noted_by")
    found = get_object_or_404(Supply.objects.visible_to(request.actor).select_related(*related), pk=pk)
    keeps = may_keep(request.actor, found.organisation_id)
    fitting = fitting_needs(request.actor, found)
    pair = Action(_("Bring together with needs"), reverse("network:pair", args=[pk]))
    page = ThingPage(
        title=found.title,
        state=found.partner.name,
        crumbs=to_supplies(),
        badge=supply_badge(found),
        action=pair if keeps and fitting and found.state == SupplyState.OPEN else None,
        links=_links(found) if keeps else (),
        text=found.text,
        facts=_facts(found),
        parts=(
            Part("pairs", _pairs(pairs_of(request.actor, found), keeps=keeps), _("Not brought together yet.")),
            Part("fitting", replace(need_table(fitting), caption=_("Needs that fit")), _no_fit(found)),
        ),
    )
    return render(request, "network/thing.html", {"page": page})


@needs(KEEP)
def new_supply(request: ActorRequest) -> HttpResponse:
    """Write down what a body offers."""
    sent = request.GET.get("partner", "")
    partner = int(sent) if sent.isdecimal() else None
    form = SupplyForm(request.POST or None, bodies=bodies_of(request), places=places_of(request), partner=partner)
    if form.is_valid():
        try:
            made = keep_supply(actor=request.actor, organisation_id=home_of(request), facts=form.facts)
        except NetworkRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The offer is written down. Needs that fit stand below it."))
            return redirect("network:supply", pk=made.pk)
    return ask(request, _("Write down an offer"), to_supplies(), form, _("Enter"), draft="network-supply")


@needs(KEEP)
def change_supply(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct what is known of an offer."""
    kept = kept_supply(request, pk)
    form = SupplyForm(request.POST or None, bodies=bodies_of(request), places=places_of(request), known=kept)
    if form.is_valid():
        try:
            keep_supply(actor=request.actor, organisation_id=kept.organisation_id, facts=form.facts, supply=kept)
        except NetworkRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Changed."))
            return redirect("network:supply", pk=pk)
    return ask(request, _("Correct the offer"), to_supply(kept), form)


@needs(KEEP)
def pair(request: ActorRequest, pk: int) -> HttpResponse:
    """Bring an offer together with needs that it could serve."""
    kept = kept_supply(request, pk)
    found = fitting_needs(request.actor, kept)
    form = PairForm(request.POST or None, found=found)
    if form.is_valid():
        chosen = [need for need in found if need.pk in form.keys]
        try:
            for need in chosen:
                bring_together(actor=request.actor, supply=kept, need=need, on=form.cleaned_data["on_day"])
        except NetworkRefused as refused:
            say(form, refused)
        else:
            said = ngettext("Brought together with one need.", "Brought together with %(count)s needs.", len(chosen))
            notify(request, said % {"count": len(chosen)})
            return redirect("network:supply", pk=pk)
    return ask(request, _("Bring together with needs"), to_supply(kept), form, _("Bring together"))


@needs(KEEP)
def outcome(request: ActorRequest, pk: int) -> HttpResponse:
    """Say what came of a need and an offer."""
    seen = Pairing.objects.visible_to(request.actor).select_related("supply", "need")
    found = get_object_or_404(seen, pk=pk)
    form = OutcomeForm(request.POST or None, initial={"outcome": found.outcome, "note": found.note})
    if form.is_valid():
        came, note = Outcome(form.cleaned_data["outcome"]), form.cleaned_data["note"]
        try:
            note_outcome(actor=request.actor, pairing=found, outcome=came, note=note)
        except NetworkRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Changed."))
            return redirect("network:supply", pk=found.supply_id)
    return ask(request, _("What came of it"), to_supply(found.supply), form, lead=found.need.title)


def _links(found: Supply) -> tuple[NavItem, ...]:
    return (NavItem(_("Correct"), reverse("network:change_supply", args=[found.pk])),)


def _facts(found: Supply) -> tuple[Fact, ...]:
    begins, ends = found.from_day, found.until_day
    return (
        Fact(_("Who offers it"), found.partner.name, url=reverse("network:partner", args=[found.partner_id])),
        Fact(_("Topic"), found.topic or ""),
        Fact(_("Target group"), found.target_group or ""),
        Fact(_("Municipality"), found.municipality or _("everywhere in the county")),
        Fact(_("Places for people"), german.number(found.places) if found.places else ""),
        Fact(_("From"), german.day(begins) if begins else "", note=_until(ends)),
        Fact(_("Written down on"), german.day(found.noted_on), note=found.noted_by.display_name),
    )


def _until(ends: date | None) -> str:
    return gettext("until %(day)s") % {"day": german.day(ends)} if ends else ""


def _no_fit(found: Supply) -> str:
    if found.topic_id is None and found.target_group_id is None:
        return gettext("Say for which topic or target group the offer is; then needs that fit are proposed.")
    return gettext("No other need fits by topic or target group and place.")


def _pairs(found: list[Pairing], *, keeps: bool) -> Table:
    columns = (
        Column(_("Need named")), Column(_("Municipality")), Column(_("Brought together on")), Column(_("By whom")),
        Column(_("What came of it")),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Cell(each.need.title, address_of_record("network:outcome", each.pk) if keeps else "", note=each.note),
                Cell(each.need.municipality or "–"),
                Cell(german.day(each.paired_on)),
                Cell(each.paired_by.display_name),
                Cell(badge=Badge(each.get_outcome_display(), TONES[Outcome(each.outcome)])),
            )
        )
        for each in found
    )
    return Table(_("Brought together with"), columns, rows, is_caption_hidden=True)
