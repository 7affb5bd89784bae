"""What the coordination does with rows: look at findings, check, release."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models import Registration
from kimwerk.arrivals.policies import may_check
from kimwerk.arrivals.selectors.lists import was_fetched
from kimwerk.arrivals.services.refusals import AlreadyFetched
from kimwerk.arrivals.services.writing import account_of
from kimwerk.arrivals.types import Finding, RegistrationState
from kimwerk.audit.services import record


@transaction.atomic
def accept_findings(*, actor: Actor, registration: Registration, findings: Iterable[Finding]) -> Registration:
    """Say that what a rule noticed is right all the same."""
    current = Registration.objects.select_for_update(of=("self",)).filter(pk=registration.pk).first()
    if current is None or not may_check(actor, current.organisation_id, current.municipality_id):
        raise PermissionDenied
    accepted = {*current.accepted_findings, *(each.value for each in findings)} & set(current.findings)
    current.accepted_findings = sorted(accepted)
    current.save(update_fields=["accepted_findings"])
    record(actor=actor, action="registration.finding_accepted", subject=current)
    return current


@transaction.atomic
def check_rows(*, actor: Actor, rows: Iterable[int]) -> int:
    """Mark rows as checked, as far as nothing about them is open. Returns how many."""
    return _move(
        actor,
        rows,
        {RegistrationState.REGISTERED, RegistrationState.CORRECTED},
        state=RegistrationState.CHECKED.value,
        checked_at=timezone.now(),
        checked_by_id=account_of(actor),
    )


@transaction.atomic
def release_rows(*, actor: Actor, rows: Iterable[int]) -> int:
    """Let the offices have checked rows whose time of holding back is over. Returns how many."""
    return _move(
        actor,
        Registration.objects.checked_by(actor).to_be_released().filter(pk__in=rows).values_list("pk", flat=True),
        {RegistrationState.CHECKED},
        state=RegistrationState.RELEASED.value,
        released_at=timezone.now(),
        released_by_id=account_of(actor),
    )


@transaction.atomic
def take_release_back(*, actor: Actor, registration: Registration) -> Registration:
    """Keep a released row from the offices again, as long as none of them has fetched it. It stays checked.

    Raises AlreadyFetched.
    """
    found = Registration.objects.checked_by(actor).counting().filter(state=RegistrationState.RELEASED.value)
    current = found.select_for_update(of=("self",)).filter(pk=registration.pk).first()
    if current is None:
        raise PermissionDenied
    if was_fetched(current):
        raise AlreadyFetched
    current.state, current.released_at, current.released_by = RegistrationState.CHECKED.value, None, None
    current.save(update_fields=["state", "released_at", "released_by"])
    record(actor=actor, action="registration.release_taken_back", subject=current)
    return current


def _move(actor: Actor, rows: Iterable[int], before: set[RegistrationState], **values: object) -> int:
    """In one statement: where `rows` is a query it stays one, so that a list of any length moves at once."""
    found = Registration.objects.checked_by(actor).counting().without_findings()
    ready = found.filter(state__in=[state.value for state in before], pk__in=rows)
    moved = ready.update(**values)
    if moved:
        record(actor=actor, action=f"registration.{values['state']}", amount=moved)
    return moved
