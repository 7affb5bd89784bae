"""The programme plan: phases and milestones in strands, with the days that were planned and those that came."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.steering.models.goal import read_by
from kimwerk.steering.types import PlanKind, PlanState


class PlanEntryQuerySet(models.QuerySet["PlanEntry"]):
    """Entries that the actor may read or keep. Row-level security stands behind it."""

    def visible_to(self, actor: Actor) -> PlanEntryQuerySet:
        return self.filter(read_by(actor))

    def kept_by(self, actor: Actor) -> PlanEntryQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.STEERING_MANAGE).organisations)


class PlanEntry(models.Model):
    """A phase from one day to another, or a milestone on one day. What was planned stays beside what came."""

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=PlanKind.choices)
    strand = models.CharField(max_length=80)
    title = models.CharField(max_length=160)
    responsible = models.CharField(max_length=160, blank=True)
    planned_from = models.DateField()
    planned_until = models.DateField()
    begun_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    objects = PlanEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(strand=""), name="plan_entry_has_title_and_strand"),
            models.CheckConstraint(
                condition=Q(kind="phase", planned_until__gte=F("planned_from"))
                | Q(kind="milestone", planned_until=F("planned_from")),
                name="plan_entry_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(begun_on__isnull=False, ended_on__gte=F("begun_on")),
                name="plan_entry_ended_after_it_began",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "planned_from", "id"], name="plan_of_an_organisation")]
        verbose_name_plural = "plan entries"

    def __str__(self) -> str:
        return self.title

    def state(self, today: date) -> PlanState:
        """How it stands on a day: what should have begun or ended by then and has not is late."""
        if self.ended_on is not None:
            return PlanState.DONE
        if today > self.planned_until or (self.begun_on is None and today > self.planned_from):
            return PlanState.LATE
        return PlanState.RUNNING if self.begun_on else PlanState.AHEAD
