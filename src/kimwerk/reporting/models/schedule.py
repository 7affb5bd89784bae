"""Which reports are begun by themselves, and for whom they wait."""

from __future__ import annotations

from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.reporting.models.report import drafts_of, filled
from kimwerk.reporting.types import ReportTemplate
from kimwerk.reporting.types import Rhythm as RhythmKey


class ReportScheduleQuerySet(models.QuerySet["ReportSchedule"]):
    """Schedules of organisations whose drafts one may read."""

    def visible_to(self, actor: Actor) -> ReportScheduleQuerySet:
        return self.filter(organisation__in=drafts_of(actor))

    def running(self) -> ReportScheduleQuerySet:
        """Those that nobody has ended."""
        return self.filter(ended_at__isnull=True)


class ReportSchedule(models.Model):
    """A report that is begun after each quarter, half year or year, in the name of `author`, who finds it waiting."""

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    template = models.CharField(max_length=40, choices=[(t.value, t.value) for t in ReportTemplate])
    rhythm = models.CharField(max_length=12, choices=[(r.value, r.value) for r in RhythmKey])
    title = models.CharField(max_length=160)
    committee = models.CharField(max_length=160, blank=True)
    author = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ReportScheduleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rhythm__in=[r.value for r in RhythmKey]), name="report_schedule_rhythm_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(template__in=[t.value for t in ReportTemplate]),
                name="report_schedule_template_is_known",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="report_schedule_has_a_title"),
            models.CheckConstraint(
                condition=filled("ended_at", "ended_by"), name="report_schedule_ended_when_and_by_whom"
            ),
        ]

    def __str__(self) -> str:
        return self.title
