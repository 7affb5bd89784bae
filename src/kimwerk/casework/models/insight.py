"""Reading a case without working on it: for a reason, for a while, seen by the case manager."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.casework.models.choice import Choice
from kimwerk.casework.models.reach import at, own
from kimwerk.casework.types import InsightKind, Verdict


class InsightQuerySet(models.QuerySet["Insight"]):
    """Who looked into which case, and why."""

    def opened_by(self, actor: Actor) -> InsightQuerySet:
        """The actor's own, at organisations where the right to oversee still holds."""
        return self.filter(at(actor, Permission.CASE_OVERSEE, "case__"), account=actor.account_id)

    def in_force(self) -> InsightQuerySet:
        """Not ended: judged at the moment of reading."""
        return self.filter(ends_at__gt=Now())

    def visible_to(self, actor: Actor) -> InsightQuerySet:
        """The actor's own, those of the same coordination, and those into the actor's cases."""
        return self.filter(
            Q(account=actor.account_id) | own(actor, "case__") | at(actor, Permission.CASE_OVERSEE, "case__")
        )


class Insight(models.Model):
    """A case opened to somebody who oversees (break-glass, quality sample): why, until when, seen by whom.

    The reason names nobody: the coordination gives it before it may read. It is ended, never deleted.
    """

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="insights")
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=14, choices=[(k.value, k.value) for k in InsightKind])
    reason = models.CharField(max_length=300)
    begins_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = InsightQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in InsightKind]), name="insight_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=InsightKind.QUALITY_SAMPLE.value) | ~Q(reason=""), name="insight_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gte=models.F("begins_at")), name="insight_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["account", "ends_at"], include=["case"], name="insight_by_account")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.account_id}"


class Finding(models.Model):
    """What a quality sample found for one aspect. The note is sealed with the person's key."""

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    insight = models.ForeignKey(Insight, on_delete=models.PROTECT, related_name="findings", db_index=False)
    aspect = models.ForeignKey(Choice, on_delete=models.PROTECT, related_name="+", db_index=False)
    verdict = models.CharField(max_length=8, choices=[(v.value, v.value) for v in Verdict])
    note = models.BinaryField(blank=True, default=bytes)
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["insight", "aspect"], name="finding_stands_once"),
            models.CheckConstraint(condition=Q(verdict__in=[v.value for v in Verdict]), name="finding_is_a_verdict"),
        ]

    def __str__(self) -> str:
        return f"{self.insight_id}: {self.verdict}"
