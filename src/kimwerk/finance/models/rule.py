"""The Land's funding rules as the program knows them."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from kimwerk.finance.types import GrantLabel, MonthCountLabel
from kimwerk.staffing.reckoning import MonthCount
from kimwerk.staffing.types import PostKindLabel


class FundingRule(models.Model):
    """At most `ceiling` a year for `per_share` of a post of a kind, while `valid`. Loaded from the data file."""

    kind = models.CharField(max_length=20, choices=PostKindLabel.choices)
    grant = models.CharField(max_length=20, choices=GrantLabel.choices)
    valid = DateRangeField()
    ceiling = models.DecimalField(max_digits=11, decimal_places=2)
    per_share = models.DecimalField(max_digits=5, decimal_places=4)
    least_share = models.DecimalField(max_digits=5, decimal_places=4)
    months = models.CharField(max_length=10, choices=MonthCountLabel.choices, default=MonthCount.BY_DAYS.value)
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="funding_rule_is_one_for_a_day",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    ("grant", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(
                    valid__isempty=False, valid__startswith__isnull=False, valid__endswith__isnull=False
                ),
                name="funding_rule_has_first_and_last_day",
            ),
            models.CheckConstraint(condition=models.Q(per_share__gt=0), name="funding_rule_is_per_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.grant} {self.valid}"
