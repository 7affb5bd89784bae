"""The short report that goes with a proof of use."""

from __future__ import annotations

from django.db import models

from kimwerk.finance.models.plan import CostPlan


class ProofReport(models.Model):
    """What was done with the money of a year, in words, and when the proof was handed in."""

    plan = models.ForeignKey(CostPlan, on_delete=models.CASCADE, related_name="proofs")
    year = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    handed_in_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "year"], name="proof_report_is_one_a_year")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.year}"
