"""The ledger of everything published: tables with their true counts, and what was not printed of them."""

from __future__ import annotations

from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.kernel.periods import Period
from kimwerk.reporting.models.report import drafts_of


class PublishedTableQuerySet(models.QuerySet["PublishedTable"]):
    """Published tables, walled by organisation."""

    def visible_to(self, actor: Actor) -> PublishedTableQuerySet:
        """For those who may read the exact figures: the ledger knows what was not printed."""
        return self.filter(organisation__in=drafts_of(actor))


class PublishedTable(models.Model):
    """A table as it was published. It stays public for ever and never changes (trigger `keep_published`)."""

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    publication = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    figure = models.CharField(max_length=100)
    definition = models.CharField(max_length=64, blank=True)
    window_start = models.DateField()
    window_end = models.DateField()
    kept = models.JSONField()
    threshold = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")

    objects = PublishedTableQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "publication", "position"], name="published_table_stands_once"
            ),
            models.CheckConstraint(
                condition=models.Q(window_end__gt=models.F("window_start")), name="published_table_has_a_window"
            ),
            models.CheckConstraint(condition=models.Q(threshold__gte=2), name="published_table_has_a_threshold"),
            models.CheckConstraint(
                condition=~models.Q(publication="") & ~models.Q(figure=""), name="published_table_is_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication}: {self.name}"

    @property
    def window(self) -> Period:
        """The days it covers."""
        return Period(self.window_start, self.window_end)
