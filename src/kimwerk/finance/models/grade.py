"""Tables of pay: what a full post of a grade costs, by step, from a day on."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission

MOST_STEPS = 6


class GradeQuerySet(models.QuerySet["Grade"]):
    """Tables of organisations whose money the actor may read. Row-level security stands behind it."""

    def visible_to(self, actor: Actor) -> GradeQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.FINANCE_READ).organisations)

    def kept_by(self, actor: Actor) -> GradeQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.FINANCE_MANAGE).organisations)


class Grade(models.Model):
    """A grade of a table of pay, valid until the next entry of the same grade.

    `steps` is what a full post costs the employer in twelve months, step 1 first; None where the table has no such
    step. The table is public and tells of nobody; who is in which step stands behind the wall of salaries.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=20)
    valid_from = models.DateField()
    steps = ArrayField(models.DecimalField(max_digits=11, decimal_places=2, null=True, blank=True), size=MOST_STEPS)
    source = models.CharField(max_length=300)

    objects = GradeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name", "valid_from"], name="grade_is_one_from_a_day"),
        ]
        ordering = ["name", "-valid_from"]

    def __str__(self) -> str:
        return self.name
