"""Posts of the programme, and the lines of funding they are on."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.kernel.fte import Fte
from kimwerk.staffing.reckoning import PostKind
from kimwerk.staffing.types import PostKindLabel, Workplace


class FundingLineQuerySet(models.QuerySet["FundingLine"]):
    """Funding lines of organisations whose posts the actor may read."""

    def visible_to(self, actor: Actor) -> FundingLineQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.STAFF_READ).organisations)


class FundingLine(models.Model):
    """What pays for posts, from when to when: a notice of the Land, a budget of the county."""

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    valid = DateRangeField()

    objects = FundingLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="funding_line_name_is_unique"),
            models.CheckConstraint(
                condition=models.Q(valid__isempty=False, valid__startswith__isnull=False),
                name="funding_line_has_a_first_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PostQuerySet(models.QuerySet["Post"]):
    """Posts of organisations at which the actor may read them. Row-level security stands behind it."""

    def visible_to(self, actor: Actor) -> PostQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.STAFF_READ).organisations)

    def kept_by(self, actor: Actor) -> PostQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.STAFF_MANAGE).organisations)

    def existing(self, on: date) -> PostQuerySet:
        return self.filter(valid__contains=on)


class Post(models.Model):
    """A post: what it is for, where its desk stands, and how much of a full post it is."""

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=PostKindLabel.choices)
    workplace = models.CharField(max_length=20, choices=Workplace.choices)
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    funding_line = models.ForeignKey(FundingLine, on_delete=models.PROTECT, null=True, blank=True, related_name="posts")
    share = models.DecimalField(max_digits=5, decimal_places=4)
    valid = DateRangeField()

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="post_name_is_unique"),
            models.CheckConstraint(
                condition=models.Q(share__gt=0) & models.Q(share__lte=1), name="post_share_is_a_part_of_one"
            ),
            models.CheckConstraint(
                condition=models.Q(valid__isempty=False, valid__startswith__isnull=False),
                name="post_has_a_first_day",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in PostKind]), name="post_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def fte(self) -> Fte:
        """The share of a full post."""
        return Fte(self.share)
