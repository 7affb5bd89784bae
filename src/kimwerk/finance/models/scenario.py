"""The same plan under other assumptions."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from kimwerk.finance.models.plan import CostPlan, PlanPost
from kimwerk.staffing.types import PostKindLabel


class Scenario(models.Model):
    """What is assumed otherwise; what is empty stays as the plan has it.

    `rate_line` and `rate` are the key of a line and its rate in every year. `extra_cost` is what a further post
    costs in twelve months: a value of planning, nobody's salary.
    """

    plan = models.ForeignKey(CostPlan, on_delete=models.CASCADE, related_name="scenarios")
    name = models.CharField(max_length=80)
    tariff_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    tariff_since = models.DateField(null=True, blank=True)
    ceiling_coordination = models.DecimalField(max_digits=11, decimal_places=2, null=True, blank=True)
    ceiling_case_management = models.DecimalField(max_digits=11, decimal_places=2, null=True, blank=True)
    rate_line = models.SlugField(max_length=40, blank=True)
    rate = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    vacant_post = models.ForeignKey(PlanPost, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    vacant = DateRangeField(null=True, blank=True)
    removed_post = models.ForeignKey(PlanPost, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    extra_kind = models.CharField(max_length=20, choices=PostKindLabel.choices, blank=True)
    extra_group = models.CharField(max_length=60, blank=True)
    extra_share = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    extra_cost = models.DecimalField(max_digits=11, decimal_places=2, null=True, blank=True)
    is_full_year = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "name"], name="scenario_name_is_unique"),
            models.CheckConstraint(
                condition=models.Q(tariff_percent__isnull=True, tariff_since__isnull=True)
                | models.Q(tariff_percent__isnull=False, tariff_since__isnull=False),
                name="scenario_tariff_rises_from_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(vacant_post__isnull=True, vacant__isnull=True)
                | models.Q(vacant_post__isnull=False, vacant__isnull=False),
                name="scenario_vacancy_has_its_days",
            ),
            models.CheckConstraint(
                condition=models.Q(extra_kind="", extra_share__isnull=True)
                | (~models.Q(extra_kind="") & models.Q(extra_share__isnull=False)),
                name="scenario_further_post_has_its_share",
            ),
            models.CheckConstraint(
                condition=models.Q(rate_line="", rate__isnull=True)
                | (~models.Q(rate_line="") & models.Q(rate__isnull=False)),
                name="scenario_rate_is_of_a_line",
            ),
        ]

    def __str__(self) -> str:
        return self.name
