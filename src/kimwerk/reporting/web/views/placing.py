"""Placing figures: which one, how broken down, how drawn, over which window."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kimwerk.access.actors import Actor
from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.kernel.figures import Figure, Text
from kimwerk.reporting.catalogue import UnknownFigure, figure, figures
from kimwerk.reporting.counting import count_report
from kimwerk.reporting.models import PlacedFigure, Report, ReportSection
from kimwerk.reporting.plan import Plan, PlannedFigure, PlannedSection
from kimwerk.reporting.selectors.figures import dimensions_of
from kimwerk.reporting.selectors.reports import planned
from kimwerk.reporting.services.placing import (
    change_figure,
    move_figure,
    place_figure,
    remove_figure,
    restore_figure,
)
from kimwerk.reporting.services.refusals import ReportIsFull
from kimwerk.reporting.types import ChartChoice
from kimwerk.reporting.web.report_access import crumbs_to, direction_of, report_url, writable_figure, writable_section
from kimwerk.reporting.web.report_forms import FigureForm, figure_values
from kimwerk.reporting.web.report_pages import ChooseFigurePage, FigureChoices, FigurePage, ShownFigure
from kimwerk.reporting.web.report_shown import shown_figure
from kimwerk.reporting.wording import unit_label
from kimwerk.ui.components import Tone
from kimwerk.ui.notices import notify

CHOSEN = "figure"


@require_http_methods(["GET", "POST"])
@needs(Permission.REPORT_WRITE)
def figure_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Choose a figure, then how it is shown, then it stands in the section."""
    section = writable_section(request, pk)
    if CHOSEN not in request.GET:
        return _choose(request, section)
    declared = _declared(request.GET[CHOSEN])
    form = _form_of(request, declared, None)
    if form.is_valid() and "preview" not in request.POST:
        try:
            new = place_figure(actor=request.actor, section=section, planned=form.planned(declared.key))
        except ReportIsFull:
            notify(request, _("A report holds 60 figures at most."), tone=Tone.WARNING)
            return redirect(report_url(section.report))
        return redirect(report_url(section.report, f"figure-{new.pk}"))
    return _page(request, section.report, declared, form, label=_("Place the figure"))


@require_http_methods(["GET", "POST"])
@needs(Permission.REPORT_WRITE)
def figure_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Change how a placed figure is shown."""
    placed = writable_figure(request, pk)
    declared = _declared(placed.key)
    form = _form_of(request, declared, placed)
    if form.is_valid() and "preview" not in request.POST:
        change_figure(actor=request.actor, figure_placed=placed, planned=form.planned(declared.key, planned(placed)))
        notify(request, _("Figure saved."))
        return redirect(report_url(placed.section.report, f"figure-{pk}"))
    return _page(request, placed.section.report, declared, form, label=_("Save"), before=planned(placed))


@require_POST
@needs(Permission.REPORT_WRITE)
def figure_move(request: ActorRequest, pk: int, direction: str) -> HttpResponse:
    """Move a figure within its section."""
    placed = writable_figure(request, pk)
    move_figure(actor=request.actor, figure_placed=placed, direction=direction_of(direction))
    return redirect(report_url(placed.section.report, f"figure-{pk}"))


@require_POST
@needs(Permission.REPORT_WRITE)
def figure_remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a figure out; the notice brings it back."""
    placed = writable_figure(request, pk)
    remove_figure(actor=request.actor, figure_placed=placed)
    notify(request, _("Figure removed."), undo_url=reverse("reporting:figure_restore", args=[pk]))
    return redirect(report_url(placed.section.report, f"section-{placed.section_id}"))


@require_POST
@needs(Permission.REPORT_WRITE)
def figure_restore(request: ActorRequest, pk: int) -> HttpResponse:
    """Bring a removed figure back."""
    placed = writable_figure(request, pk)
    restore_figure(actor=request.actor, figure_placed=placed)
    return redirect(report_url(placed.section.report, f"figure-{pk}"))


def _choose(request: ActorRequest, section: ReportSection) -> HttpResponse:
    page = ChooseFigurePage(section, _choices(figures()), crumbs_to(section.report))
    return render(request, "reporting/report/choose_figure.html", {"page": page})


def _choices(declared: Iterable[Figure[Actor]]) -> tuple[FigureChoices, ...]:
    found: dict[tuple[str, str], list[tuple[Text, str]]] = {}
    for each in declared:
        found.setdefault((str(each.counts), unit_label(each.unit)), []).append(
            (each.title, "?" + urlencode({CHOSEN: each.key}))
        )
    return tuple(FigureChoices(counts, unit, tuple(entries)) for (counts, unit), entries in found.items())


def _declared(key: str) -> Figure[Actor]:
    try:
        return figure(key)
    except UnknownFigure:
        raise Http404 from None


def _form_of(request: ActorRequest, declared: Figure[Actor], placed: PlacedFigure | None) -> FigureForm:
    dimensions = dimensions_of(request.actor, declared)
    return FigureForm(request.POST or None, dimensions=dimensions, initial=figure_values(declared.by, placed))


def _page(
    request: ActorRequest,
    report: Report,
    declared: Figure[Actor],
    form: FigureForm,
    *,
    label: str,
    before: PlannedFigure | None = None,
) -> HttpResponse:
    """The form, and beneath it the figure as it will look; a script asks for that part alone."""
    asked = form.planned(declared.key, before) if form.is_valid() else before
    if asked is None and not form.is_bound:
        asked = PlannedFigure(declared.key, declared.by, chart=ChartChoice.AUTOMATIC)
    page = FigurePage(
        title=declared.title,
        definition=f"{declared.counts} {declared.population}",
        form=form,
        crumbs=crumbs_to(report),
        label=label,
        cancel_url=report_url(report),
        preview_url=request.get_full_path(),
        preview=_preview(request.actor, report, asked) if asked else None,
    )
    if request.headers.get("HX-Target") == "figure-preview":
        return render(request, "reporting/report/_figure_preview.html", {"page": page})
    return render(request, "reporting/report/figure.html", {"page": page}, status=422 if form.errors else 200)


def _preview(actor: Actor, report: Report, asked: PlannedFigure) -> ShownFigure:
    """The figure counted as it would be in the report."""
    sections = (PlannedSection("preview", figures=(asked,)),)
    plan = Plan(report.title, report.organisation_id, "", report.window, sections, report.numbers)
    return shown_figure(count_report(actor, plan).figures[0], anchor="preview", number=0)
