"""A figure over the editions that printed it: side by side, and never across a break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.reporting import catalogue
from kimwerk.reporting.selectors.breaks import Series, series_of
from kimwerk.reporting.series_wording import interruption_text
from kimwerk.reporting.showing import title_of
from kimwerk.reporting.wording import unit_label, value_label, window_label
from kimwerk.ui.components import Cell, Column, Crumb, Row, Table


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """The editions side by side, and what interrupts them."""

    title: str
    unit: str
    table: Table | None
    breaks: tuple[str, ...]
    crumbs: tuple[Crumb, ...]


@needs(Permission.REPORT_READ)
def figure_series(request: ActorRequest, key: str) -> HttpResponse:
    """The figure in one breakdown, as each released edition printed it."""
    try:
        declared = catalogue.figure(key)
    except catalogue.UnknownFigure as error:
        raise Http404 from error
    by = (request.GET["by"],) if request.GET.get("by") else declared.by[:1]
    if not set(by) <= {dimension.key for dimension in declared.dimensions}:
        raise Http404
    series = series_of(request.actor, key, by)
    page = SeriesPage(
        title=title_of(declared, by),
        unit=unit_label(declared.unit),
        table=_table(series) if series.points else None,
        breaks=tuple(_breaks(series)),
        crumbs=(Crumb(_("Reports"), reverse("reporting:reports")),),
    )
    return render(request, "reporting/series.html", {"page": page})


def _table(series: Series) -> Table:
    members: dict[str, str] = {}
    for point in series.points:
        members |= {member.key: member.label for member in (point.axis.members if point.axis else ())}
    columns = [Column(_("Counted as"))]
    for at, point in enumerate(series.points):
        columns.append(Column(f"{point.name}, {window_label(point.window)}", is_numeric=True))
        if at in series.redefined or at in series.breaks:
            columns.append(Column(_("Break")))
    rows = [Row((Cell(label), *_cells(series, key))) for key, label in members.items()]
    total = Row((Cell(_("Total")), *_cells(series, None)))
    return Table(_("Editions side by side"), tuple(columns), tuple(rows), foot=total, is_caption_hidden=True)


def _cells(series: Series, key: str | None) -> Iterator[Cell]:
    for at, point in enumerate(series.points):
        value = point.table.counted.total if key is None else point.value(key)
        yield Cell(value_label(point.table.figure, value))
        if at in series.redefined or at in series.breaks:
            yield Cell("‖")


def _breaks(series: Series) -> Iterator[str]:
    for at in sorted({*series.redefined, *series.breaks}):
        names = {"before": series.points[at].name, "after": series.points[at + 1].name}
        if at in series.redefined:
            yield (
                _(
                    "Between %(before)s and %(after)s the definition of the figure changed: "
                    "the numbers on both sides count different things."
                )
                % names
            )
        yield from map(interruption_text, series.breaks.get(at, ()))
