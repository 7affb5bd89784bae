"""Needs, as they were named."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.needs.models.gap import Gap
from kimwerk.needs.types import NeedState, Origin


class NeedQuerySet(models.QuerySet["Need"]):
    """Needs of organisations whose register the actor reads. Row-level security stands behind it."""

    def visible_to(self, actor: Actor) -> NeedQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.NEED_REPORT).touched_organisations)

    def kept_by(self, actor: Actor) -> NeedQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.NEED_MANAGE).organisations)

    def unbundled(self) -> NeedQuerySet:
        """Those that stand in no gap and were not rejected."""
        return self.filter(gap__isnull=True).exclude(state=NeedState.REJECTED.value)


class Need(models.Model):
    """What is missing, for whom and where, without naming anybody.

    `result` is what was named at a table of an event and became this need, `answer` what a survey brought.
    A need that failed referrals point to is reported by nobody: `cause` says what they have in common, `times` how
    many there were.
    """

    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    origin = models.CharField(max_length=16, choices=Origin.choices)
    occasion = models.CharField(max_length=160, blank=True)
    named_on = models.DateField()
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    topic = models.ForeignKey("activities.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    target_group = models.ForeignKey(
        "activities.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    legal_circle = models.ForeignKey(
        "activities.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=NeedState.choices, default=NeedState.REPORTED.value)
    reason = models.TextField(blank=True)
    gap = models.ForeignKey(Gap, on_delete=models.PROTECT, null=True, blank=True, related_name="needs")
    reported_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    reported_at = models.DateTimeField(default=timezone.now)
    result = models.ForeignKey(
        "events.GroupResult", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    answer = models.ForeignKey(
        "surveys.Answer", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    times = models.PositiveIntegerField(default=1)
    cause = models.CharField(max_length=120, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="need_has_a_title"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in NeedState]), name="need_state_is_known"),
            models.CheckConstraint(condition=Q(origin__in=[o.value for o in Origin]), name="need_origin_is_known"),
            models.CheckConstraint(
                condition=Q(state="bundled", gap__isnull=False) | (~Q(state="bundled") & Q(gap__isnull=True)),
                name="need_is_bundled_in_a_gap",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(reason=""), name="need_is_rejected_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(reported_by__isnull=False) | Q(origin="referral"), name="need_is_reported_or_counted"
            ),
            models.UniqueConstraint(fields=["result"], name="need_is_taken_over_once"),
            models.UniqueConstraint(fields=["answer"], name="need_of_an_answer_stands_once"),
            models.UniqueConstraint(
                fields=["organisation", "cause"], condition=~Q(cause=""), name="need_of_a_cause_stands_once"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-named_on", "-id"], name="need_of_an_organisation"),
            models.Index(fields=["-named_on", "-id"], name="need_by_day"),
            models.Index(
                fields=["organisation", "municipality", "topic", "origin"],
                include=["times", "state"],
                name="need_in_the_matrix",
            ),
        ]

    def __str__(self) -> str:
        return self.title
