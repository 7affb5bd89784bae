"""Releasing editions, and reading what was released."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.reporting.carrying_on import sections_on_changes
from kimwerk.reporting.content import Content
from kimwerk.reporting.freezing import as_content_json, thawed
from kimwerk.reporting.models import Edition, Publication, ReportBuild
from kimwerk.reporting.models.report import PAPERS
from kimwerk.reporting.plan import numbers_of
from kimwerk.reporting.policies import has_written_last, may_release, may_release_for, may_write_for
from kimwerk.reporting.selectors.publications import publications_of
from kimwerk.reporting.selectors.reports import file_of_edition
from kimwerk.reporting.services.continuing import continue_edition
from kimwerk.reporting.services.editions import is_as_released, release_edition
from kimwerk.reporting.services.refusals import DraftIsOutdated, FiguresAreMissing, ReasonIsMissing, WroteLast
from kimwerk.reporting.types import PublicationState
from kimwerk.reporting.web.edition_forms import NextEditionForm, ReleaseForm, next_edition_values
from kimwerk.reporting.web.publication_facts import publications_table
from kimwerk.reporting.web.report_access import crumbs_to, readable_report, report_url
from kimwerk.reporting.web.report_pages import EditionPage, FormPage, ReleasePage
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
    counted = Counted.of(request.actor, found, may_write=False, is_thorough=True)
    form = ReleaseForm(
        request.POST or None,
        initial={"draft": state.build.pk if state.build else None},
        needs_reason=any(remark.kind.needs_reason for remark in counted.remarks),
    )
    if form.is_valid():
        return _release(request, form, found.pk)
    page = ReleasePage(
        report=found,
        confirmation=_confirmation(report_url(found)) if state.is_current else None,
        form=form,
        remarks=counted.remark_lines(),
        crumbs=crumbs_to(found),
        report_url=report_url(found),
        wrote_last=has_written_last(request.actor, found),
    )
    return render(request, "reporting/report/release.html", {"page": page}, status=422 if form.errors else 200)


@require_GET
@needs(Permission.REPORT_READ)
def edition(request: ActorRequest, pk: int) -> HttpResponse:
    """A released edition: what it is, whether it is still what was released, and its files."""
    editions = Edition.objects.visible_to(request.actor).select_related(
        "organisation", "released_by", "written_by", "continues"
    )
    found = get_object_or_404(editions.defer(*(f"continues__{name}" for name in ("content", *PAPERS))), pk=pk)
    content = thawed(as_content_json(found.content))
    is_sound = is_as_released(found)
    publications = publications_of(request.actor, found)
    page = EditionPage(
        edition=found,
        facts=edition_facts(found, is_sound=is_sound),
        crumbs=crumbs_to(),
        headings=_headings(content),
        is_sound=is_sound,
        is_editable=bool(found.docx and found.xlsx),
        next_url=reverse("reporting:edition_next", args=[found.pk]) if _may_continue(request, found) else "",
        publications=publications_table(publications) if publications else None,
        publish_url=reverse("reporting:publish", args=[found.pk])
        if may_release_for(request.actor, found.organisation_id) and not any(_stands(each) for each in publications)
        else "",
    )
    return render(request, "reporting/report/edition.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(Permission.REPORT_WRITE)
def edition_next(request: ActorRequest, pk: int) -> HttpResponse:
    """Begin the next edition: a report that carries this one on."""
    found = get_object_or_404(Edition.objects.visible_to(request.actor).without_files(), pk=pk)
    if not _may_continue(request, found):
        raise Http404
    form = NextEditionForm(request.POST or None, initial=next_edition_values(found))
    if form.is_valid() and form.window:
        data = form.cleaned_data
        report = continue_edition(
            actor=request.actor,
            edition=found,
            title=data["title"],
            window=form.window,
            session_on=data["session_on"],
        )
        notify(request, _("The next edition is begun with the texts of this one. Rewrite what has changed."))
        return redirect(report_url(report))
    page = FormPage(
        title=_("Begin the next edition"),
        lead=_("It takes over sections, texts and figures, and compares itself with this edition number by number."),
        form=form,
        crumbs=crumbs_to(),
        label=_("Begin the report"),
        cancel_url=reverse("reporting:edition", args=[pk]),
    )
    return render(request, "reporting/report/form.html", {"page": page}, status=422 if form.errors else 200)


def _stands(found: Publication) -> bool:
    return found.status.is_under_way or found.status is PublicationState.PUBLIC


def _headings(content: Content) -> tuple[tuple[str, str], ...]:
    """The numbered headings of the paper, with those on what has changed since the edition that it carries on."""
    sections = [*((each.level, each.heading) for each in content.sections)]
    sections += [(each.level, each.heading) for each in sections_on_changes(content)]
    numbers = numbers_of(level for level, _heading in sections)
    return tuple((number, heading) for number, (_level, heading) in zip(numbers, sections, strict=True))


def _may_continue(request: ActorRequest, found: Edition) -> bool:
    return may_write_for(request.actor, found.organisation_id)


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
        released = release_edition(
            actor=request.actor,
            build=draft,
            label=form.cleaned_data["label"],
            reason=form.cleaned_data.get("reason", ""),
        )
    except DraftIsOutdated:
        text = _("The report has been changed since this draft was made. Make it anew and read it before releasing it.")
        notify(request, text, tone=Tone.WARNING)
        return redirect(report_url(draft.report))
    except (WroteLast, ReasonIsMissing):
        return redirect(reverse("reporting:release", args=[report_id]))
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
