"""Days that must not pass unseen."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.casework.models import Case, Deadline
from kimwerk.casework.sealing import Texts
from kimwerk.casework.services.locking import account_of, locked_to_write
from kimwerk.casework.services.refusals import refuse
from kimwerk.casework.types import CaseProblem, DeadlineKind, Sealed

LONGEST_NOTE = 500
CHANCE_MONTHS = 18
"""§ 104c AufenthG gives eighteen months to fulfil what §§ 25a and 25b ask for."""


@transaction.atomic
def set_deadline(*, actor: Actor, case: Case, kind: DeadlineKind, due_on: date, note: str = "") -> Deadline:
    """Remember a day of the case."""
    current = locked_to_write(actor, case)
    if due_on < current.opened_on:
        refuse({"due_on": CaseProblem.BEFORE_OPENING})
    if len(note) > LONGEST_NOTE:
        refuse({"note": CaseProblem.TOO_LONG})
    deadline = Deadline.objects.create(
        case=current,
        kind=kind.value,
        due_on=due_on,
        note=Texts(current.person_id).seal(note, Sealed.DEADLINE),
        set_by_id=account_of(actor),
    )
    record(actor=actor, action="deadline.set", subject=deadline)
    return deadline


@transaction.atomic
def settle_deadline(*, actor: Actor, deadline: Deadline, is_done: bool = True) -> Deadline:
    """What was to be done by that day is done, or is to be done after all."""
    locked_to_write(actor, deadline.case)
    current = Deadline.objects.select_for_update(of=("self",)).get(pk=deadline.pk)
    current.done_at = timezone.now() if is_done else None
    current.done_by_id = account_of(actor) if is_done else None
    current.save(update_fields=["done_at", "done_by"])
    record(actor=actor, action="deadline.settled", subject=current)
    return current


def end_of_chance(granted_on: date) -> date:
    """The day on which a residence permit under § 104c AufenthG ends: eighteen months after it began."""
    months = granted_on.month - 1 + CHANCE_MONTHS
    year, month = granted_on.year + months // 12, months % 12 + 1
    first_after = date(year + month // 12, month % 12 + 1, 1)
    last_day = (first_after - date.resolution).day
    return date(year, month, min(granted_on.day, last_day)) - date.resolution
