"""A report while it is written: its facts, its sections, and the figures placed in them."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.kernel.figures import MOST_DIMENSIONS
from kimwerk.kernel.periods import Period
from kimwerk.reporting.document import DEEPEST
from kimwerk.reporting.types import ChartChoice, Competence, ReportTemplate

LONGEST_TEXT = 40_000
"""Letters of a section: about fifteen pages."""

PAPERS = ("html", "pdf", "docx", "xlsx")
"""The files of a report that the database keeps, large as they are."""


def drafts_of(actor: Actor) -> frozenset[int]:
    """The organisations whose unreleased reports the actor may read: drafts show figures that nobody signed off."""
    readable = actor.scope(Permission.REPORT_READ).organisations
    return readable & actor.scope(Permission.FIGURE_READ).organisations


def filled(first: str, second: str) -> models.Q:
    """The condition that two columns are set together or not at all."""
    return models.Q(**{f"{first}__isnull": True, f"{second}__isnull": True}) | models.Q(
        **{f"{first}__isnull": False, f"{second}__isnull": False}
    )


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports, walled by organisation."""

    def visible_to(self, actor: Actor) -> ReportQuerySet:
        """Drafts are for those who may read figures too; others read released editions."""
        return self.filter(organisation__in=drafts_of(actor))


class Report(models.Model):
    """A report in the making. `version` grows with every change to it or to anything within it.

    The window is half-open as everywhere; `parameters` are figures that nobody counts yet, as texts. `committee`,
    `session_on`, `competence` and `attachments` (one a line) stand on its cover. `continues` is the edition of another
    report that this one carries on, `schedule` says that it was begun by itself.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    template = models.CharField(max_length=40, choices=[(t.value, t.value) for t in ReportTemplate])
    title = models.CharField(max_length=200)
    window_start = models.DateField()
    window_end = models.DateField()
    parameters = models.JSONField(default=dict, blank=True)
    committee = models.CharField(max_length=160, blank=True)
    session_on = models.DateField(null=True, blank=True)
    competence = models.CharField(max_length=20, choices=[(c.value, c.value) for c in Competence], blank=True)
    attachments = models.TextField(max_length=2000, blank=True)
    continues = models.ForeignKey(
        "Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="continued_by"
    )
    schedule = models.ForeignKey(
        "ReportSchedule", on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(window_end__gt=models.F("window_start")), name="report_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=models.Q(template__in=[t.value for t in ReportTemplate]), name="report_template_is_known"
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="report_has_a_title"),
            models.UniqueConstraint(fields=["schedule", "window_start"], name="report_of_a_schedule_is_begun_once"),
            models.CheckConstraint(
                condition=models.Q(competence__in=["", *(c.value for c in Competence)]),
                name="report_competence_is_known",
            ),
            models.CheckConstraint(
                condition=filled("changed_at", "changed_by"), name="report_changed_when_and_by_whom"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-created_at"], name="report_newest")]

    def __str__(self) -> str:
        return self.title

    @property
    def window(self) -> Period:
        """The days it covers."""
        return Period(self.window_start, self.window_end)

    @property
    def last_writer_id(self) -> int:
        """Who wrote last; they cannot release it."""
        return self.created_by_id if self.changed_by_id is None else self.changed_by_id

    @property
    def numbers(self) -> dict[str, Decimal]:
        """Its parameters as numbers."""
        return {key: Decimal(value) for key, value in self.parameters.items()}


class ReportSectionQuerySet(models.QuerySet["ReportSection"]):
    """Sections of reports one may read."""

    def visible_to(self, actor: Actor) -> ReportSectionQuerySet:
        return self.filter(report__organisation__in=drafts_of(actor))

    def kept(self) -> ReportSectionQuerySet:
        """Without those that were removed, in their order."""
        return self.filter(removed_at__isnull=True).order_by("position", "pk")


class ReportSection(models.Model):
    """A heading with its text. `key` names the section of the template it came from, if any.

    `author` is who answers for it; nobody else writes in it but those who release. A removed section keeps its place,
    so that removing can be undone.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField(default=1)
    heading = models.CharField(max_length=200)
    text = models.TextField(max_length=LONGEST_TEXT, blank=True)
    key = models.CharField(max_length=40, blank=True)
    author = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ReportSectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=DEEPEST), name="report_section_level_is_printable"
            ),
            models.CheckConstraint(condition=~models.Q(heading=""), name="report_section_has_a_heading"),
            models.CheckConstraint(
                condition=filled("removed_at", "removed_by"), name="report_section_removed_when_and_by_whom"
            ),
        ]
        indexes = [models.Index(fields=["report", "position"], name="report_section_order")]

    def __str__(self) -> str:
        return self.heading


class PlacedFigureQuerySet(models.QuerySet["PlacedFigure"]):
    """Figures placed in reports one may read."""

    def visible_to(self, actor: Actor) -> PlacedFigureQuerySet:
        return self.filter(section__report__organisation__in=drafts_of(actor))

    def kept(self) -> PlacedFigureQuerySet:
        """Without those that were removed, in their order."""
        return self.filter(removed_at__isnull=True).order_by("position", "pk")


class PlacedFigure(models.Model):
    """A figure of the catalogue at its place in a section; without a window of its own it takes the report's."""

    section = models.ForeignKey(ReportSection, on_delete=models.CASCADE, related_name="figures")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=80)
    by = ArrayField(models.CharField(max_length=40), size=MOST_DIMENSIONS, default=list, blank=True)
    window_start = models.DateField(null=True, blank=True)
    window_end = models.DateField(null=True, blank=True)
    chart = models.CharField(
        max_length=12, choices=[(c.value, c.value) for c in ChartChoice], default=ChartChoice.AUTOMATIC.value
    )
    caption = models.CharField(max_length=200, blank=True)
    only = models.JSONField(default=dict, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PlacedFigureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(window_start__isnull=True, window_end__isnull=True)
                | models.Q(
                    window_start__isnull=False, window_end__isnull=False, window_end__gt=models.F("window_start")
                ),
                name="placed_figure_window_is_whole_or_none",
            ),
            models.CheckConstraint(
                condition=models.Q(by__len__lte=MOST_DIMENSIONS), name="placed_figure_has_three_dimensions_at_most"
            ),
            models.CheckConstraint(
                condition=models.Q(chart__in=[c.value for c in ChartChoice]), name="placed_figure_chart_is_known"
            ),
            models.CheckConstraint(
                condition=filled("removed_at", "removed_by"), name="placed_figure_removed_when_and_by_whom"
            ),
        ]
        indexes = [models.Index(fields=["section", "position"], name="placed_figure_order")]

    def __str__(self) -> str:
        return self.key

    @property
    def window(self) -> Period | None:
        """Its own window, or None for the report's."""
        if self.window_start is None or self.window_end is None:
            return None
        return Period(self.window_start, self.window_end)
