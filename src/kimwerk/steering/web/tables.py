"""Tables that stand on several pages."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.kernel import german
from kimwerk.steering.models import Resolution, Task
from kimwerk.steering.texts import votes_text
from kimwerk.steering.types import UNFINISHED, Outcome, WorkState
from kimwerk.ui.addresses import address_of_record
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
        Cell(task.title, address_of_record("steering:task", task.pk), note=task.note),
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


def resolution_table(resolutions: Iterable[Resolution], *, names_committee: bool = False) -> Table:
    """Resolutions with their vote, who carries them out, and how far they are."""
    title = _("Resolutions")
    columns = [
        Column(_("Resolution")), Column(_("Vote taken")), Column(_("Who")), Column(_("Until")), Column(_("State")),
    ]  # fmt: skip
    if names_committee:
        columns.insert(1, Column(_("Committee")))
    rows = tuple(_resolution_row(each, names_committee=names_committee) for each in resolutions)
    return Table(title, tuple(columns), rows, is_caption_hidden=True)


def _resolution_row(resolution: Resolution, *, names_committee: bool) -> Row:
    named = {"number": resolution.number, "day": german.day(resolution.decided_on)}
    cells = [
        Cell(
            resolution.title,
            reverse("steering:resolution", args=[resolution.pk]),
            note=_("No. %(number)s of %(day)s") % named,
        ),
        Cell(votes_text(resolution)),
        Cell(resolution.responsible or "–"),
        Cell(german.day(resolution.due_on) if resolution.due_on else "–"),
        Cell(badge=resolution_badge(resolution)),
    ]
    if names_committee:
        cells.insert(1, Cell(resolution.committee.name))
    return Row(tuple(cells), key=str(resolution.pk))


def resolution_badge(resolution: Resolution) -> Badge:
    """How a resolution stands: rejected or deferred, or how far it is carried out."""
    if resolution.outcome != Outcome.ADOPTED:
        return Badge(resolution.get_outcome_display(), Tone.INFO)
    state = WorkState(resolution.state)
    if state in UNFINISHED and resolution.due_on and resolution.due_on < timezone.localdate():
        return Badge(_("overdue"), Tone.WARNING)
    return Badge(resolution.get_state_display(), WORK_TONES[state])
