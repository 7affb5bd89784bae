"""Tables that stand on several pages."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.kernel import german
from kimwerk.steering.models import Task
from kimwerk.steering.types import UNFINISHED, WorkState
from kimwerk.ui.components import Badge, Cell, Column, Row, Table, Tone

WORK_TONES = {
    WorkState.OPEN: Tone.NEUTRAL,
    WorkState.RUNNING: Tone.INFO,
    WorkState.DONE: Tone.SUCCESS,
    WorkState.DROPPED: Tone.NEUTRAL,
}


def task_table(tasks: Iterable[Task], *, names_committee: bool = False) -> Table:
    """Tasks with who has them, until when, and how far they are."""
    title = _("Tasks")
    columns = [Column(_("What is to be done")), Column(_("Who")), Column(_("Until")), Column(_("State"))]
    if names_committee:
        columns.insert(1, Column(_("Committee")))
    rows = tuple(_task_row(task, names_committee=names_committee) for task in tasks)
    return Table(title, tuple(columns), rows, is_caption_hidden=True)


def _task_row(task: Task, *, names_committee: bool) -> Row:
    cells = [
        Cell(task.title, reverse("steering:task", args=[task.pk]), note=task.note),
        Cell(task.owner_name or "–"),
        Cell(german.day(task.due_on) if task.due_on else "–"),
        Cell(badge=task_badge(task)),
    ]
    if names_committee:
        cells.insert(1, Cell(task.committee.name))
    return Row(tuple(cells), key=str(task.pk))


def task_badge(task: Task) -> Badge:
    """How far a task is; what is late says so."""
    state = WorkState(task.state)
    if state in UNFINISHED and task.due_on and task.due_on < timezone.localdate():
        return Badge(_("overdue"), Tone.WARNING)
    return Badge(task.get_state_display(), WORK_TONES[state])
