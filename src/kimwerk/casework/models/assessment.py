"""The situation in the domains of life, assessed again and again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kimwerk.casework.models.case import Case
from kimwerk.casework.models.choice import Choice
from kimwerk.casework.types import Occasion, Urgency

WORST, BEST = 0, 4


class Assessment(models.Model):
    """How things stood on one day. A later assessment is another row, so that change can be seen.

    `version` grows with every change, so that the second of two people who write is told.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    occasion = models.CharField(max_length=8, choices=[(o.value, o.value) for o in Occasion])
    assessed_on = models.DateField()
    assessed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(occasion__in=[o.value for o in Occasion]), name="assessment_occasion_is_known"
            ),
            models.UniqueConstraint(fields=["case", "assessed_on"], name="assessment_is_made_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.assessed_on}"


class Rating(models.Model):
    """One life domain in one assessment: 0 (nothing works) to 4 (all is well). Texts are sealed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="ratings", db_index=False)
    domain = models.ForeignKey(Choice, on_delete=models.PROTECT, related_name="+", db_index=False)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    urgency = models.CharField(max_length=5, choices=[(u.value, u.value) for u in Urgency])
    resource = models.BinaryField(blank=True, default=bytes)
    need = models.BinaryField(blank=True, default=bytes)
    own_view = models.BinaryField(blank=True, default=bytes)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "domain"], name="rating_stands_once"),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__lte=BEST), name="rating_level_is_on_the_scale"
            ),
            models.CheckConstraint(condition=Q(urgency__in=[u.value for u in Urgency]), name="rating_urgency_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.domain_id}"
