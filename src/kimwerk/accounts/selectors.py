"""Reads about accounts: who is acting, and who holds which role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kimwerk.access.actors import NOBODY, Actor, Grant
from kimwerk.access.kept import kept
from kimwerk.access.roles import Role
from kimwerk.accounts.models import Account, Invitation, Membership, SignInLink
from kimwerk.accounts.tokens import hash_token
from kimwerk.accounts.types import AccountState
from kimwerk.audit.services import record_read
from kimwerk.kernel.names import sort_key


@kept
def _roles(account: int, on: date) -> models.QuerySet[Membership, tuple[str, int, int | None]]:
    held = Membership.objects.filter(account=account, valid__contains=on).order_by("pk")
    return held.values_list("role", "organisation_id", "municipality_id")


def actor_of(account: Account) -> Actor:
    """The actor with all roles the account holds today. One query."""
    if not account.is_active:
        return NOBODY
    rows = _roles(account.pk, timezone.localdate())
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


def identity_of(account: Account) -> Actor:
    """The account as the log names it, also while it holds no role: it may do nothing with this."""
    return Actor(account_id=account.pk, name=account.display_name)


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


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """An account in a list, with what the reader may see of its roles."""

    account: Account
    memberships: tuple[Membership, ...]
    has_second_factor: bool
    state: AccountState


def accounts_for(
    actor: Actor, *, words: str = "", role: Role | None = None, state: AccountState | None = None
) -> models.QuerySet[Account]:
    """The accounts that the actor sees, narrowed by name or address, role held today, and state."""
    found = Account.objects.visible_to(actor)
    if words:
        found = found.filter(
            Q(sort_key__contains=sort_key(words)) | Q(email__icontains=words) | Q(short_sign__iexact=words)
        )
    if role is not None:
        held = Membership.objects.visible_to(actor).current(timezone.localdate()).filter(role=role.value)
        found = found.filter(pk__in=held.values("account"))
    if state is AccountState.CLOSED:
        found = found.filter(is_active=False)
    elif state is not None:
        found = found.filter(is_active=True, last_seen_on__isnull=state is AccountState.INVITED)
    return found


def entries_of(actor: Actor, accounts: Sequence[Account]) -> list[AccountEntry]:
    """Accounts with their roles of today and second factors: two queries, and one line in the log."""
    shown = (
        Membership.objects.visible_to(actor)
        .current(timezone.localdate())
        .filter(account__in=accounts)
        .select_related("organisation", "municipality")
        .order_by("role", "pk")
    )
    by_account: dict[int, list[Membership]] = defaultdict(list)
    for membership in shown:
        by_account[membership.account_id].append(membership)
    protected = accounts_with_second_factor(account.pk for account in accounts)
    if accounts:
        record_read(actor=actor, subject_type=Account._meta.db_table, amount=len(accounts))
    return [
        AccountEntry(account, tuple(by_account[account.pk]), account.pk in protected, state_of(account))
        for account in accounts
    ]


def state_of(account: Account) -> AccountState:
    """How the account stands."""
    if not account.is_active:
        return AccountState.CLOSED
    return AccountState.ACTIVE if account.last_seen_on else AccountState.INVITED


def accounts_with_second_factor(account_ids: Iterable[int]) -> set[int]:
    """Those of the accounts that have an app or a passkey."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    found = Authenticator.objects.filter(user_id__in=list(account_ids), type__in=kinds)
    return set(found.values_list("user_id", flat=True))


@dataclass(frozen=True, slots=True)
class AccountDetail:
    """One account with all that its manager needs to know."""

    account: Account
    state: AccountState
    memberships: tuple[Membership, ...]
    second_factors: tuple[Authenticator, ...]
    sessions: int
    invitation: Invitation | None


def account_detail(actor: Actor, account: Account) -> AccountDetail:
    """The account with its roles past and present (as far as the actor sees them), and a line in the log."""
    if account.pk != actor.account_id:
        record_read(actor=actor, subject_type=Account._meta.db_table, subject_id=str(account.pk))
    memberships = Membership.objects.visible_to(actor).filter(account=account)
    return AccountDetail(
        account=account,
        state=state_of(account),
        memberships=tuple(
            memberships.select_related("organisation", "municipality").order_by("-valid__startswith", "role", "pk")
        ),
        second_factors=tuple(Authenticator.objects.filter(user=account.pk).order_by("type", "pk")),
        sessions=len(live_sessions(account)),
        invitation=Invitation.objects.filter(account=account, used_at=None).order_by("-pk").first(),
    )


def live_sessions(account: Account) -> list[UserSession]:
    """Where the account is signed in, newest first."""
    running = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return list(UserSession.objects.filter(user=account.pk, session_key__in=running).order_by("-created_at"))


def roles_of(account: Account) -> list[Membership]:
    """All roles that the account holds today, for its own page and the demo's sign-in."""
    current = Membership.objects.filter(account=account.pk, valid__contains=timezone.localdate())
    return list(current.select_related("organisation", "municipality").order_by("role", "pk"))


def account_of_sign_in_link(token: str) -> Account | None:
    """Whom a usable link of the demo would sign in."""
    link = SignInLink.objects.select_related("account").filter(token_hash=hash_token(token)).first()
    return link.account if link is not None and link.is_usable(timezone.now()) and link.account.is_active else None


def names_of(account_ids: Iterable[int]) -> dict[int, str]:
    """The names behind account numbers, for pages that show who did something."""
    return {account.pk: account.display_name for account in Account.objects.filter(pk__in=set(account_ids))}
