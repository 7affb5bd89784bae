"""Closing and reopening accounts, second factors, sessions."""

from __future__ import annotations

from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.accounts.models import Account, Invitation
from kimwerk.accounts.policies import may_manage
from kimwerk.accounts.selectors import deciding_memberships
from kimwerk.accounts.types import ClosingReason
from kimwerk.audit.services import record, record_unnamed


@transaction.atomic
def close_account(*, actor: Actor, account: Account, reason: ClosingReason) -> None:
    """Nobody signs in to the account any more; its sessions, password and invitations end at once."""
    account = _locked(actor, account)
    if account.is_active:
        _close(account, reason)
        record(actor=actor, action="account.closed", subject=account)


@transaction.atomic
def close_account_as_operator(*, account: Account, reason: ClosingReason) -> None:
    """The operator's way at the command line, for accounts that nobody in the program may close."""
    _close(Account.objects.select_for_update().get(pk=account.pk), reason)
    record_unnamed(action="account.closed", subject=account)


@transaction.atomic
def reopen_account(*, actor: Actor, account: Account) -> None:
    """Open a closed account again. It has no password until a new invitation is used."""
    account = _locked(actor, account)
    if account.is_active:
        return
    account.is_active, account.closed_at, account.closed_reason = True, None, ""
    account.save(update_fields=["is_active", "closed_at", "closed_reason"])
    record(actor=actor, action="account.reopened", subject=account)


@transaction.atomic
def reset_second_factor(*, actor: Actor, account: Account) -> None:
    """Take away app, passkeys and recovery codes, for somebody who has lost them; sessions end too."""
    account = _locked(actor, account)
    Authenticator.objects.filter(user=account).delete()
    _end_sessions(account)
    record(actor=actor, action="account.second_factor_reset", subject=account)


@transaction.atomic
def revoke_sessions(*, actor: Actor, account: Account) -> None:
    """Sign the account out everywhere."""
    account = _locked(actor, account)
    _end_sessions(account)
    record(actor=actor, action="account.sessions_revoked", subject=account)


@transaction.atomic
def revoke_own_session(*, actor: Actor, session: UserSession) -> None:
    """Sign oneself out of another browser."""
    if session.user_id != actor.account_id:
        raise PermissionDenied
    session.end()
    record(actor=actor, action="account.sessions_revoked")


@transaction.atomic
def close_dormant_accounts(*, today: date) -> int:
    """Close accounts that nobody has used for DORMANT_AFTER_DAYS; returns how many. A periodic job."""
    before = today - timedelta(days=settings.DORMANT_AFTER_DAYS)
    recently_invited = Invitation.objects.filter(created_at__date__gte=before).values("account")
    dormant = (
        Account.objects.active()
        .filter(Q(last_seen_on__lt=before) | Q(last_seen_on=None, created_at__date__lt=before))
        .exclude(pk__in=recently_invited)
        .select_for_update()
    )
    accounts = list(dormant)
    for account in accounts:
        _close(account, ClosingReason.DORMANT)
        record_unnamed(action="account.closed", subject=account)
    return len(accounts)


@transaction.atomic
def purge_ended_sessions() -> None:
    """Forget browsers and addresses of sessions that have ended. A periodic job."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def _locked(actor: Actor, account: Account) -> Account:
    account = Account.objects.select_for_update().get(pk=account.pk)
    if not may_manage(actor, account, deciding_memberships(account)):
        raise PermissionDenied
    return account


def _close(account: Account, reason: ClosingReason) -> None:
    account.is_active, account.closed_at, account.closed_reason = False, timezone.now(), reason.value
    account.set_unusable_password()
    account.save(update_fields=["is_active", "closed_at", "closed_reason", "password"])
    Invitation.objects.filter(account=account, used_at=None).update(used_at=timezone.now())
    _end_sessions(account)


def _end_sessions(account: Account) -> None:
    keys = UserSession.objects.filter(user=account)
    Session.objects.filter(session_key__in=keys.values("session_key")).delete()
    keys.delete()
