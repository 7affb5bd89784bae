"""Bodies and working groups: whom the office knows, who knows whom, and when one met."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.directory.models import Organisation
from kimwerk.directory.web.homes import home_in
from kimwerk.kernel import german
from kimwerk.network.models import Encounter
from kimwerk.network.selectors.partners import (
    Acquaintance,
    GroupLine,
    PartnerLine,
    encounters_for,
    encounters_with,
    groups_of,
    partner_keys,
    partners_of,
    who_knows,
)
from kimwerk.network.selectors.supplies import SupplyWish, supplies_for
from kimwerk.network.services import correct_encounter, note_encounter
from kimwerk.network.types import SILENT_AFTER, NetworkRefused
from kimwerk.network.web.forms import EncounterFilter, EncounterForm, PartnerFilter
from kimwerk.network.web.pages import Part, ThingPage
from kimwerk.network.web.tables import supply_table
from kimwerk.network.web.within import ask, home_of, places_of, say, seen_body, to_partner, to_partners
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Badge, Cell, Column, Fact, NavItem, Row, Table, Tone
from kimwerk.ui.listing import chips_of, paged
from kimwerk.ui.newest import newest_first
from kimwerk.ui.notices import notify
from kimwerk.ui.pages import ListPage

READ, KEEP = Permission.NETWORK_READ, Permission.NETWORK_KEEP
SUPPLIES_SHOWN = 10


@require_GET
@needs(READ)
def partners(request: ActorRequest) -> HttpResponse:
    """All bodies of the directory with the last contact."""
    form = PartnerFilter(request.GET)
    found = paged(partner_keys(request.actor, form.wish), request.GET)
    title = _("Whom we know")
    columns = (
        Column(_("Body")), Column(_("Kind of body")), Column(_("Last contact")), Column(_("By whom")),
        Column(_("Times met"), is_numeric=True),
    )  # fmt: skip
    page = ListPage(
        title=title,
        state=_("the bodies of the directory, and when somebody of the office met them last"),
        action=Action(_("Enter a contact in a working group"), reverse("network:meet_group"), "add", is_new_entry=True)
        if request.actor.can(KEEP)
        else None,
        filter=form,
        chips=chips_of(form, request.GET),
        reset_url=reverse("network:partners"),
        links=(
            NavItem(_("All contacts"), reverse("network:encounters")),
            NavItem(_("Working groups"), reverse("network:groups")),
        ),
        table=Table(title, columns, tuple(map(_line, partners_of(request.actor, found.items))), is_caption_hidden=True),
        pagination=found.pagination,
        empty_title=_("No other body stands in the directory"),
        empty_text=_("The directory is kept by the coordination. Whoever stands in it can be met here."),
    )
    return render(request, "network/list.html", {"page": page})


@require_GET
@needs(READ)
def partner(request: ActorRequest, pk: int) -> HttpResponse:
    """One body: who knows it, what was talked about, what it offers."""
    body = seen_body(request, pk)
    knowing = who_knows(request.actor, body)
    met = newest_first(encounters_with(request.actor, body), request.GET, by="on_day")
    offers = list(supplies_for(request.actor, SupplyWish()).filter(partner=body)[:SUPPLIES_SHOWN])
    keeps = request.actor.can(KEEP)
    new_supply = f"{reverse('network:new_supply')}?partner={pk}"
    page = ThingPage(
        title=body.name,
        state=_last_met(knowing),
        crumbs=to_partners(),
        badge=_silence(knowing),
        action=Action(_("Enter a contact"), reverse("network:meet", args=[pk]), "add") if keeps else None,
        links=(
            NavItem(_("In the directory"), reverse("directory:organisation", args=[pk])),
            *((NavItem(_("Write down an offer"), new_supply),) if keeps else ()),
        ),
        text="",
        facts=(
            Fact(_("Kind of body"), body.get_kind_display()),
            Fact(_("Municipality"), body.municipality or ""),
        ),
        parts=(
            Part("who", _acquaintances(knowing), _("Nobody of the office has met this body yet.")),
            Part("contacts", _encounters(request, met.items), _("No contact is written down yet."), met.pagination),
            Part("offers", supply_table(offers, {}), _("No offer of this body is known yet.")),
        ),
    )
    return render(request, "network/thing.html", {"page": page})


@require_GET
@needs(READ)
def encounters(request: ActorRequest) -> HttpResponse:
    """All contacts, the newest first."""
    form = EncounterFilter(request.GET)
    found = newest_first(encounters_for(request.actor, form.wish), request.GET, by="on_day")
    page = ListPage(
        title=_("All contacts"),
        state=_("the newest first"),
        action=None,
        filter=form,
        chips=chips_of(form, request.GET),
        reset_url=reverse("network:encounters"),
        links=(NavItem(_("Whom we know"), reverse("network:partners")),),
        table=_encounters(request, found.items, is_with_body=True),
        pagination=found.pagination,
        empty_title=_("No contact is written down yet"),
        empty_text=_("Choose a body under “Whom we know” and enter that you have met it."),
    )
    return render(request, "network/list.html", {"page": page})


@require_GET
@needs(READ)
def groups(request: ActorRequest) -> HttpResponse:
    """The working groups in which the office takes part."""
    home = home_in(request, READ)
    title = _("Working groups")
    columns = (Column(_("Working group")), Column(_("Last there")), Column(_("How often"), is_numeric=True))
    table = Table(title, columns, tuple(map(_group, groups_of(home.actor))), is_caption_hidden=True)
    page = ThingPage(
        title=title,
        state=_("as contacts name them"),
        crumbs=to_partners(),
        badge=None,
        action=Action(_("Enter a contact in a working group"), reverse("network:meet_group"), "add")
        if request.actor.can(KEEP)
        else None,
        links=(),
        text="",
        facts=(),
        parts=(Part("groups", table, _("No working group is named yet.")),),
        homes=home.form,
    )
    return render(request, "network/thing.html", {"page": page})


@needs(KEEP)
def meet(request: ActorRequest, pk: int) -> HttpResponse:
    """Write down a contact with a body."""
    body = seen_body(request, pk)
    form = EncounterForm(request.POST or None, places=places_of(request), partner=body)
    if form.is_valid() and _noted(request, form):
        return redirect("network:partner", pk=pk)
    return ask(request, _("Enter a contact"), to_partner(body), form, _("Enter"), body.name, f"network-meet-{pk}")


@needs(KEEP)
def meet_group(request: ActorRequest) -> HttpResponse:
    """Write down that one was in a working group."""
    form = EncounterForm(request.POST or None, places=places_of(request))
    form.initial.setdefault("kind", "working_group")
    if form.is_valid() and _noted(request, form):
        return redirect("network:groups")
    return ask(request, _("Enter a contact in a working group"), to_partners(), form, _("Enter"), draft="network-group")


@needs(KEEP)
def correct(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a contact of one's own."""
    own = Encounter.objects.kept_by(request.actor).filter(met_by=request.actor.account_id).select_related("partner")
    found = get_object_or_404(own, pk=pk)
    form = EncounterForm(request.POST or None, places=places_of(request), partner=found.partner, known=found)
    if form.is_valid():
        try:
            correct_encounter(actor=request.actor, encounter=found, facts=form.facts)
        except NetworkRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Changed."))
            return redirect("network:partner", pk=found.partner_id) if found.partner_id else redirect("network:groups")
    crumbs = to_partner(found.partner) if found.partner else to_partners()
    return ask(request, _("Correct this contact"), crumbs, form)


