"""Who is responsible: handing over, assigning, and standing in for somebody."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.casework.models import Case
from kimwerk.casework.policies import may_hand_over, may_work_on
from kimwerk.casework.selectors.choices import counsellors
from kimwerk.casework.services.locking import locked, note_event
from kimwerk.casework.services.refusals import refuse
from kimwerk.casework.types import CaseProblem, EventKind
from kimwerk.persons.services import entrust, release
from kimwerk.persons.types import CareReason


@transaction.atomic
def hand_over(*, actor: Actor, case: Case, account_id: int, summary: str = "") -> Case:
    """Make somebody else responsible. Whoever held the case can no longer open it.

    The summary is sealed, so only who works on the case can write one; the coordination assigns without.
    """
    current = _locked_to_hand_over(actor, case)
    if account_id == current.responsible_id:
        refuse({"account": CaseProblem.THE_SAME})
    _refuse_strangers(current, account_id)
    former = current.responsible_id
    _entrust(actor, current, account_id, CareReason.CASE)
    text = summary if may_work_on(actor, current) else ""
    note_event(actor, current, EventKind.HANDED_OVER, account_id=account_id, text=text)
    if current.deputy_id == account_id:
        current.deputy_id = current.deputy_until = None
    current.responsible_id = account_id
    current.version += 1
    current.save(update_fields=["responsible", "deputy", "deputy_until", "version"])
    record(actor=actor, action="case.handed_over", subject=current)
    if not Case.objects.filter(person=current.person_id, responsible=former).exclude(pk=current.pk).exists():
        release(actor=actor, person_id=current.person_id, account_id=former, reason=CareReason.REGISTERED)
    _release(actor, current, former, CareReason.CASE)
    return current


@transaction.atomic
def deputise(*, actor: Actor, case: Case, account_id: int, until: date | None = None) -> Case:
    """Let a colleague stand in, until a day (that day included) or until it is ended."""
    current = _locked_to_hand_over(actor, case)
    if account_id == current.responsible_id:
        refuse({"account": CaseProblem.THE_SAME})
    if until is not None and until < timezone.localdate():
        refuse({"until": CaseProblem.IN_THE_PAST})
    _refuse_strangers(current, account_id)
    if current.deputy_id is not None:
        _release(actor, current, current.deputy_id, CareReason.DEPUTY)
    current.deputy_id, current.deputy_until = account_id, until
    current.version += 1
    current.save(update_fields=["deputy", "deputy_until", "version"])
    _entrust(actor, current, account_id, CareReason.DEPUTY, _end_of(until))
    note_event(actor, current, EventKind.DEPUTISED, account_id=account_id, until=until)
    record(actor=actor, action="case.deputised", subject=current)
    return current


@transaction.atomic
def end_deputy(*, actor: Actor, case: Case) -> Case:
    """Nobody stands in any more."""
    current = _locked_to_hand_over(actor, case)
    former = current.deputy_id
    if former is None:
        return current
    current.deputy_id = current.deputy_until = None
    current.version += 1
    current.save(update_fields=["deputy", "deputy_until", "version"])
    _release(actor, current, former, CareReason.DEPUTY)
    note_event(actor, current, EventKind.DEPUTY_ENDED, account_id=former)
    record(actor=actor, action="case.deputy_ended", subject=current)
    return current


def _locked_to_hand_over(actor: Actor, case: Case) -> Case:
    current = locked(case)
    if not may_hand_over(actor, current):
        raise PermissionDenied
    return current


def _refuse_strangers(case: Case, account_id: int) -> None:
    if account_id not in {pk for pk, _ in counsellors(case.organisation_id)}:
        refuse({"account": CaseProblem.NOT_A_CASE_MANAGER})


def _entrust(actor: Actor, case: Case, account_id: int, reason: CareReason, until: datetime | None = None) -> None:
    entrust(
        actor=actor,
        person_id=case.person_id,
        account_id=account_id,
        reason=reason,
        case_key=str(case.pk),
        until=until,
    )


def _release(actor: Actor, case: Case, account_id: int, reason: CareReason) -> None:
    release(actor=actor, person_id=case.person_id, account_id=account_id, reason=reason, case_key=str(case.pk))


def _end_of(day: date | None) -> datetime | None:
    """The instant at which a day is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time())) if day else None
