"""Reads about accounts: who is acting, and who holds which role."""

from __future__ import annotations

from django.utils import timezone

from kimwerk.access.actors import NOBODY, Actor, Grant
from kimwerk.access.roles import Role
from kimwerk.accounts.models import Account, Invitation, Membership
from kimwerk.accounts.tokens import hash_token


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


def deciding_memberships(account: Account) -> list[Membership]:
    """The memberships that decide who manages the account: those held now or later, else all past ones."""
    held = list(Membership.objects.filter(account=account.pk).order_by("pk"))
    today = timezone.localdate()
    running = [membership for membership in held if membership.valid.upper is None or membership.valid.upper > today]
    return running or held


def open_invitation(token: str) -> Invitation | None:
    """The invitation with this token, if it can still be used."""
    invitation = Invitation.objects.select_related("account").filter(token_hash=hash_token(token)).first()
    if invitation is None or not invitation.is_usable(timezone.now()) or not invitation.account.is_active:
        return None
    return invitation


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
