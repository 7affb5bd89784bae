"""Correcting a row, so that both versions stay."""

from __future__ import annotations

from dataclasses import asdict

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models import Registration, RegistrationVersion
from kimwerk.arrivals.policies import may_check, may_correct, may_register
from kimwerk.arrivals.selectors.contracts import not_collected
from kimwerk.arrivals.selectors.lists import member_facts, shared_facts
from kimwerk.arrivals.services.judging import judge_member, judge_shared, tidied_member, tidied_shared
from kimwerk.arrivals.services.refusals import FamilyRefused, NotCollected, RegistrationChangedMeanwhile
from kimwerk.arrivals.services.writing import account_of, notice_family, put_facts
from kimwerk.arrivals.types import MemberFacts, RegistrationState, SharedFacts
from kimwerk.audit.services import record


@transaction.atomic
def correct_registration(
    *, actor: Actor, registration: Registration, version: int, member: MemberFacts, shared: SharedFacts
) -> Registration:
    """Change a row that was read at `version`, and keep what it said. Checked rows must be checked again.

    Raises FamilyRefused, NotCollected, RegistrationChangedMeanwhile.
    """
    current = _locked(actor, registration)
    member, shared = tidied_member(member), tidied_shared(shared)
    before = member_facts(current), shared_facts(current)
    if before == (member, shared):
        return current
    if current.version != version:
        raise RegistrationChangedMeanwhile(current)
    _refuse(actor, current, member, shared)
    if unwanted := not_collected(current.organisation_id, (member, shared), before):
        raise NotCollected(unwanted)
    _keep(current)
    put_facts(current, member, shared)
    if current.state in (RegistrationState.CHECKED, RegistrationState.RELEASED):
        current.state = RegistrationState.CORRECTED.value
    current.version += 1
    current.changed_at, current.changed_by_id = timezone.now(), account_of(actor)
    _look_again(actor, current)
    record(actor=actor, action="registration.corrected", subject=current)
    return current


def _locked(actor: Actor, registration: Registration) -> Registration:
    found = Registration.objects.select_for_update(of=("self",)).select_related("municipality", "occasion")
    current = found.counting().filter(pk=registration.pk).first()
    if current is None or not may_correct(actor, current):
        raise PermissionDenied
    return current


def _refuse(actor: Actor, current: Registration, member: MemberFacts, shared: SharedFacts) -> None:
    place = current.organisation_id, shared.municipality_id
    wrong = judge_shared(shared, current.organisation_id)
    if not wrong and not (may_register(actor, *place) or may_check(actor, *place)):
        raise PermissionDenied
    if wrong or (wrong_here := judge_member(member)):
        raise FamilyRefused(wrong, {} if wrong else {0: wrong_here})


def _keep(current: Registration) -> None:
    """What the row said, written beside it."""
    facts = asdict(member_facts(current)) | asdict(shared_facts(current))
    RegistrationVersion.objects.create(
        registration=current,
        number=current.version,
        facts={name: value if isinstance(value, (bool, int)) else str(value or "") for name, value in facts.items()},
        written_at=current.changed_at or current.registered_at,
        written_by_id=current.changed_by_id or current.registered_by_id,
    )


def _look_again(actor: Actor, current: Registration) -> None:
    """Look again at the whole family: a corrected age may leave a child alone."""
    relatives = Registration.objects.visible_to(actor).select_related("municipality", "occasion")
    others = list(relatives.filter(family=current.family).exclude(pk=current.pk).select_for_update(of=("self",)))
    notice_family(actor, [current, *others])
    current.save()
    for each in others:
        if each.open_findings and each.state in (RegistrationState.CHECKED, RegistrationState.RELEASED):
            each.state = RegistrationState.CORRECTED.value
        each.save(update_fields=["findings", "accepted_findings", "state"])
