"""Gaps of the system, and every step of their way."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.needs.types import WAITING, GapState, Level, Severity


class GapQuerySet(models.QuerySet["Gap"]):
    """Gaps of organisations whose register the actor reads. Row-level security stands behind it."""

    def visible_to(self, actor: Actor) -> GapQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.NEED_REPORT).touched_organisations)

    def kept_by(self, actor: Actor) -> GapQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.NEED_MANAGE).organisations)

    def waiting(self) -> GapQuerySet:
        """Those that wait for an agenda."""
        return self.filter(state__in=[state.value for state in WAITING])


class Gap(models.Model):
    """What the system lacks: needs bundled, with who could close it and how far that is."""

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    level = models.CharField(max_length=10, choices=Level.choices)
    severity = models.CharField(max_length=10, choices=Severity.choices)
    owner = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=16, choices=GapState.choices, default=GapState.BUNDLED.value)

    objects = GapQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "title"], name="gap_title_is_unique"),
            models.CheckConstraint(condition=~Q(title=""), name="gap_has_a_title"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in GapState]), name="gap_state_is_known"),
            models.CheckConstraint(condition=Q(level__in=[each.value for each in Level]), name="gap_level_is_known"),
            models.CheckConstraint(
                condition=Q(severity__in=[each.value for each in Severity]), name="gap_severity_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class GapStep(models.Model):
    """One step of a gap's way. Written once, and never changed."""

    gap = models.ForeignKey(Gap, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=16, choices=GapState.choices)
    on_day = models.DateField()
    reason = models.TextField(blank=True)
    taken_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["rejected", "deferred", "effect_checked"]) | ~Q(reason=""),
                name="gap_step_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.get_state_display()
