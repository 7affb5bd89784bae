"""The people in one's care, searched while one types."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.persons.policies import homes
from kimwerk.persons.selectors.search import PersonHit, persons_in_care, search_persons
from kimwerk.persons.types import PersonColumn
from kimwerk.persons.web.pages import ListPage
from kimwerk.persons.web.part_forms import SearchForm
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Cell, Column, Pagination, Row, Table
from kimwerk.ui.listing import paged, sort_key, with_sorting

TARGET = "person-list"
MOST_FOUND = 50
DEFAULT_SORT = PersonColumn.NAME.value
COLUMNS = (
    Column(_("Name"), key=PersonColumn.NAME.value),
    Column(_("Born"), key=PersonColumn.BIRTH.value),
    Column(_("Municipality"), key=PersonColumn.MUNICIPALITY.value),
    Column(_("Interpreter for")),
)


@require_GET
@needs(Permission.PERSON_KEEP)
def listing(request: ActorRequest) -> HttpResponse:
    """The list, or only its changing part while somebody types."""
    form = SearchForm(request.GET)
    searched = form.cleaned_data["q"].strip() if form.is_valid() else ""
    hits, pagination = _found(request, searched)
    columns = COLUMNS if searched else with_sorting(COLUMNS, request.GET, default=DEFAULT_SORT)
    page = ListPage(
        form=form,
        table=Table(_("Persons"), tuple(columns), tuple(map(_row, hits)), is_caption_hidden=True),
        pagination=pagination,
        searched=searched,
        may_register=bool(homes(request.actor)),
    )
    is_part = request.headers.get("HX-Target") == TARGET
    return render(request, "persons/_list.html" if is_part else "persons/list.html", {"page": page})


def _row(hit: PersonHit) -> Row:
    name = Cell(
        hit.name,
        address_of_record("persons:person", hit.id),
        note=_("sounds alike") if hit.by_sound else "",
        original=hit.original_name,
        original_direction=hit.original_direction,
    )
    return Row((name, Cell(hit.birth), Cell(hit.municipality), Cell(hit.interpreter)), key=f"person-{hit.id}")


def _found(request: ActorRequest, searched: str) -> tuple[tuple[PersonHit, ...], Pagination | None]:
    if searched:
        return search_persons(request.actor, searched, limit=MOST_FOUND), None
    order = sort_key(request.GET, COLUMNS, default=DEFAULT_SORT)
    column = PersonColumn(order.removeprefix("-"))
    found = paged(persons_in_care(request.actor, column, is_descending=order.startswith("-")), request.GET)
    return found.items, found.pagination
