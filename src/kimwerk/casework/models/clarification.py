"""What a clarification came to."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kimwerk.casework.models.case import Case
from kimwerk.casework.types import Decision


class Clarification(models.Model):
    """The decision at the end of the clarification and its reason. Deciding again adds another row.

    Texts are sealed. `criteria` are the admission rules that were met; `exception` says why somebody
    was taken in although a required one was not.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clarifications")
    decision = models.CharField(max_length=16, choices=[(d.value, d.value) for d in Decision])
    reason = models.BinaryField()
    criteria = ArrayField(models.BigIntegerField(), default=list, blank=True)
    exception = models.BinaryField(blank=True, default=bytes)
    has_other_case_management = models.BooleanField(default=False)
    other_case_management = models.BinaryField(blank=True, default=bytes)
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__in=[d.value for d in Decision]), name="clarification_decision_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.decision}"
