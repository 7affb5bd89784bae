"""The follow-up list."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.steering.models import Task
from kimwerk.steering.types import WorkState


@dataclass(frozen=True, slots=True)
class TaskWish:
    """Which tasks are asked for; without a state those that are not finished."""

    committee_id: int | None = None
    state: WorkState | None = None
    is_overdue: bool = False
    is_own: bool = False
    is_all: bool = False


def tasks_for(actor: Actor, wish: TaskWish) -> QuerySet[Task]:
    """The tasks asked for, by their day; those without one come last."""
    found = Task.objects.of(actor) if wish.is_own else Task.objects.visible_to(actor)
    if wish.committee_id is not None:
        found = found.filter(committee=wish.committee_id)
    if wish.state is not None:
        found = found.filter(state=wish.state.value)
    elif not wish.is_all:
        found = found.unfinished()
    if wish.is_overdue:
        found = found.overdue(timezone.localdate())
    return found.select_related("committee", "meeting").order_by(F("due_on").asc(nulls_last=True), "pk")
