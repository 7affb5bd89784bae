"""What came with packages beside templates: the list, and one thing with what it says."""

from __future__ import annotations

import json

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.documents.models import Received
from kimwerk.documents.parts import as_genericode, as_people_read, read
from kimwerk.documents.selectors.library import received_for
from kimwerk.documents.types import PartKind
from kimwerk.documents.ways import links_at
from kimwerk.documents.web.pages import ReceivedPage, ThingPage
from kimwerk.documents.web.within import to_all_received, to_templates
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Cell, Column, Fact, NavItem, Row, Table
from kimwerk.ui.keyed import Key, Known, keyed

WHAT_TO_DO: dict[PartKind, Text] = {
    PartKind.CODE_LIST: _(
        "Entries that your own list lacks can be taken over; other programs read the list as a file."
    ),
    PartKind.FIGURE: _(
        "It tells how the sender counts. Compare it with your own figure before you put numbers side by side."
    ),
    PartKind.PROCEDURE: _("It tells how the sender proceeds. Whoever keeps your checklists and templates can use it."),
    PartKind.SURVEY: _("Whoever keeps your surveys can begin one with these questions."),
}
BY_TITLE = (Key("title"), Key("id"))
READ = Permission.TEMPLATE_READ


@require_GET
@needs(READ)
def received(request: ActorRequest) -> HttpResponse:
    """Everything that other counties sent beside templates."""
    asked = received_for(request.actor)
    found = keyed(asked, BY_TITLE, request.GET, known=Known(asked.count()), among=asked)
    title = _("From other counties")
    columns = (
        Column(_("Title")), Column(_("Sort")), Column(_("Origin")), Column(_("Licence")), Column(_("Came on")),
    )  # fmt: skip
    page = ReceivedPage(
        title=title,
        state=_("code lists, descriptions of figures, procedures and surveys out of packages"),
        crumbs=to_templates(),
        table=Table(title, columns, tuple(map(_row, found.items)), is_caption_hidden=True),
        pagination=found.pagination,
        empty=_("Nothing yet. A package of another county may carry such things beside templates."),
    )
    return render(request, "documents/received.html", {"page": page})


@require_GET
@needs(READ)
def received_part(request: ActorRequest, pk: int) -> HttpResponse:
    """One thing, as its sender signed it."""
    found = _seen(request, pk)
    part = read(json.loads(found.content))
    rows = tuple(Row(tuple(Cell(as_people_read(cell)) for cell in row)) for row in part.rows)
    table = Table(found.get_kind_display(), tuple(Column(name) for name in part.columns), rows, is_caption_hidden=True)
    file = NavItem(_("Code list as a file (genericode)"), reverse("documents:received_file", args=[pk]))
    page = ThingPage(
        title=found.title,
        state=found.get_kind_display(),
        crumbs=to_all_received(),
        lead=WHAT_TO_DO[part.kind],
        links=(*((file,) if part.kind is PartKind.CODE_LIST else ()), *links_at(request.actor, found)),
        facts=(
            Fact(_("Origin"), found.origin, note=_("sent by %(sender)s") % {"sender": found.sender}),
            Fact(_("Licence"), found.get_licence_display()),
            Fact(_("Came on"), german.day(found.received_on)),
            *(Fact(name, text) for name, text in part.facts),
        ),
        tables=(("content", table, ""),) if part.rows else (),
    )
    return render(request, "documents/thing.html", {"page": page})


@require_GET
@needs(READ)
def received_file(request: ActorRequest, pk: int) -> HttpResponse:
    """A code list as a file that other programs read."""
    found = _seen(request, pk)
    if found.kind != PartKind.CODE_LIST:
        raise Http404
    content = as_genericode(read(json.loads(found.content)))
    headers = {"Content-Disposition": f'attachment; filename="{slugify(found.title) or "liste"}.gc.xml"'}
    return HttpResponse(content, "application/xml", headers=headers)


def _seen(request: ActorRequest, pk: int) -> Received:
    return get_object_or_404(Received.objects.visible_to(request.actor), pk=pk)


def _row(found: Received) -> Row:
    return Row(
        (
            Cell(found.title, address_of_record("documents:received_part", found.pk)),
            Cell(found.get_kind_display()),
            Cell(found.origin),
            Cell(found.licence),
            Cell(german.day(found.received_on)),
        ),
        key=str(found.pk),
    )
