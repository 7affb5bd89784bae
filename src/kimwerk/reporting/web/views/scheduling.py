"""Which reports are begun by themselves."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.reporting.models import ReportSchedule
from kimwerk.reporting.outlines import OUTLINES
from kimwerk.reporting.policies import may_write_for
from kimwerk.reporting.selectors.authors import authors_for
from kimwerk.reporting.selectors.reports import organisations_to_write_for
from kimwerk.reporting.services.refusals import NotTheAuthor
from kimwerk.reporting.services.scheduling import end_schedule, keep_schedule
from kimwerk.reporting.types import ReportTemplate, Rhythm
from kimwerk.reporting.web.edition_forms import RHYTHMS, ScheduleForm
from kimwerk.reporting.web.report_access import crumbs_to
from kimwerk.reporting.web.report_pages import FormPage, ScheduleLine, SchedulesPage
from kimwerk.ui.notices import notify


@require_GET
@needs(Permission.REPORT_WRITE)
def schedules(request: ActorRequest) -> HttpResponse:
    """The schedules that run, and for whom each draft will wait."""
    running = ReportSchedule.objects.visible_to(request.actor).running().select_related("author", "organisation")
    lines = tuple(
        ScheduleLine(
            title=each.title,
            rhythm=RHYTHMS[Rhythm(each.rhythm)],
            template=OUTLINES[ReportTemplate(each.template)].name,
            author=each.author.display_name,
            organisation=each.organisation.name,
            end_url=reverse("reporting:schedule_end", args=[each.pk]),
        )
        for each in running.order_by("pk")
        if may_write_for(request.actor, each.organisation_id)
    )
    return render(request, "reporting/report/schedules.html", {"page": SchedulesPage(lines, crumbs_to())})


@require_http_methods(["GET", "POST"])
@needs(Permission.REPORT_WRITE)
def schedule_new(request: ActorRequest) -> HttpResponse:
    """Have a report begun after each period."""
    organisations = organisations_to_write_for(request.actor)
    if not organisations:
        raise PermissionDenied
    authors = {author for key, _name in organisations for author in authors_for(request.actor, key)}
    form = ScheduleForm(
        request.POST or None,
        organisations=organisations,
        authors=tuple(sorted(authors, key=lambda author: author[1])),
    )
    if form.is_valid():
        data = form.cleaned_data
        try:
            keep_schedule(
                actor=request.actor,
                organisation_id=data["organisation"],
                rhythm=data["rhythm"],
                title=data["title"],
                author_id=data["author"],
                committee=data["committee"],
                template=data["template"],
            )
        except NotTheAuthor:
            form.add_error("author", _("This person writes no reports of that organisation."))
        else:
            notify(request, _("The report will be begun by itself."))
            return redirect(reverse("reporting:schedules"))
    page = FormPage(
        title=_("Have a report begun by itself"),
        lead=_(
            "On the morning after a period has ended the draft is there, with its figures. It carries on the edition "
            "before, with its texts and compared with it; its author finds it under “My day”."
        ),
        form=form,
        crumbs=crumbs_to(),
        label=_("Save"),
        cancel_url=reverse("reporting:schedules"),
    )
    return render(request, "reporting/report/form.html", {"page": page}, status=422 if form.errors else 200)


@require_POST
@needs(Permission.REPORT_WRITE)
def schedule_end(request: ActorRequest, pk: int) -> HttpResponse:
    """Have no more reports begun."""
    schedule = get_object_or_404(ReportSchedule.objects.visible_to(request.actor), pk=pk)
    if not may_write_for(request.actor, schedule.organisation_id):
        raise Http404
    end_schedule(actor=request.actor, schedule=schedule)
    notify(request, _("No more reports are begun by this schedule."))
    return redirect(reverse("reporting:schedules"))
