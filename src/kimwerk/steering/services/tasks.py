"""Giving tasks, and saying how far they are."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.steering.models import AgendaItem, Committee, Seat, Task
from kimwerk.steering.policies import may_settle
from kimwerk.steering.services.committees import locked
from kimwerk.steering.types import TaskFacts, WorkState


@transaction.atomic
def give_task(*, actor: Actor, committee: Committee, facts: TaskFacts, item: AgendaItem | None = None) -> Task:
    """Give somebody a task, at an item of the agenda or between meetings."""
    committee = locked(actor, committee)
    task = Task(committee=committee, item=item, meeting_id=item.meeting_id if item else None)
    _take_over(task, facts)
    record(actor=actor, action="task.given", subject=task)
    return task


@transaction.atomic
def change_task(*, actor: Actor, task: Task, facts: TaskFacts) -> Task:
    """Correct a task."""
    locked(actor, task.committee)
    _take_over(task, facts)
    record(actor=actor, action="task.changed", subject=task)
    return task


@transaction.atomic
def settle_task(*, actor: Actor, task: Task, state: WorkState, note: str = "") -> Task:
    """Say how far a task is: the office, and whoever has it."""
    current = Task.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=task.pk).first()
    if current is None or not may_settle(actor, current):
        raise PermissionDenied
    current.state, current.note = state.value, note or current.note
    current.done_on = timezone.localdate() if state is WorkState.DONE else None
    current.save(update_fields=["state", "note", "done_on"])
    record(actor=actor, action="task.settled", subject=current)
    return current


def _take_over(task: Task, facts: TaskFacts) -> None:
    """Take the facts over. The holder of a seat today gives name and account, unless another name is written."""
    task.title, task.due_on, task.note = facts.title, facts.due_on, facts.note
    seats = Seat.objects.filter(committee=task.committee_id)
    task.owner_seat = seats.get(pk=facts.owner_seat_id) if facts.owner_seat_id else None
    term = (
        task.owner_seat.terms.running(timezone.localdate()).order_by("is_deputy").first() if task.owner_seat else None
    )
    task.owner_account_id = term.account_id if term else None
    task.owner_name = facts.owner_name or (term.name if term else "")
    task.save()
