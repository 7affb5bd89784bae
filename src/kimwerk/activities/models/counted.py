"""Months that are counted already, so that ten years of a whole Land are read in a moment.

Nothing here is known that the diary does not say: every row can be thrown away and counted anew. A
month in which something changed bears a mark in the same transaction, and is counted from the
diary itself until the mark is gone.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission


class CountedMonthQuerySet(models.QuerySet["CountedMonth"]):
    """Counts of organisations whose work the actor may count as a whole."""

    def visible_to(self, actor: Actor) -> CountedMonthQuerySet:
        counted = (
            actor.scope(Permission.FIGURE_READ).organisations | actor.scope(Permission.ACTIVITY_READ).organisations
        )
        return self.filter(organisation__in=counted)


class CountedMonth(models.Model):
    """What one organisation did in one month, counted along two dimensions at once.

    The arrays belong together by position: what stands at one position is one cell, `member` of
    `dimension` and `crossed` of `across`, with its sums. The member 0 stands for "not recorded".
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    dimension = models.CharField(max_length=20)
    across = models.CharField(max_length=20)
    members = ArrayField(models.BigIntegerField())
    crossed = ArrayField(models.BigIntegerField())
    activities = ArrayField(models.BigIntegerField())
    participants_target = ArrayField(models.BigIntegerField())
    participants_partner = ArrayField(models.BigIntegerField())
    minutes = ArrayField(models.BigIntegerField())
    timed = ArrayField(models.BigIntegerField())

    objects = CountedMonthQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "month", "dimension", "across"], name="counted_month_stands_once"
            ),
            models.CheckConstraint(condition=models.Q(month__day=1), name="counted_month_begins_on_the_first"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.dimension} {self.across}"


class StaleMonth(models.Model):
    """A mark: something in this month changed since it was counted. There may be many of one month."""

    id = models.BigAutoField(primary_key=True)
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="+")
    month = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "month"], name="stale_month_by_organisation")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
