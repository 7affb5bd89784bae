"""Reports that are begun by themselves: after each period a draft waits for its author."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.directory.models import Organisation
from kimwerk.reporting.content import Cover
from kimwerk.reporting.markup import clean
from kimwerk.reporting.models import Report, ReportSchedule
from kimwerk.reporting.policies import may_write_for
from kimwerk.reporting.report_wording import window_in_words
from kimwerk.reporting.rhythms import last_period
from kimwerk.reporting.selectors.authors import authors_for
from kimwerk.reporting.selectors.reports import edition_to_carry_on
from kimwerk.reporting.services.continuing import continue_edition
from kimwerk.reporting.services.refusals import NotTheAuthor
from kimwerk.reporting.services.reports import create_report
from kimwerk.reporting.types import Competence, ReportTemplate, Rhythm


@transaction.atomic
def keep_schedule(
    *,
    actor: Actor,
    organisation_id: int,
    rhythm: Rhythm,
    title: str,
    author_id: int,
    committee: str = "",
    template: ReportTemplate = ReportTemplate.EVALUATION,
) -> ReportSchedule:
    """Have a report begun after each period. Raises NotTheAuthor for somebody who writes no reports there."""
    if not may_write_for(actor, organisation_id) or actor.account_id is None:
        raise PermissionDenied
    if author_id not in dict(authors_for(actor, organisation_id)):
        raise NotTheAuthor
    schedule = ReportSchedule.objects.create(
        organisation_id=organisation_id,
        template=template.value,
        rhythm=rhythm.value,
        title=clean(title),
        committee=clean(committee),
        author_id=author_id,
        created_by_id=actor.account_id,
    )
    record(actor=actor, action="report_schedule.kept", subject=schedule)
    return schedule


@transaction.atomic
def end_schedule(*, actor: Actor, schedule: ReportSchedule) -> None:
    """Have no more reports begun. Those that are stay."""
    if not may_write_for(actor, schedule.organisation_id):
        raise PermissionDenied
    current = ReportSchedule.objects.select_for_update(of=("self",)).get(pk=schedule.pk)
    if current.ended_at is None:
        current.ended_at, current.ended_by_id = timezone.now(), actor.account_id
        current.save(update_fields=["ended_at", "ended_by"])
        record(actor=actor, action="report_schedule.ended", subject=current)


@transaction.atomic
def begin_scheduled(*, actor: Actor, schedule_id: int, today: date) -> Report | None:
    """Begin the report of the last period that is over, in its author's name; None if it is begun already.

    It carries on the edition before, as somebody would who begins the next one; without any it begins with the
    template.
    """
    schedules = ReportSchedule.objects.visible_to(actor).running().select_for_update(of=("self",))
    schedule = schedules.filter(pk=schedule_id, author=actor.account_id).first()
    if schedule is None:
        return None
    window = last_period(Rhythm(schedule.rhythm), today)
    if Report.objects.filter(schedule=schedule, window_start=window.start).exists():
        return None
    title = _("%(title)s, %(window)s") % {"title": schedule.title, "window": window_in_words(window)}
    before = edition_to_carry_on(actor, schedule, window)
    if before:
        return continue_edition(actor=actor, edition=before, title=title, window=window, schedule=schedule)
    return create_report(
        actor=actor,
        template=ReportTemplate(schedule.template),
        organisation=Organisation.objects.get(pk=schedule.organisation_id),
        window=window,
        title=title,
        cover=Cover(schedule.committee, None, Competence.ACKNOWLEDGEMENT if schedule.committee else None),
        schedule=schedule,
    )
