"""The register of what was told to the public: the list, an entry, and a file of it."""

from __future__ import annotations

import csv
import io

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.export.sanitising import harmless
from kimwerk.audit.services import record
from kimwerk.kernel import german
from kimwerk.network.models import Publication
from kimwerk.network.selectors.publications import publications_for
from kimwerk.network.services import keep_publication
from kimwerk.network.types import NetworkRefused
from kimwerk.network.web.forms import PublicationFilter, PublicationForm
from kimwerk.network.web.within import ask, home_of, places_of, say, to_publications
from kimwerk.ui.components import Action, Cell, Column, NavItem, Row, Table
from kimwerk.ui.listing import chips_of
from kimwerk.ui.newest import newest_first
from kimwerk.ui.notices import notify
from kimwerk.ui.pages import ListPage

READ, KEEP = Permission.NETWORK_READ, Permission.NETWORK_KEEP


@require_GET
@needs(READ)
def publications(request: ActorRequest) -> HttpResponse:
    """Everything told to the public, by filter."""
    form = PublicationFilter(request.GET)
    found = newest_first(publications_for(request.actor, form.wish), request.GET, by="published_on")
    keeps = request.actor.can(KEEP)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    new = Action(_("Enter a publication"), reverse("network:new_publication"), "add", is_new_entry=True)
    page = ListPage(
        title=_("Public relations"),
        state=_("portraits, newsletters, flyers, pages, press, the newest first"),
        action=new if keeps else None,
        filter=form,
        chips=chips_of(form, request.GET),
        reset_url=reverse("network:publications"),
        links=(NavItem(_("List as a file for spreadsheets (CSV)"), reverse("network:export") + query),),
        table=_table(found.items, keeps=keeps),
        pagination=found.pagination,
        empty_title=_("Nothing is entered yet"),
        empty_text=_("Enter what appeared about the programme, where and when, and how many it reached."),
    )
    return render(request, "network/list.html", {"page": page})


@require_GET
@needs(READ)
def export(request: ActorRequest) -> HttpResponse:
    """The list as CSV, texts shielded against formulas."""
    found = tuple(publications_for(request.actor, PublicationFilter(request.GET).wish))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    titles = (
        _("Appeared on"),
        _("Form"),
        _("Title"),
        _("Where it appeared"),
        _("Municipality"),
        _("How far it reached"),
    )
    writer.writerow([harmless(str(title)) for title in (*titles, _("Reach, counted as"), _("Address of the page"))])
    for each in found:
        place = each.municipality.name if each.municipality else ""
        reach = str(each.reach) if each.reach is not None else ""
        cells = (
            german.day(each.published_on), each.get_kind_display(), each.title, each.medium, place, reach,
            each.get_reach_kind_display(), each.url,
        )  # fmt: skip
        writer.writerow([harmless(cell) for cell in cells])
    record(actor=request.actor, action="publication.exported", amount=len(found))
    headers = {"Content-Disposition": f'attachment; filename="{gettext("publications")}.csv"'}
    return HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@needs(KEEP)
def new_publication(request: ActorRequest) -> HttpResponse:
    """Enter something told to the public."""
    form = PublicationForm(request.POST or None, places=places_of(request))
    if form.is_valid():
        try:
            keep_publication(actor=request.actor, organisation_id=home_of(request), facts=form.facts)
        except NetworkRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The publication is entered."))
            return redirect("network:publications")
    return ask(request, _("Enter a publication"), to_publications(), form, _("Enter"), draft="network-publication")


@needs(KEEP)
def change_publication(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct an entry."""
    kept = get_object_or_404(Publication.objects.kept_by(request.actor), pk=pk)
    form = PublicationForm(request.POST or None, places=places_of(request), known=kept)
    if form.is_valid():
        try:
            keep_publication(
                actor=request.actor, organisation_id=kept.organisation_id, facts=form.facts, publication=kept
            )
        except NetworkRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Changed."))
            return redirect("network:publications")
    return ask(request, _("Correct the entry"), to_publications(), form)


def _table(found: tuple[Publication, ...], *, keeps: bool) -> Table:
    columns = (
        Column(_("Appeared on")), Column(_("Title")), Column(_("Form")), Column(_("Where it appeared")),
        Column(_("Municipality")), Column(_("How far it reached"), is_numeric=True),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Cell(german.day(each.published_on)),
                Cell(
                    each.title, reverse("network:change_publication", args=[each.pk]) if keeps else "", note=each.note
                ),
                Cell(each.get_kind_display()),
                Cell(each.medium),
                Cell(each.municipality or "–"),
                Cell(german.number(each.reach) if each.reach is not None else "–", note=each.get_reach_kind_display()),
            ),
            key=str(each.pk),
        )
        for each in found
    )
    return Table(_("Public relations"), columns, rows, is_caption_hidden=True)
