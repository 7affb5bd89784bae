"""Tasks that a committee gives to somebody."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.steering.models.committee import Committee, Seat
from kimwerk.steering.models.meeting import AgendaItem, Meeting
from kimwerk.steering.types import UNFINISHED, WorkState


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks of committees that the actor may read or keep."""

    def visible_to(self, actor: Actor) -> TaskQuerySet:
        return self.filter(committee__in=Committee.objects.visible_to(actor))

    def kept_by(self, actor: Actor) -> TaskQuerySet:
        return self.filter(committee__in=Committee.objects.kept_by(actor))

    def of(self, actor: Actor) -> TaskQuerySet:
        """Those of the actor's own."""
        return self.visible_to(actor).filter(owner_account=actor.account_id)

    def unfinished(self) -> TaskQuerySet:
        return self.filter(state__in=[state.value for state in UNFINISHED])

    def overdue(self, on: date) -> TaskQuerySet:
        return self.unfinished().filter(due_on__lt=on)


class Task(models.Model):
    """What somebody is to do until when. Who it is stays written, also after they have left their seat."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="tasks", db_index=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks", db_index=False
    )
    title = models.CharField(max_length=300)
    owner_name = models.CharField(max_length=160, blank=True)
    owner_seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner_account = models.ForeignKey(
        "accounts.Account", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=WorkState.choices, default=WorkState.OPEN.value)
    done_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="task_has_a_title"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in WorkState]), name="task_state_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(state="done") & Q(done_on__isnull=False)) | (~Q(state="done") & Q(done_on__isnull=True)),
                name="task_is_done_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["committee", "due_on", "id"], name="task_of_a_committee"),
            models.Index(
                fields=["committee", "due_on"],
                condition=Q(state__in=["open", "running"]),
                name="task_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return self.title
