"""Costs that others bear, and money that is passed on."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from kimwerk.finance.models.plan import CostPlan, PlanPost
from kimwerk.finance.types import BearerLabel, MoveKindLabel, ShareRoleLabel
from kimwerk.staffing.types import PostKindLabel


class SharedCost(models.Model):
    """A cost somebody bears, or a benefit somebody has, that the plan does not know. `source` says from whom."""

    plan = models.ForeignKey(CostPlan, on_delete=models.CASCADE, related_name="shared_costs")
    year = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=10, choices=ShareRoleLabel.choices)
    bearer = models.CharField(max_length=20, choices=BearerLabel.choices)
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField(max_length=120)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    is_reliable = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="shared_cost_is_not_negative"),
            models.CheckConstraint(
                condition=models.Q(bearer__in=BearerLabel.values) & models.Q(role__in=ShareRoleLabel.values),
                name="shared_cost_bearer_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(municipality__isnull=True) | models.Q(bearer="municipalities"),
                name="shared_cost_municipality_bears_itself",
            ),
        ]
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class PassThrough(models.Model):
    """A contract by which funding of a post is passed on to another employer (Weiterleitung)."""

    plan = models.ForeignKey(CostPlan, on_delete=models.CASCADE, related_name="pass_throughs")
    recipient = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(PlanPost, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20, choices=PostKindLabel.choices)
    share = models.DecimalField(max_digits=5, decimal_places=4)
    days = DateRangeField()
    yearly = models.DecimalField(max_digits=11, decimal_places=2)
    contract = models.CharField(max_length=120)
    signed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(share__gt=0) & models.Q(yearly__gte=0), name="pass_through_is_of_something"
            ),
            models.CheckConstraint(
                condition=models.Q(days__isempty=False, days__startswith__isnull=False),
                name="pass_through_has_a_first_day",
            ),
        ]
        ordering = ["recipient_id", "pk"]

    def __str__(self) -> str:
        return self.contract


class PassThroughMove(models.Model):
    """An advance that was paid out, a proof that came in, or money that came back; for a year of the plan."""

    pass_through = models.ForeignKey(PassThrough, on_delete=models.CASCADE, related_name="moves")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=MoveKindLabel.choices)
    on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="pass_through_move_is_not_negative"),
            models.CheckConstraint(
                condition=models.Q(kind__in=MoveKindLabel.values), name="pass_through_move_kind_is_known"
            ),
        ]
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.pass_through_id} {self.kind}"
