"""Who may give roles and manage accounts.

Three rules keep the keys apart. Nobody changes their own account or roles. A role counts only at
an organisation (or municipality of it) where the actor manages accounts. And a role that manages
accounts, reads the log or sees the operation is given and ended only by somebody who holds those
very rights there: the leadership cannot make a system administrator, and whoever reads the log is
named at the command line, by the operator, never by those whose acts the log shows.
"""

from __future__ import annotations

from collections.abc import Iterable

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.access.roles import Role, rights_of
from kimwerk.accounts.models import Account, Membership

RESERVED = frozenset({Permission.ACCOUNT_MANAGE, Permission.AUDIT_READ, Permission.OPERATION_READ})
"""Rights that only their holders hand on."""


def may_give(actor: Actor, role: Role, organisation_id: int, municipality_id: int | None) -> bool:
    """Whether the actor may give (and end) this role at this place, to somebody else."""
    needed = {Permission.ACCOUNT_MANAGE} | (rights_of(role) & RESERVED)
    return all(actor.can_at(permission, organisation_id, municipality_id) for permission in needed)


def may_give_to(actor: Actor, account: Account) -> bool:
    """Whether the actor may change anything about this account at all: never about their own."""
    return not actor.is_nobody and actor.account_id != account.pk


def may_end(actor: Actor, membership: Membership) -> bool:
    """Whether the actor may end this membership of somebody else."""
    place = (membership.organisation_id, membership.municipality_id)
    return actor.account_id != membership.account_id and may_give(actor, Role(membership.role), *place)


def may_manage(actor: Actor, account: Account, memberships: Iterable[Membership]) -> bool:
    """Whether the actor may invite again, close, reopen the account or reset its second factor.

    `memberships` are all the account holds now or later, or, if none, all it ever held: every one
    of the former must be the actor's to end, so that nobody locks out a neighbour's staff.
    """
    held = list(memberships)
    return may_give_to(actor, account) and bool(held) and all(may_end(actor, membership) for membership in held)
