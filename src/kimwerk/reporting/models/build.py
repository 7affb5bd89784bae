"""The making of a report's files, from the order to the files."""

from __future__ import annotations

from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.reporting.models.report import PAPERS, Report, drafts_of, filled
from kimwerk.reporting.types import BuildState


class ReportBuildQuerySet(models.QuerySet["ReportBuild"]):
    """Drafts of reports one may read."""

    def visible_to(self, actor: Actor) -> ReportBuildQuerySet:
        return self.filter(report__organisation__in=drafts_of(actor))

    def without_files(self) -> ReportBuildQuerySet:
        """For lists and progress: the papers stay in the database."""
        return self.defer("content", *PAPERS)


class ReportBuild(models.Model):
    """A draft of a report with its files, made from the report as it stood at `report_version`."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="builds")
    report_version = models.PositiveIntegerField()
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in BuildState], default=BuildState.ORDERED.value
    )
    ordered_at = models.DateTimeField(auto_now_add=True)
    ordered_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    content = models.JSONField(null=True, blank=True)
    html = models.BinaryField(null=True, blank=True)
    pdf = models.BinaryField(null=True, blank=True)
    docx = models.BinaryField(null=True, blank=True)
    xlsx = models.BinaryField(null=True, blank=True)

    objects = ReportBuildQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in BuildState]), name="report_build_state_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=BuildState.DONE.value)
                | models.Q(content__isnull=False, html__isnull=False, pdf__isnull=False, finished_at__isnull=False),
                name="report_build_that_is_done_has_its_files",
            ),
            models.CheckConstraint(condition=filled("html", "pdf"), name="report_build_has_both_papers_or_none"),
        ]
        indexes = [models.Index(fields=["report", "-ordered_at"], name="report_build_newest")]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.state}"

    @property
    def status(self) -> BuildState:
        """How far it is."""
        return BuildState(self.state)
