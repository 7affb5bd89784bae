"""The next edition: a report that carries on a released one, with its sections, texts and figures."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.kernel.periods import Period
from kimwerk.reporting.markup import clean
from kimwerk.reporting.models import Edition, PlacedFigure, Report, ReportSchedule, ReportSection
from kimwerk.reporting.policies import may_write_for


@transaction.atomic
def continue_edition(
    *,
    actor: Actor,
    edition: Edition,
    title: str,
    window: Period,
    session_on: date | None = None,
    schedule: ReportSchedule | None = None,
) -> Report:
    """Begin the next edition over another window. Its paper compares itself with the one it carries on.

    Texts come along to be rewritten; figures with windows of their own follow the report. The numbers that somebody
    gave by hand, such as full-time equivalents, do not: they held for the other window. A `schedule` that begins it
    says for which committee it is, if it says so at all.
    """
    if not may_write_for(actor, edition.organisation_id) or actor.account_id is None:
        raise PermissionDenied
    before = Report.objects.get(pk=edition.report_id)
    report = Report.objects.create(
        organisation_id=edition.organisation_id,
        template=before.template,
        title=clean(title),
        window_start=window.start,
        window_end=window.end,
        committee=(schedule.committee if schedule else "") or before.committee,
        session_on=session_on,
        competence=before.competence,
        attachments=before.attachments,
        continues=edition,
        schedule=schedule,
        created_by_id=actor.account_id,
    )
    for section in ReportSection.objects.filter(report=before).kept():
        figures = list(PlacedFigure.objects.filter(section=section).kept())
        section.pk, section.report, section.version = None, report, 1
        section._state.adding = True
        section.save(force_insert=True)
        PlacedFigure.objects.bulk_create(_copied(figure, section) for figure in figures)
    record(actor=actor, action="report.continued", subject=report)
    return report


def _copied(figure: PlacedFigure, section: ReportSection) -> PlacedFigure:
    return PlacedFigure(
        section=section,
        position=figure.position,
        key=figure.key,
        by=figure.by,
        chart=figure.chart,
        caption=figure.caption,
        only=figure.only,
    )
