"""Needs by municipality and topic: on the screen, on paper and as a file."""

from __future__ import annotations

import csv
import io

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.export.sanitising import harmless
from kimwerk.audit.services import record
from kimwerk.directory.web.homes import home_in
from kimwerk.kernel import german
from kimwerk.needs.selectors.matrix import Matrix, matrix_for
from kimwerk.needs.selectors.register import FEWEST
from kimwerk.needs.web.pages import MatrixPage
from kimwerk.needs.web.within import places_of, to_needs
from kimwerk.ui.components import Cell, Column, NavItem, Row, Table

REPORT = Permission.NEED_REPORT


@require_GET
@needs(REPORT)
def matrix(request: ActorRequest) -> HttpResponse:
    """How often needs were named, by municipality and topic; each number leads to its needs."""
    home = home_in(request, REPORT)
    found = matrix_for(home.actor, places_of(home.actor))
    page = MatrixPage(
        title=_("Needs by municipality and topic"),
        state=_("everything named that was not put aside"),
        crumbs=to_needs(),
        links=(NavItem(_("Matrix as a file for spreadsheets (CSV)"), home.address(reverse("needs:matrix_export"))),),
        table=_table(found),
        note=_left_out() if found.is_short else "",
        empty=_("No need is reported yet"),
        homes=home.form,
    )
    return render(request, "needs/matrix.html", {"page": page})


@require_GET
@needs(REPORT)
def export(request: ActorRequest) -> HttpResponse:
    """The matrix as CSV."""
    home = home_in(request, REPORT)
    table = _table(matrix_for(home.actor, places_of(home.actor)))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(str(column.title)) for column in table.columns])
    for row in (*table.rows, *([table.foot] if table.foot else [])):
        writer.writerow([harmless(str(cell.text)) for cell in row.cells])
    record(actor=request.actor, action="need.matrix_exported")
    headers = {"Content-Disposition": f'attachment; filename="{gettext("needs")}-matrix.csv"'}
    return HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _left_out() -> str:
    few = gettext("Fewer than %(fewest)s mentions out of counselling or referrals are left out, also of the sums.")
    return few % {"fewest": FEWEST}


def _table(found: Matrix) -> Table:
    has_other = any(topic is None for _place, topic in found.counts)
    topics = [(topic.pk, topic.label) for topic in found.topics]
    columns: list[tuple[int | None, str]] = [*topics, *([(None, gettext("no topic"))] if has_other else [])]
    head = (Column(_("Municipality")), *(Column(label, is_numeric=True) for _pk, label in columns))
    places: list[tuple[int | None, str]] = [(place.pk, place.name) for place in found.places]
    if any(place is None for place, _topic in found.counts):
        places.append((None, gettext("no municipality")))
    keys = [pk for pk, _label in columns]
    rows = tuple(_row(found, place, name, keys) for place, name in places) if found.counts else ()
    sums = tuple(Cell(german.number(found.of_topic(topic))) for topic in keys)
    foot = Row((Cell(_("Sum")), *sums, Cell(german.number(found.total))))
    title = _("Needs by municipality and topic")
    return Table(title, (*head, Column(_("Sum"), is_numeric=True)), rows, foot, is_caption_hidden=True)


def _row(found: Matrix, place: int | None, name: str, topics: list[int | None]) -> Row:
    cells = tuple(_cell(found.counts.get((place, topic), 0), place, topic) for topic in topics)
    return Row((Cell(name), *cells, Cell(german.number(found.of_place(place)))))


def _cell(count: int, place: int | None, topic: int | None) -> Cell:
    if not count:
        return Cell("–")
    if place is None or topic is None:
        return Cell(german.number(count))
    return Cell(german.number(count), f"{reverse('needs:needs')}?municipality={place}&topic={topic}")
