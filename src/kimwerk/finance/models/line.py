"""The lines of a plan with their rates, and the sums of what is computed from single posts."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kimwerk.finance.calculation.lines import Basis, Side
from kimwerk.finance.models.plan import CostPlan
from kimwerk.finance.models.scenario import Scenario
from kimwerk.finance.types import BasisLabel, RoundingLabel, SideLabel
from kimwerk.kernel.rounding import Rounding


class PlanLine(models.Model):
    """One line: its basis, its source, its rounding. `groups` and `of` say whom and which lines it counts."""

    plan = models.ForeignKey(CostPlan, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    title = models.CharField(max_length=200)
    side = models.CharField(max_length=20, choices=SideLabel.choices)
    basis = models.CharField(max_length=20, choices=BasisLabel.choices)
    rounding = models.CharField(max_length=10, choices=RoundingLabel.choices, default=Rounding.HALF_UP.value)
    groups = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    of = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    is_personnel = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="plan_line_key_is_unique"),
            models.CheckConstraint(
                condition=models.Q(side__in=[side.value for side in Side]), name="plan_line_side_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(basis__in=[basis.value for basis in Basis]), name="plan_line_basis_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(basis=Basis.PERCENT.value) | ~models.Q(of=[]), name="plan_line_percentage_of_lines"
            ),
        ]
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class PlanRate(models.Model):
    """The rate, percentage or amount of a line in a year."""

    line = models.ForeignKey(PlanLine, on_delete=models.CASCADE, related_name="rates")
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=14, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "year"], name="plan_rate_is_one_a_year"),
            models.CheckConstraint(condition=models.Q(value__gte=0), name="plan_rate_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.year}"


class SettledAmount(models.Model):
    """What a line comes to that is computed from the cost of single posts: the sum may be read, its parts not.

    Written anew by every errand that changes the plan or the scenario. A sum over one or two `people` would tell
    what a single one costs; the wall shows it only to those who may read salaries.
    """

    line = models.ForeignKey(PlanLine, on_delete=models.CASCADE, related_name="settled")
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, null=True, blank=True, related_name="settled")
    year = models.PositiveSmallIntegerField()
    people = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line", "scenario", "year"], nulls_distinct=False, name="settled_amount_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.year}"
