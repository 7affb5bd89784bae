"""Organisations: the list, one with all that belongs to it, and keeping them."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.directory.models import Contact, Office, Organisation
from kimwerk.directory.policies import is_overdue, may_keep
from kimwerk.directory.selectors import contacts_of, kept_districts, organisations_matching
from kimwerk.directory.services import (
    NameTaken,
    add_office,
    add_organisation,
    change_organisation,
    close_organisation,
    rename_office,
    reopen_organisation,
)
from kimwerk.directory.types import OrganisationKind
from kimwerk.directory.web.forms import CloseForm, OfficeForm, OrganisationFilter, OrganisationForm
from kimwerk.directory.web.pages import ContactLine, FormPage, ListPage, OrganisationPage, SiteLine
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Badge, Cell, Column, Crumb, Fact, Row, Table, Tone
from kimwerk.ui.listing import chips_of, paged, sort_key, with_sorting
from kimwerk.ui.notices import notify

COLUMNS = (Column(_("Organisation"), key="name"), Column(_("Kind"), key="kind"), Column(_("Place")))
ORDERS = {"name": "sort_key", "kind": "kind"}
NAME_TAKEN = _("This name is taken. Look whether it is entered already, or add what tells the two apart.")


@needs(Permission.DIRECTORY_READ)
def organisations(request: ActorRequest) -> HttpResponse:
    """The list of organisations."""
    form = OrganisationFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = organisations_matching(
        request.actor,
        words=chosen.get("q", ""),
        kind=OrganisationKind(chosen["kind"]) if chosen.get("kind") else None,
        district=chosen.get("district"),
        is_closed=chosen.get("closed", False),
    )
    order = sort_key(request.GET, COLUMNS, default="name")
    field = ("-" if order.startswith("-") else "") + ORDERS[order.removeprefix("-")]
    listed = paged(found.order_by(field, "sort_key", "pk"), request.GET)
    page = ListPage(
        title=_("Organisations"),
        state=_("Who does what in the network, with sites and contacts"),
        filter=form,
        chips=chips_of(form, request.GET),
        table=Table(
            _("Organisations"),
            with_sorting(COLUMNS, request.GET, default="name"),
            tuple(_row(organisation) for organisation in listed.items),
            is_caption_hidden=True,
        ),
        pagination=listed.pagination,
        reset_url=reverse("directory:organisations"),
        action=Action(_("Add an organisation"), reverse("directory:add_organisation"), is_new_entry=True)
        if request.actor.can(Permission.DIRECTORY_MANAGE)
        else None,
    )
    return render(request, "directory/list.html", {"page": page})


@needs(Permission.DIRECTORY_READ)
def organisation(request: ActorRequest, pk: int) -> HttpResponse:
    """One organisation with offices, sites and contacts."""
    found = get_object_or_404(
        Organisation.objects.visible_to(request.actor).select_related("district", "municipality"), pk=pk
    )
    today = timezone.localdate()
    is_closed = found.closed_on is not None and found.closed_on <= today
    page = OrganisationPage(
        organisation=found,
        crumbs=(Crumb(_("Organisations"), reverse("directory:organisations")),),
        badge=Badge(_("closed"), Tone.NEUTRAL) if is_closed else None,
        facts=_facts(found),
        offices=tuple(found.offices.order_by("name")),
        sites=tuple(
            SiteLine(site, site.closed_on is not None and site.closed_on <= today)
            for site in found.sites.select_related("municipality").order_by("sort_key", "pk")
        ),
        contacts=tuple(
            ContactLine(contact, freshness(contact, today)) for contact in contacts_of(request.actor, found)
        ),
        may_keep=may_keep(request.actor, found, kept_districts(request.actor)),
        is_closed=found.closed_on is not None,
    )
    return render(request, "directory/organisation.html", {"page": page})


@needs(Permission.DIRECTORY_MANAGE)
def add(request: ActorRequest) -> HttpResponse:
    """Take an organisation in."""
    form = OrganisationForm(request.POST or None)
    if form.is_valid():
        if not may_keep(request.actor, _draft(form), kept_districts(request.actor)):
            form.add_error("district", _("You keep the directory for your own district. Choose that one."))
        else:
            try:
                made = add_organisation(actor=request.actor, facts=form.facts)
            except NameTaken:
                form.add_error("name", NAME_TAKEN)
            else:
                notify(request, _("The organisation is added."))
                return redirect("directory:organisation", pk=made.pk)
    url = reverse("directory:organisations")
    page = FormPage(_("Add an organisation"), (Crumb(_("Organisations"), url),), form, _("Add"), url)
    return render(request, "directory/form.html", {"page": page})


@needs(Permission.DIRECTORY_MANAGE)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct an organisation."""
    kept = kept_organisation(request, pk)
    form = OrganisationForm.about(request.POST or None, kept)
    if form.is_valid():
        if not may_keep(request.actor, _draft(form, kept), kept_districts(request.actor)):
            form.add_error("district", _("You keep the directory for your own district. Choose that one."))
        else:
            try:
                change_organisation(actor=request.actor, organisation=kept, facts=form.facts)
            except NameTaken:
                form.add_error("name", NAME_TAKEN)
            else:
                return done(request, kept, _("The organisation is changed."))
    return ask(request, kept, title=_("Correct %(name)s") % {"name": kept}, form=form)


