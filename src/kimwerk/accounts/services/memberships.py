"""Giving and ending roles."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.roles import Role
from kimwerk.accounts.models import Account, Membership
from kimwerk.accounts.policies import may_end, may_give, may_give_to
from kimwerk.audit.services import record
from kimwerk.directory.models import Municipality, Organisation


class RoleHeldAlready(Exception):
    """The account holds this role at this place on some of these days already."""


class NotAController(Exception):
    """Roles are held at organisations that keep data here, and only while these exist."""


@transaction.atomic
def give_membership(
    *,
    actor: Actor,
    account: Account,
    role: Role,
    organisation: Organisation,
    municipality: Municipality | None = None,
    first_day: date,
    last_day: date | None = None,
) -> Membership:
    """Give a role at an organisation, in all of it or in one municipality, until a last day or for good."""
    if not may_give_to(actor, account):
        raise PermissionDenied
    if not may_give(actor, role, organisation.pk, municipality.pk if municipality else None):
        raise PermissionDenied
    membership = add_membership(
        account=account,
        role=role,
        organisation=organisation,
        municipality=municipality,
        valid=DateRange(first_day, last_day + timedelta(days=1) if last_day else None),
        granted_by_id=actor.account_id,
    )
    record(actor=actor, action="membership.given", subject=membership)
    return membership


def add_membership(
    *,
    account: Account,
    role: Role,
    organisation: Organisation,
    municipality: Municipality | None,
    valid: DateRange,
    granted_by_id: int | None,
) -> Membership:
    """Store a membership. RoleHeldAlready if it overlaps with the same one, NotAController if it cannot be there."""
    if not organisation.is_controller or (organisation.closed_on and organisation.closed_on <= timezone.localdate()):
        raise NotAController(organisation.pk)
    try:
        with transaction.atomic():
            return Membership.objects.create(
                account=account,
                role=role.value,
                organisation=organisation,
                municipality=municipality,
                valid=valid,
                granted_by_id=granted_by_id,
            )
    except IntegrityError as error:
        raise RoleHeldAlready(role.value) from error


@transaction.atomic
def end_membership(*, actor: Actor, membership: Membership, last_day: date) -> None:
    """End a membership after its last day. One that would end before it begins is taken away."""
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if not may_end(actor, membership):
        raise PermissionDenied
    end = last_day + timedelta(days=1)
    record(actor=actor, action="membership.ended", subject=membership)
    if membership.valid.lower is not None and end <= membership.valid.lower:
        membership.delete()
        return
    membership.valid = DateRange(membership.valid.lower, end)
    membership.save(update_fields=["valid"])
