"""What a request may touch: whatever one may not see does not exist."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kimwerk.access.doors import ActorRequest
from kimwerk.reporting.models import PlacedFigure, Report, ReportSection
from kimwerk.reporting.policies import may_write
from kimwerk.reporting.types import Direction
from kimwerk.ui.components import Crumb


def readable_report(request: ActorRequest, pk: int) -> Report:
    """The report, or 404."""
    return get_object_or_404(Report.objects.visible_to(request.actor).select_related("organisation"), pk=pk)


def writable_report(request: ActorRequest, pk: int) -> Report:
    """The report, or 404 for those who only read it too."""
    return _writable(request, readable_report(request, pk))


def readable_section(request: ActorRequest, pk: int) -> ReportSection:
    """The section with its report, or 404."""
    return get_object_or_404(ReportSection.objects.visible_to(request.actor).select_related("report"), pk=pk)


def writable_section(request: ActorRequest, pk: int) -> ReportSection:
    """The section with its report, or 404 for those who only read it too."""
    found = readable_section(request, pk)
    _writable(request, found.report)
    return found


def writable_figure(request: ActorRequest, pk: int) -> PlacedFigure:
    """The placed figure with its section and report, or 404."""
    figures = PlacedFigure.objects.visible_to(request.actor).select_related("section__report")
    found = get_object_or_404(figures, pk=pk)
    _writable(request, found.section.report)
    return found


def direction_of(direction: str) -> Direction:
    """The direction that an address names, or 404."""
    try:
        return Direction(direction)
    except ValueError:
        raise Http404 from None


def report_url(report: Report, anchor: str = "") -> str:
    """The report's page, at a place in it."""
    url = reverse("reporting:report", args=[report.pk])
    return f"{url}#{anchor}" if anchor else url


def crumbs_to(report: Report | None = None) -> tuple[Crumb, ...]:
    """The way to the list of reports, and on to one of them."""
    listed = Crumb(_("Reports"), reverse("reporting:reports"))
    return (listed, Crumb(report.title, report_url(report))) if report else (listed,)


def _writable(request: ActorRequest, report: Report) -> Report:
    if not may_write(request.actor, report):
        raise Http404
    return report
