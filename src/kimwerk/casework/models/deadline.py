"""Days that must not pass unseen."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kimwerk.casework.models.case import Case
from kimwerk.casework.types import DeadlineKind


class Deadline(models.Model):
    """A day by which something has to happen in a case: a title expires, a course begins. The note is sealed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines")
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in DeadlineKind])
    due_on = models.DateField()
    note = models.BinaryField(blank=True, default=bytes)
    set_at = models.DateTimeField(auto_now_add=True)
    set_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in DeadlineKind]), name="deadline_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="deadline_done_when_and_by_whom",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(done_at__isnull=True), include=["case"], name="deadline_open_by_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.due_on}"
