"""How an errand takes hold of a case, and what it leaves in its history."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from kimwerk.access.actors import Actor
from kimwerk.casework.models import Case, CaseEvent
from kimwerk.casework.policies import may_work_on
from kimwerk.casework.sealing import Texts
from kimwerk.casework.services.refusals import CaseIsClosed
from kimwerk.casework.types import EventKind, Sealed


def locked(case: Case) -> Case:
    """The case as it stands now, held until the transaction ends."""
    current = Case.objects.select_for_update(of=("self",)).filter(pk=case.pk).first()
    if current is None:
        raise PermissionDenied
    return current


def locked_to_write(actor: Actor, case: Case) -> Case:
    """The same for whoever works on it. CaseIsClosed where nothing can be written any more."""
    current = locked(case)
    if not may_work_on(actor, current):
        raise PermissionDenied
    if current.is_closed:
        raise CaseIsClosed
    return current


def account_of(actor: Actor) -> int:
    """The account that acts; nobody may not."""
    if actor.account_id is None:
        raise PermissionDenied
    return actor.account_id


def note_event(
    actor: Actor,
    case: Case,
    kind: EventKind,
    *,
    account_id: int | None = None,
    until: date | None = None,
    text: str = "",
) -> CaseEvent:
    """Add to the history of the case. A text is sealed with the person's key."""
    return CaseEvent.objects.create(
        case=case,
        kind=kind.value,
        by_id=account_of(actor),
        account_id=account_id,
        until=until,
        text=Texts(case.person_id).seal(text, Sealed.EVENT) if text else b"",
    )
