"""Entrusting persons to colleagues, and ending it."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.access.roles import ROLES
from kimwerk.accounts.models import Membership
from kimwerk.audit.services import record
from kimwerk.persons.models import Care
from kimwerk.persons.policies import may_entrust
from kimwerk.persons.services.files import account_of
from kimwerk.persons.services.refusals import NotEntrusted
from kimwerk.persons.types import CareReason

CARING_ROLES = tuple(
    role.value for role, entry in ROLES.items() if entry.rights & {Permission.PERSON_KEEP, Permission.CASE_OVERSEE}
)


@transaction.atomic
def entrust(
    *,
    actor: Actor,
    person_id: int,
    account_id: int,
    reason: CareReason,
    case_key: str = "",
    until: datetime | None = None,
) -> Care:
    """Let an account open the person's file, for as long as the care lasts. Asked twice, it is given once.

    Raises PermissionDenied where the actor may not, NotEntrusted where the account holds no fitting role.
    """
    organisation_id = _organisation_of(person_id, actor)
    if not may_entrust(actor, person_id, organisation_id, account_id, reason):
        raise PermissionDenied
    if not _may_be_entrusted(account_id, organisation_id):
        raise NotEntrusted(account_id)
    same = Care.objects.filter(person=person_id, account=account_id, reason=reason.value, case_key=case_key)
    running = same.filter(ends_at__isnull=True).first()
    if running is not None and until is None:
        return running
    care = Care.objects.create(
        person_id=person_id,
        organisation_id=organisation_id,
        account_id=account_id,
        reason=reason.value,
        case_key=case_key,
        ends_at=until,
        granted_by_id=account_of(actor),
    )
    record(actor=actor, action="care.given", subject=care)
    return care


@transaction.atomic
def release(*, actor: Actor, person_id: int, account_id: int, reason: CareReason, case_key: str = "") -> int:
    """End the care of this account for this reason, now. Returns how many ended; none is no mistake."""
    running = (
        Care.objects.visible_to(actor)
        .in_force()
        .filter(person=person_id, account=account_id, reason=reason.value, case_key=case_key)
    )
    ended = Care.objects.filter(pk__in=list(running.values_list("pk", flat=True))).update(ends_at=Now())
    if ended:
        record(actor=actor, action="care.ended", subject=None, amount=ended)
    return ended


def _organisation_of(person_id: int, actor: Actor) -> int:
    """The person's controller, from the care that the actor sees: the file itself may be closed to them."""
    found = Care.objects.visible_to(actor).filter(person=person_id).values_list("organisation", flat=True).first()
    if found is None:
        raise PermissionDenied
    return found


def _may_be_entrusted(account_id: int, organisation_id: int) -> bool:
    held = Membership.objects.filter(
        account=account_id,
        organisation=organisation_id,
        role__in=CARING_ROLES,
        valid__contains=timezone.localdate(),
    )
    return held.exists()
