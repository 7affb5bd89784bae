"""Resolutions of committees: how the vote went, what is to be done, and every version of the text."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.steering.models.committee import Committee, Seat
from kimwerk.steering.models.meeting import AgendaItem, Meeting
from kimwerk.steering.types import UNFINISHED, Outcome, WorkState


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    """Resolutions of committees that the actor may read or keep."""

    def visible_to(self, actor: Actor) -> ResolutionQuerySet:
        return self.filter(committee__in=Committee.objects.visible_to(actor))

    def kept_by(self, actor: Actor) -> ResolutionQuerySet:
        return self.filter(committee__in=Committee.objects.kept_by(actor))

    def to_carry_out(self) -> ResolutionQuerySet:
        """Those that were adopted and are not finished."""
        return self.filter(outcome=Outcome.ADOPTED.value, state__in=[state.value for state in UNFINISHED])

    def overdue(self, on: date) -> ResolutionQuerySet:
        return self.to_carry_out().filter(due_on__lt=on)


class Resolution(models.Model):
    """What a committee has decided. Its text stands in versions: the newest holds, the older ones stay."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="resolutions", db_index=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="resolutions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="resolutions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    decided_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    votes_for = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField(null=True, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    responsible = models.CharField(max_length=160, blank=True)
    responsible_seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=WorkState.choices, default=WorkState.OPEN.value)
    done_on = models.DateField(null=True, blank=True)
    remark = models.TextField(blank=True)

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["committee", "number"], name="resolution_number_is_unique"),
            models.CheckConstraint(condition=~Q(title=""), name="resolution_has_a_title"),
            models.CheckConstraint(
                condition=Q(outcome__in=[outcome.value for outcome in Outcome]), name="resolution_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in WorkState]), name="resolution_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(votes_for__isnull=True, votes_against__isnull=True, abstentions__isnull=True)
                | Q(votes_for__isnull=False, votes_against__isnull=False, abstentions__isnull=False),
                name="resolution_votes_are_counted_together",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="adopted")
                | Q(votes_for__isnull=True)
                | Q(votes_for__gt=models.F("votes_against")),
                name="resolution_is_adopted_by_a_majority",
            ),
            models.CheckConstraint(
                condition=(Q(state="done") & Q(done_on__isnull=False)) | (~Q(state="done") & Q(done_on__isnull=True)),
                name="resolution_is_carried_out_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["committee", "-decided_on", "-id"], name="resolution_of_a_committee"),
            models.Index(fields=["-decided_on", "-id"], name="resolution_by_day"),
        ]

    def __str__(self) -> str:
        return self.title


class ResolutionText(models.Model):
    """One version of a resolution's text. Written once; the reason says why it follows on the one before."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="texts", db_index=False)
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    reason = models.CharField(max_length=200, blank=True)
    written_on = models.DateField()
    written_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resolution", "number"], name="resolution_text_stands_once"),
            models.CheckConstraint(condition=~Q(text=""), name="resolution_text_says_something"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="resolution_text_changes_for_a_reason"),
        ]

    def __str__(self) -> str:
        return str(self.number)
