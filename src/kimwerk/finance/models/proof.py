"""The short report that goes with a proof of use, and proofs as they were handed in."""

from __future__ import annotations

from django.db import models

from kimwerk.finance.models.plan import CostPlan


class ProofReport(models.Model):
    """What was done with the money of a year, in words, and until when the notice asks for the proof."""

    plan = models.ForeignKey(CostPlan, on_delete=models.CASCADE, related_name="proofs")
    year = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "year"], name="proof_report_is_one_a_year")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.year}"


class HandedInProof(models.Model):
    """A proof as it was handed in. Nobody changes it any more: a corrected one is handed in beside it.

    `content` holds every cell, single vouchers of personnel too, and stands behind the wall of salaries;
    `content_hash` is the SHA-256 of it.
    """

    plan = models.ForeignKey(CostPlan, on_delete=models.PROTECT, related_name="handed_in")
    year = models.PositiveSmallIntegerField()
    handed_in_on = models.DateField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.year} {self.handed_in_on}"
