"""Releasing editions, and reading what was released."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.reporting.freezing import as_content_json, thawed
from kimwerk.reporting.models import Edition, ReportBuild
from kimwerk.reporting.plan import numbers_of
from kimwerk.reporting.policies import may_release
from kimwerk.reporting.selectors.reports import file_of_edition
from kimwerk.reporting.services.editions import is_as_released, release_edition
from kimwerk.reporting.services.refusals import DraftIsOutdated, FiguresAreMissing
from kimwerk.reporting.web.report_access import crumbs_to, readable_report, report_url
from kimwerk.reporting.web.report_forms import ReleaseForm
from kimwerk.reporting.web.report_pages import EditionPage, ReleasePage
from kimwerk.reporting.web.report_shown import Counted
from kimwerk.reporting.web.report_tables import edition_facts
from kimwerk.reporting.web.views.builds import as_file, kind_of, state_of
from kimwerk.ui.components import Confirmation, Tone
from kimwerk.ui.notices import notify


@require_http_methods(["GET", "POST"])
@needs(Permission.REPORT_RELEASE)
def release(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask once more, then release the draft that was read."""
    found = readable_report(request, pk)
    if not may_release(request.actor, found):
        raise Http404
    state = state_of(request.actor, found)
    form = ReleaseForm(request.POST or None, initial={"draft": state.build.pk if state.build else None})
    if form.is_valid():
        return _release(request, form, found.pk)
    page = ReleasePage(
        report=found,
        confirmation=_confirmation(report_url(found)) if state.is_current else None,
        form=form,
        remarks=Counted.of(request.actor, found, may_write=False).remark_lines(),
        crumbs=crumbs_to(found),
        report_url=report_url(found),
    )
    return render(request, "reporting/report/release.html", {"page": page})


@require_GET
@needs(Permission.REPORT_READ)
def edition(request: ActorRequest, pk: int) -> HttpResponse:
    """A released edition: what it is, whether it is still what was released, and its files."""
    editions = Edition.objects.visible_to(request.actor).select_related("organisation", "released_by")
    found = get_object_or_404(editions, pk=pk)
    content = thawed(as_content_json(found.content))
    is_sound = is_as_released(found)
    numbers = numbers_of(section.level for section in content.sections)
    page = EditionPage(
        edition=found,
        facts=edition_facts(found, is_sound=is_sound),
        crumbs=crumbs_to(),
        headings=tuple((number, section.heading) for number, section in zip(numbers, content.sections, strict=True)),
        is_sound=is_sound,
    )
    return render(request, "reporting/report/edition.html", {"page": page})


@require_GET
@needs(Permission.REPORT_READ)
def edition_file(request: ActorRequest, pk: int, kind: str) -> HttpResponse:
    """A file of a released edition."""
    found = get_object_or_404(Edition.objects.visible_to(request.actor), pk=pk)
    chosen = kind_of(kind)
    name = _("%(title)s edition %(number)d") % {"title": found.title, "number": found.number}
    return as_file(file_of_edition(found, chosen), chosen, name=name, request=request)


def _release(request: ActorRequest, form: ReleaseForm, report_id: int) -> HttpResponse:
    builds = ReportBuild.objects.visible_to(request.actor).select_related("report")
    draft = get_object_or_404(builds, pk=form.cleaned_data["draft"], report=report_id)
    try:
        released = release_edition(actor=request.actor, build=draft, label=form.cleaned_data["label"])
    except DraftIsOutdated:
        text = _("The report has been changed since this draft was made. Make it anew and read it before releasing it.")
        notify(request, text, tone=Tone.WARNING)
        return redirect(report_url(draft.report))
    except FiguresAreMissing:
        text = _("A figure has no numbers. Remove or change it before releasing the report.")
        notify(request, text, tone=Tone.WARNING)
        return redirect(report_url(draft.report))
    notify(request, _("Edition %(number)d is released.") % {"number": released.number})
    return redirect(reverse("reporting:edition", args=[released.pk]))


def _confirmation(cancel_url: str) -> Confirmation:
    return Confirmation(
        question=_("Release this draft as an edition?"),
        label=_("Release the edition"),
        cancel_url=cancel_url,
        consequences=(
            _("Texts, numbers and definitions are frozen as they stand in the draft; nobody can change them then."),
            _("All who read reports of this organisation can read the edition, the steering group's members too."),
            _("The report can be written on; that becomes the next edition."),
        ),
    )