def _noted(request: ActorRequest, form: EncounterForm) -> bool:
    try:
        note_encounter(actor=request.actor, organisation_id=home_of(request), facts=form.facts)
    except NetworkRefused as refused:
        say(form, refused)
        return False
    notify(request, _("The contact is written down."))
    return True


def _last_met(knowing: list[Acquaintance]) -> str:
    if not knowing:
        return gettext("never met yet")
    return gettext("last met on %(day)s") % {"day": german.day(knowing[0].last_on)}


def _silence(knowing: list[Acquaintance]) -> Badge | None:
    is_silent = bool(knowing) and knowing[0].last_on < timezone.localdate() - SILENT_AFTER
    return Badge(_("no contact for long"), Tone.WARNING) if is_silent else None


def _line(line: PartnerLine) -> Row:
    last = line.last
    body: Organisation = line.partner
    silent = last is not None and last.on_day < timezone.localdate() - SILENT_AFTER
    return Row(
        (
            Cell(body.name, address_of_record("network:partner", body.pk), note=body.municipality or ""),
            Cell(body.get_kind_display()),
            Cell(german.day(last.on_day) if last else "–", note=_("no contact for long") if silent else ""),
            Cell(last.met_by.display_name if last else "–"),
            Cell(german.number(line.count)),
        ),
        key=str(body.pk),
    )


def _acquaintances(knowing: list[Acquaintance]) -> Table:
    columns = (Column(_("Who")), Column(_("Last met")), Column(_("Times met"), is_numeric=True))
    rows = tuple(
        Row((Cell(each.account.display_name), Cell(german.day(each.last_on)), Cell(german.number(each.count))))
        for each in knowing
    )
    return Table(_("Who knows this body"), columns, rows, is_caption_hidden=True)


def _encounters(request: ActorRequest, found: tuple[Encounter, ...], *, is_with_body: bool = False) -> Table:
    body = (Column(_("Body")),) if is_with_body else ()
    columns = (
        Column(_("Day")), *body, Column(_("About what")), Column(_("How one met")), Column(_("Working group")),
        Column(_("By whom")),
    )  # fmt: skip
    rows = tuple(_encounter(request, each, is_with_body=is_with_body) for each in found)
    return Table(_("Times met"), columns, rows, is_caption_hidden=True)


def _encounter(request: ActorRequest, each: Encounter, *, is_with_body: bool) -> Row:
    is_own = each.met_by_id == request.actor.account_id
    partner = each.partner
    url = reverse("network:partner", args=[partner.pk]) if partner else ""
    body = (Cell(partner.name if partner else "–", url),) if is_with_body else ()
    about = Cell(each.title, address_of_record("network:correct", each.pk) if is_own else "", note=each.text)
    return Row(
        (
            Cell(german.day(each.on_day)),
            *body,
            about,
            Cell(each.get_kind_display(), note=each.function),
            Cell(each.group or "–"),
            Cell(each.met_by.display_name),
        ),
        key=str(each.pk),
    )


def _group(line: GroupLine) -> Row:
    url = f"{reverse('network:encounters')}?{urlencode({'group': line.name})}"
    return Row((Cell(line.name, url), Cell(german.day(line.last_on)), Cell(german.number(line.count))))
