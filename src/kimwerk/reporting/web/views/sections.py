"""Writing the sections of a report, in place or on pages of their own."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.reporting.markup import blocks_of
from kimwerk.reporting.models import Report, ReportSection
from kimwerk.reporting.outlines import hint_of
from kimwerk.reporting.policies import may_write, may_write_section
from kimwerk.reporting.services.refusals import ReportIsFull, SectionChangedMeanwhile
from kimwerk.reporting.services.sections import (
    add_section,
    edit_section,
    move_section,
    remove_section,
    restore_section,
)
from kimwerk.reporting.web.report_access import (
    crumbs_to,
    direction_of,
    readable_section,
    report_url,
    writable_report,
    writable_section,
)
from kimwerk.reporting.web.report_forms import SectionForm, section_values
from kimwerk.reporting.web.report_pages import SectionPage
from kimwerk.reporting.web.report_shown import Counted
from kimwerk.reporting.web.views.builds import state_of
from kimwerk.ui.components import Tone
from kimwerk.ui.notices import draft_saved, notify


@require_GET
@needs(Permission.REPORT_READ)
def section(request: ActorRequest, pk: int) -> HttpResponse:
    """A section as it stands: the part of the report's page that an edit in place goes back to."""
    found = readable_section(request, pk)
    return _shown(request, found) if _is_fragment(request) else redirect(report_url(found.report, f"section-{pk}"))


@require_http_methods(["GET", "POST"])
@needs(Permission.REPORT_WRITE)
def section_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Write a section. What somebody else has written meanwhile is shown beside it."""
    found = writable_section(request, pk)
    if not may_write_section(request.actor, found):
        raise Http404
    form = SectionForm(request.POST or None, initial=section_values(found))
    page = _page(found.report, form, found)
    if not form.is_valid():
        return _form(request, page, status=422 if form.is_bound else 200)
    data = form.cleaned_data
    try:
        edit_section(
            actor=request.actor,
            section=found,
            version=data["version"] or 0,
            heading=data["heading"],
            level=data["level"],
            text=data["text"],
        )
    except SectionChangedMeanwhile as meanwhile:
        return _form(request, _conflict(found.report, request, meanwhile.current), status=422)
    if _is_fragment(request):
        response = _shown(request, found, has_changed=True)
        draft_saved(response, page.draft)
        return response
    notify(request, _("Section saved."), saved_draft=page.draft)
    return redirect(report_url(found.report, page.anchor))


@require_http_methods(["GET", "POST"])
@needs(Permission.REPORT_WRITE)
def section_new(request: ActorRequest, pk: int) -> HttpResponse:
    """A new section at the end of a report."""
    return _add(request, writable_report(request, pk), None)


@require_http_methods(["GET", "POST"])
@needs(Permission.REPORT_WRITE)
def section_after(request: ActorRequest, pk: int) -> HttpResponse:
    """A new section behind another one."""
    found = writable_section(request, pk)
    return _add(request, found.report, found)


@require_POST
@needs(Permission.REPORT_WRITE)
def section_move(request: ActorRequest, pk: int, direction: str) -> HttpResponse:
    """Move a section with its parts."""
    found = writable_section(request, pk)
    move_section(actor=request.actor, section=found, direction=direction_of(direction))
    return redirect(report_url(found.report, f"section-{pk}"))


@require_POST
@needs(Permission.REPORT_WRITE)
def section_remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a section out; the notice brings it back."""
    found = writable_section(request, pk)
    remove_section(actor=request.actor, section=found)
    undo_url = reverse("reporting:section_restore", args=[pk])
    notify(request, _('Section "%(heading)s" removed.') % {"heading": found.heading}, undo_url=undo_url)
    return redirect(report_url(found.report))


@require_POST
@needs(Permission.REPORT_WRITE)
def section_restore(request: ActorRequest, pk: int) -> HttpResponse:
    """Bring a removed section back."""
    found = writable_section(request, pk)
    restore_section(actor=request.actor, section=found)
    return redirect(report_url(found.report, f"section-{pk}"))


def _add(request: ActorRequest, report: Report, after: ReportSection | None) -> HttpResponse:
    form = SectionForm(request.POST or None, initial={"level": after.level if after else 1})
    page = _page(report, form, None, url=request.path)
    if not form.is_valid():
        return _form(request, page, status=422 if form.is_bound else 200)
    data = form.cleaned_data
    try:
        added = add_section(
            actor=request.actor,
            report=report,
            heading=data["heading"],
            level=data["level"],
            text=data["text"],
            after=after,
        )
    except ReportIsFull:
        notify(request, _("A report holds 100 sections at most."), tone=Tone.WARNING)
        return redirect(report_url(report))
    notify(request, _("Section added."), saved_draft=page.draft)
    return redirect(report_url(report, f"section-{added.pk}"))


def _page(report: Report, form: SectionForm, found: ReportSection | None, *, url: str = "") -> SectionPage:
    anchor = f"section-{found.pk}" if found else ""
    if not form.is_bound:
        form.fields["text" if found else "heading"].widget.attrs["autofocus"] = True
    return SectionPage(
        report=report,
        form=form,
        crumbs=crumbs_to(report),
        draft=anchor or f"section-of-{report.pk}",
        url=reverse("reporting:section_edit", args=[found.pk]) if found else url,
        cancel_url=reverse("reporting:section", args=[found.pk]) if found else report_url(report),
        hint=hint_of(report.template, found.key) if found else "",
        section=found,
    )


def _conflict(report: Report, request: ActorRequest, current: ReportSection) -> SectionPage:
    """The form with what was typed, ready to be saved over what stands there now, and that beside it."""
    data = request.POST.copy()
    data["version"] = str(current.version)
    page = _page(report, SectionForm(data), current)
    return replace(page, current=current, current_blocks=blocks_of(current.text))


def _form(request: ActorRequest, page: SectionPage, *, status: int) -> HttpResponse:
    is_in_place = _is_fragment(request) and page.section is not None
    name = "reporting/report/_section_form.html" if is_in_place else "reporting/report/section.html"
    return render(request, name, {"page": replace(page, is_in_place=is_in_place)}, status=status)


def _shown(request: ActorRequest, found: ReportSection, *, has_changed: bool = False) -> HttpResponse:
    """The section as it stands now; after a change with what depends on it elsewhere on the page."""
    counted = Counted.of(request.actor, found.report, may_write=may_write(request.actor, found.report))
    context = {
        "section": counted.section_of(found.pk, has_focus=True),
        "has_changed": has_changed,
        "sections": counted.sections() if has_changed else (),
        "remarks": counted.remark_lines() if has_changed else (),
        "state": state_of(request.actor, found.report, is_new=True) if has_changed else None,
    }
    return render(request, "reporting/report/_section_saved.html", context)


def _is_fragment(request: ActorRequest) -> bool:
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers
