"""Who holds which share of which post, from when to when."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.kernel.fte import Fte
from kimwerk.staffing.models.employee import Employee
from kimwerk.staffing.models.post import Post


class OccupancyQuerySet(models.QuerySet["Occupancy"]):
    """Occupancies of posts that the actor may read. Row-level security stands behind it."""

    def visible_to(self, actor: Actor) -> OccupancyQuerySet:
        return self.filter(post__organisation__in=actor.scope(Permission.STAFF_READ).organisations)

    def kept_by(self, actor: Actor) -> OccupancyQuerySet:
        return self.filter(post__organisation__in=actor.scope(Permission.STAFF_MANAGE).organisations)

    def running(self, on: date) -> OccupancyQuerySet:
        return self.filter(days__contains=on)


class Occupancy(models.Model):
    """A share of a post held by somebody. More hours from a day on are an occupancy of their own.

    The database refuses more than a full-time post for one person and more than the whole of a post
    (migration 0002). `contract_ends_on` is the last day of a fixed-term contract.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="occupancies")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="occupancies")
    share = models.DecimalField(max_digits=5, decimal_places=4)
    days = DateRangeField()
    contract_ends_on = models.DateField(null=True, blank=True)

    objects = OccupancyQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="occupancy_is_held_once_at_a_time",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    ("employee", RangeOperators.EQUAL),
                    ("days", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(share__gt=0) & models.Q(share__lte=1), name="occupancy_share_is_a_part_of_one"
            ),
            models.CheckConstraint(
                condition=models.Q(days__isempty=False, days__startswith__isnull=False),
                name="occupancy_has_a_first_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee}: {self.post}"

    @property
    def fte(self) -> Fte:
        """The share of a full post."""
        return Fte(self.share)
