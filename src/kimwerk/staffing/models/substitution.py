"""Who stands in for whom, from when to when."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from kimwerk.staffing.models.employee import Employee


class Substitution(models.Model):
    """Days on which somebody stands in for somebody else. Why, it does not say; rights it does not give."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="substitutions")
    substitute = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="standing_in")
    days = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="substitution_is_one_at_a_time",
                expressions=[("employee", RangeOperators.EQUAL), ("days", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=~models.Q(employee=models.F("substitute")), name="substitution_is_by_somebody_else"
            ),
            models.CheckConstraint(
                condition=models.Q(days__isempty=False, days__startswith__isnull=False, days__endswith__isnull=False),
                name="substitution_has_first_and_last_day",
            ),
        ]
        ordering = ["-days", "pk"]

    def __str__(self) -> str:
        return f"{self.substitute_id} {self.employee_id} {self.days}"
