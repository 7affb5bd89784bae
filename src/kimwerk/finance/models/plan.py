"""Cost plans, the posts they count, and what these cost."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, IntegerRangeField, RangeOperators
from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.staffing.reckoning import PostKind
from kimwerk.staffing.types import PostKindLabel

LONGEST_PLAN = 10
"""Years of the longest plan."""


class CostPlanQuerySet(models.QuerySet["CostPlan"]):
    """Plans of organisations whose money the actor may read. Row-level security stands behind it."""

    def visible_to(self, actor: Actor) -> CostPlanQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.FINANCE_READ).organisations)

    def kept_by(self, actor: Actor) -> CostPlanQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.FINANCE_MANAGE).organisations)


class Years(models.Func):
    """The years of a plan as the database compares them."""

    function = "int4range"
    output_field = IntegerRangeField()


class CostPlan(models.Model):
    """What posts cost and who pays, for some years. `note` says what is not in it; reports quote what is in force."""

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    is_in_force = models.BooleanField(default=False)

    objects = CostPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="cost_plan_name_is_unique"),
            models.CheckConstraint(
                condition=models.Q(first_year__gte=2000)
                & models.Q(last_year__gte=models.F("first_year"))
                & models.Q(last_year__lt=models.F("first_year") + LONGEST_PLAN),
                name="cost_plan_has_its_years",
            ),
            ExclusionConstraint(
                name="cost_plan_in_force_is_one_a_year",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    (Years("first_year", "last_year", models.Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=models.Q(is_in_force=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the plan."""
        return tuple(range(self.first_year, self.last_year + 1))


class PlanPost(models.Model):
    """A share of a post as the plan counts it, held by one person; `group` is what lines count by."""

    plan = models.ForeignKey(CostPlan, on_delete=models.CASCADE, related_name="posts")
    title = models.CharField(max_length=120)
    group = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=PostKindLabel.choices)
    share = models.DecimalField(max_digits=5, decimal_places=4)
    post_share = models.DecimalField(max_digits=5, decimal_places=4)
    occupied = DateRangeField()
    funded_elsewhere = DateRangeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "title"], name="plan_post_title_is_unique"),
            models.CheckConstraint(
                condition=models.Q(share__gt=0) & models.Q(share__lte=models.F("post_share")),
                name="plan_post_share_is_a_part_of_the_post",
            ),
            models.CheckConstraint(condition=models.Q(post_share__lte=1), name="plan_post_is_at_most_one"),
            models.CheckConstraint(
                condition=models.Q(occupied__isempty=False, occupied__startswith__isnull=False),
                name="plan_post_is_occupied_from_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in PostKind]), name="plan_post_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PostCost(models.Model):
    """What a share of a post costs in twelve months: what one person earns, behind a wall of its own.

    Either an amount, or a grade and step of the organisation's table of pay.
    """

    post = models.OneToOneField(PlanPost, on_delete=models.CASCADE, related_name="+")
    yearly = models.DecimalField(max_digits=11, decimal_places=2, null=True, blank=True)
    grade = models.CharField(max_length=20, blank=True)
    step = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(yearly__gte=0), name="post_cost_is_not_negative"),
            models.CheckConstraint(
                condition=models.Q(yearly__isnull=False, grade="", step__isnull=True)
                | (models.Q(yearly__isnull=True, step__isnull=False) & ~models.Q(grade="")),
                name="post_cost_is_an_amount_or_a_grade",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}"
