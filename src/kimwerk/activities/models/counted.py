"""Months that are kept as columns, so that any table of ten years of a whole Land is counted in a moment.

Nothing here is known that the diary does not say: every row can be thrown away and written anew. A
month in which something changed bears a mark in the same transaction, and is counted from the
diary itself until the mark is gone.
"""

from __future__ import annotations

from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission


class CountedColumnQuerySet(models.QuerySet["CountedColumn"]):
    """Columns of organisations whose work the actor may count as a whole."""

    def visible_to(self, actor: Actor) -> CountedColumnQuerySet:
        counted = (
            actor.scope(Permission.FIGURE_READ).organisations | actor.scope(Permission.ACTIVITY_READ).organisations
        )
        return self.filter(organisation__in=counted)


class CountedColumn(models.Model):
    """What the entries of one organisation in one month hold of one dimension or sum, entry by entry.

    The columns of a month have their entries in the same order. `numbers` are packed as
    `kernel.columns.unpacked` reads them: members of the dimension by their ids, 0 for "not recorded", or what
    is summed up. Of dimensions with several members `sizes` says how many each entry has.
    """

    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    month = models.DateField()
    name = models.CharField(max_length=20)
    entries = models.PositiveIntegerField()
    numbers = models.BinaryField()
    sizes = models.BinaryField(blank=True, default=bytes)

    objects = CountedColumnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "month", "name"], name="counted_column_stands_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="counted_column_begins_on_the_first"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.name}"


class StaleMonth(models.Model):
    """A mark: something in this month changed since it was counted. There may be many of one month."""

    id = models.BigAutoField(primary_key=True)
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="+")
    month = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "month"], name="stale_month_by_organisation")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
