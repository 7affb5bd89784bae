"""What the data protection officer made of somebody's reading of many files."""

from __future__ import annotations

from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission


class ReadingReviewQuerySet(models.QuerySet["ReadingReview"]):
    """Reviews, for whoever may read the log."""

    def visible_to(self, actor: Actor) -> ReadingReviewQuerySet:
        return self if actor.can(Permission.AUDIT_READ) else self.none()


class ReadingReview(models.Model):
    """A day of unusual reading was looked into, by whom and with which result."""

    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    note = models.CharField(max_length=300)
    reviewed_at = models.DateTimeField(auto_now_add=True)
    reviewed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")

    objects = ReadingReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "day"], name="reading_is_reviewed_once"),
            models.CheckConstraint(condition=~models.Q(note=""), name="reading_review_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.day}"
