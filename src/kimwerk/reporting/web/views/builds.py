"""Making a report's files: ordering, following, cancelling, reading and downloading."""

from __future__ import annotations

import base64
import hashlib
import re

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kimwerk.access.actors import Actor
from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.reporting.compose import document_of
from kimwerk.reporting.counting import count_report
from kimwerk.reporting.html import render_html
from kimwerk.reporting.models import Report, ReportBuild
from kimwerk.reporting.policies import may_release, may_write
from kimwerk.reporting.report_wording import BUILD_STATES
from kimwerk.reporting.selectors.reports import file_of_build, is_stuck, last_build, plan_of
from kimwerk.reporting.services.builds import cancel_build, is_small, order_build, run_build
from kimwerk.reporting.services.refusals import BuildIsUnderWay
from kimwerk.reporting.tasks import build_report
from kimwerk.reporting.types import STEPS, BuildState, DownloadKind
from kimwerk.reporting.web.report_access import readable_report, report_url, writable_report
from kimwerk.reporting.web.report_pages import ReportState
from kimwerk.ui.components import Progress, Tone
from kimwerk.ui.notices import notify

TYPES = {
    DownloadKind.HTML: "text/html; charset=utf-8",
    DownloadKind.PDF: "application/pdf",
    DownloadKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    DownloadKind.TABLES: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DownloadKind.FIGURES: "application/json",
}
_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)
LONGEST_NAME = 60


@require_POST
@needs(Permission.REPORT_WRITE)
def build_order(request: ActorRequest, pk: int) -> HttpResponse:
    """Order the files; small reports are made at once, others in the worker."""
    found = writable_report(request, pk)
    try:
        build = order_build(actor=request.actor, report=found)
    except BuildIsUnderWay:
        notify(request, _("The report is being made already."), tone=Tone.INFO)
        return redirect(report_url(found))
    if is_small(found):
        run_build(actor=request.actor, build_id=build.pk)
    else:
        build_report.defer(build_id=build.pk, account_id=build.ordered_by_id)
    return redirect(report_url(found))


@require_GET
@needs(Permission.REPORT_READ)
def build_state(request: ActorRequest, pk: int) -> HttpResponse:
    """How far the files are: the part of the report's page that follows them."""
    found = readable_report(request, pk)
    return render(request, "reporting/report/_state.html", {"state": state_of(request.actor, found, is_new=True)})


@require_POST
@needs(Permission.REPORT_WRITE)
def build_cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Give up files that are being made."""
    found = writable_report(request, pk)
    build = last_build(request.actor, found)
    if build:
        cancel_build(actor=request.actor, build=build)
    return redirect(report_url(found))


@require_GET
@needs(Permission.REPORT_READ)
def build_file(request: ActorRequest, pk: int, kind: str) -> HttpResponse:
    """A file of a draft that is done."""
    builds = ReportBuild.objects.visible_to(request.actor).filter(state=BuildState.DONE.value)
    build = get_object_or_404(builds.select_related("report"), pk=pk)
    chosen = kind_of(kind)
    name = _("%(title)s draft") % {"title": build.report.title}
    return as_file(file_of_build(build, chosen), chosen, name=name, request=request)


@require_GET
@needs(Permission.REPORT_READ)
def report_preview(request: ActorRequest, pk: int) -> HttpResponse:
    """The paper as it would be made now, to be read in the browser."""
    found = readable_report(request, pk)
    content = count_report(request.actor, plan_of(found, with_changes=True))
    html = render_html(document_of(content, made_at=timezone.now()))
    return sealed_page(html.encode())


def state_of(actor: Actor, report: Report, *, is_new: bool = False) -> ReportState:
    """How far the files of the report are, and what the actor may do with them."""
    build = last_build(actor, report)
    state = ReportState(report, build, may_write=may_write(actor, report), is_new=is_new)
    if build is None:
        return state
    failure, progress = "", None
    if is_stuck(build):
        failure = _("Making the report was interrupted. Order it again.")
    elif build.status.is_under_way:
        progress = Progress(
            done=STEPS.index(build.status),
            total=len(STEPS),
            key="report-progress",
            cancel_url=reverse("reporting:build_cancel", args=[report.pk]) if state.may_write else "",
        )
    elif build.status is not BuildState.DONE:
        failure = str(BUILD_STATES[build.status])
    return ReportState(
        report=report,
        build=build,
        progress=progress,
        progress_label=BUILD_STATES[build.status],
        is_current=build.status is BuildState.DONE and build.report_version == report.version,
        may_write=state.may_write,
        may_release=may_release(actor, report),
        failure=failure,
        is_new=is_new,
    )


def kind_of(kind: str) -> DownloadKind:
    """The kind of file that an address names, or 404."""
    try:
        return DownloadKind(kind)
    except ValueError:
        raise Http404 from None


def as_file(data: bytes | None, kind: DownloadKind, *, name: str, request: ActorRequest) -> HttpResponse:
    """A file to keep, or with `?lesen` the HTML to read in the browser; 404 where there is none of that kind."""
    if data is None:
        raise Http404
    if kind is DownloadKind.HTML and "lesen" in request.GET:
        return sealed_page(data)
    response = HttpResponse(data, content_type=TYPES[kind])
    short = slugify(name)[:LONGEST_NAME].strip("-") or "report"
    response["Content-Disposition"] = f'attachment; filename="{short}.{kind.value}"'
    response["Cache-Control"] = "private, no-store"
    return response


def sealed_page(html: bytes) -> HttpResponse:
    """A report as a page that can load nothing and run nothing: only its own style is allowed, by its hash."""
    response = HttpResponse(html, content_type=TYPES[DownloadKind.HTML])
    style = _STYLE.search(html)
    digest = base64.b64encode(hashlib.sha256(style[1] if style else b"").digest()).decode()
    response["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;"
        " frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )
    response["Cache-Control"] = "private, no-store"
    return response
