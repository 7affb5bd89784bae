"""Reports: the list, beginning one, the report as a document, its facts."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.directory.models import Organisation
from kimwerk.reporting.policies import may_write
from kimwerk.reporting.selectors.reports import (
    carried_on_by,
    editions_for,
    editions_of,
    organisations_to_write_for,
    reports_for,
)
from kimwerk.reporting.services.reports import change_report, create_report
from kimwerk.reporting.web.report_access import crumbs_to, readable_report, report_url, writable_report
from kimwerk.reporting.web.report_forms import NewReport, ReportFacts, facts_of
from kimwerk.reporting.web.report_pages import FormPage, ReportPage, ReportsPage
from kimwerk.reporting.web.report_shown import Counted
from kimwerk.reporting.web.report_tables import drafts_table, editions_table, facts_shown, report_badge
from kimwerk.reporting.web.views.builds import state_of
from kimwerk.ui.notices import notify

NEW = "report-new"


@require_GET
@needs(Permission.REPORT_READ)
def reports(request: ActorRequest) -> HttpResponse:
    """Reports in the making for those who write and count, released editions for all readers."""
    drafts, editions = reports_for(request.actor), editions_for(request.actor)
    page = ReportsPage(
        drafts=drafts_table(drafts) if drafts else None,
        editions=editions_table(editions) if editions else None,
        may_begin=bool(organisations_to_write_for(request.actor)),
    )
    return render(request, "reporting/report/reports.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(Permission.REPORT_WRITE)
def report_new(request: ActorRequest) -> HttpResponse:
    """Begin a report from its template."""
    organisations = organisations_to_write_for(request.actor)
    if not organisations:
        raise PermissionDenied
    form = NewReport(request.POST or None, organisations=organisations)
    if form.is_valid() and form.window:
        report = create_report(
            actor=request.actor,
            template=form.cleaned_data["template"],
            organisation=Organisation.objects.get(pk=form.cleaned_data["organisation"]),
            window=form.window,
            title=form.cleaned_data["title"],
            parameters=form.parameters,
            cover=form.cover,
        )
        notify(
            request, _("The report is begun. Headings and figures are in place; the texts are yours."), saved_draft=NEW
        )
        return redirect(report_url(report))
    page = FormPage(
        title=_("Begin a report"),
        lead=_(
            "The template brings headings, a text on method and the figures of the diary. All of it can be changed."
        ),
        form=form,
        crumbs=crumbs_to(),
        label=_("Begin the report"),
        cancel_url=reverse("reporting:reports"),
        draft=NEW,
    )
    return render(request, "reporting/report/form.html", {"page": page}, status=422 if form.errors else 200)


@require_GET
@needs(Permission.REPORT_READ)
def report(request: ActorRequest, pk: int) -> HttpResponse:
    """The report as a document, counted as it stands; who may write finds the tools beside the texts."""
    found = readable_report(request, pk)
    writes = may_write(request.actor, found)
    counted = Counted.of(request.actor, found, may_write=writes)
    editions = editions_of(request.actor, found)
    page = ReportPage(
        report=found,
        facts=facts_shown(found, editions[0] if editions else carried_on_by(request.actor, found)),
        sections=counted.sections(),
        remarks=counted.remark_lines(),
        state=state_of(request.actor, found),
        editions=editions_table(editions, of_one_report=True) if editions else None,
        crumbs=crumbs_to(),
        badge=report_badge(len(editions)),
        may_write=writes,
    )
    return render(request, "reporting/report/report.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(Permission.REPORT_WRITE)
def report_facts(request: ActorRequest, pk: int) -> HttpResponse:
    """Change title, window and parameters."""
    found = writable_report(request, pk)
    form = ReportFacts(request.POST or None, initial=facts_of(found))
    if form.is_valid() and form.window:
        change_report(
            actor=request.actor,
            report=found,
            title=form.cleaned_data["title"],
            window=form.window,
            parameters=form.parameters,
            cover=form.cover,
        )
        notify(request, _("Saved. The figures count over the new window."), saved_draft=f"report-{pk}")
        return redirect(report_url(found))
    page = FormPage(
        title=_("Change title and window"),
        lead=_("Figures with a window of their own keep it."),
        form=form,
        crumbs=crumbs_to(found),
        label=_("Save"),
        cancel_url=report_url(found),
        draft=f"report-{pk}",
    )
    return render(request, "reporting/report/form.html", {"page": page}, status=422 if form.errors else 200)