@needs(Permission.DIRECTORY_MANAGE)
def close(request: ActorRequest, pk: int) -> HttpResponse:
    """Close an organisation from a day on."""
    kept = kept_organisation(request, pk)
    form = CloseForm(request.POST or None)
    if form.is_valid():
        close_organisation(actor=request.actor, organisation=kept, on=form.cleaned_data["on"])
        undo_url = reverse("directory:reopen_organisation", args=[pk])
        return done(request, kept, _("The organisation is closed."), undo_url=undo_url)
    return ask(
        request,
        kept,
        title=_("Close %(name)s") % {"name": kept},
        form=form,
        label=_("Close"),
        lead=_("Entries that name it stay as they are. You can take this back."),
    )


@needs(Permission.DIRECTORY_MANAGE)
@require_POST
def reopen(request: ActorRequest, pk: int) -> HttpResponse:
    """Take the closing back."""
    kept = kept_organisation(request, pk)
    reopen_organisation(actor=request.actor, organisation=kept)
    return done(request, kept, _("The organisation is open again."))


@needs(Permission.DIRECTORY_MANAGE)
def new_office(request: ActorRequest, pk: int) -> HttpResponse:
    """Add an office."""
    kept = kept_organisation(request, pk)
    form = OfficeForm(request.POST or None)
    if form.is_valid():
        try:
            add_office(actor=request.actor, organisation=kept, name=form.cleaned_data["name"])
        except NameTaken:
            form.add_error("name", _("The organisation has an office of this name already."))
        else:
            return done(request, kept, _("The office is added."))
    return ask(request, kept, title=_("Add an office"), form=form, label=_("Add"))


@needs(Permission.DIRECTORY_MANAGE)
def office(request: ActorRequest, pk: int) -> HttpResponse:
    """Rename an office."""
    found = get_object_or_404(Office.objects.select_related("organisation"), pk=pk)
    kept = kept_organisation(request, found.organisation_id)
    form = OfficeForm(request.POST or None, initial={"name": found.name})
    if form.is_valid():
        try:
            rename_office(actor=request.actor, office=found, name=form.cleaned_data["name"])
        except NameTaken:
            form.add_error("name", _("The organisation has an office of this name already."))
        else:
            return done(request, kept, _("The office is renamed."))
    return ask(request, kept, title=_("Rename the office"), form=form)


def kept_organisation(request: ActorRequest, pk: int) -> Organisation:
    """The organisation, if the actor keeps it; else it does not exist for them."""
    found = get_object_or_404(Organisation.objects.visible_to(request.actor), pk=pk)
    if not may_keep(request.actor, found, kept_districts(request.actor)):
        raise Http404
    return found


def done(request: ActorRequest, kept: Organisation, text: Text, *, undo_url: str = "") -> HttpResponse:
    """Back to the organisation, saying what happened."""
    notify(request, text, undo_url=undo_url)
    return redirect("directory:organisation", pk=kept.pk)


def ask(
    request: ActorRequest,
    kept: Organisation,
    *,
    title: Text,
    form: CloseForm | OfficeForm | OrganisationForm,
    label: Text = "",
    lead: Text = "",
) -> HttpResponse:
    """A form about the organisation or something in it."""
    url = reverse("directory:organisation", args=[kept.pk])
    crumbs = (Crumb(_("Organisations"), reverse("directory:organisations")), Crumb(kept.name, url))
    page = FormPage(title, crumbs, form, label or _("Save"), url, lead)
    return render(request, "directory/form.html", {"page": page})


def freshness(contact: Contact, today: date) -> Badge:
    """When the contact was last checked, and whether that is too long ago."""
    if contact.verified_on is None:
        return Badge(_("never checked"), Tone.WARNING)
    text = _("last checked on %(day)s") % {"day": german.day(contact.verified_on)}
    return Badge(text, Tone.WARNING if is_overdue(contact, today) else Tone.NEUTRAL)


def _draft(form: OrganisationForm, known: Organisation | None = None) -> Organisation:
    """The organisation as it would be, to ask the policy."""
    facts = form.facts
    district = facts.municipality.district if facts.municipality else facts.district
    is_controller = known.is_controller if known else False
    return Organisation(pk=known.pk if known else None, district=district, is_controller=is_controller)


def _row(organisation: Organisation) -> Row:
    return Row(
        key=f"organisation-{organisation.pk}",
        cells=(
            Cell(organisation.name, address_of_record("directory:organisation", organisation.pk)),
            Cell(organisation.get_kind_display()),
            Cell(organisation.municipality or organisation.district or "–"),
        ),
    )


def _facts(organisation: Organisation) -> tuple[Fact, ...]:
    facts = [
        Fact(_("Kind"), organisation.get_kind_display()),
        Fact(_("Municipality"), organisation.municipality.name) if organisation.municipality else None,
        Fact(_("District"), organisation.district.name if organisation.district else ""),
        Fact(_("Closed from"), german.day(organisation.closed_on)) if organisation.closed_on else None,
        Fact(_("Keeps data here"), _("yes")) if organisation.is_controller else None,
    ]
    return tuple(fact for fact in facts if fact is not None)
