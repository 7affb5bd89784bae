"""Reads about accounts: who is acting, and who holds which role."""

from __future__ import annotations

from django.utils import timezone

from kimwerk.access.actors import NOBODY, Actor, Grant
from kimwerk.access.roles import Role
from kimwerk.accounts.models import Account, Membership


def actor_of(account: Account) -> Actor:
    """The actor with all roles the account holds today. One query."""
    if not account.is_active:
        return NOBODY
    rows = (
        Membership.objects.filter(account=account.pk, valid__contains=timezone.localdate())
        .order_by("pk")
        .values_list("role", "organisation_id", "municipality_id")
    )
    grants = tuple(Grant(Role(role), organisation, municipality) for role, organisation, municipality in rows)
    return Actor(account_id=account.pk, name=account.display_name, grants=grants)


def actor_by_email(email: str) -> Actor | None:
    """The actor of an active account with a current role, or None: for the command line and jobs."""
    account = Account.objects.active().filter(email__iexact=email).first()
    actor = actor_of(account) if account else NOBODY
    return actor if actor.grants else None


def actor_by_id(account_id: int) -> Actor | None:
    """The actor of an active account with a current role, or None: for jobs that were ordered earlier."""
    account = Account.objects.active().filter(pk=account_id).first()
    actor = actor_of(account) if account else NOBODY
    return actor if actor.grants else None
