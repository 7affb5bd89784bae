"""Sign-ins and second factors in the log. What was typed never gets there."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from kimwerk.access.walls import set_actor
from kimwerk.accounts.models import Account
from kimwerk.accounts.selectors import identity_of
from kimwerk.audit.services import record, record_unnamed
from kimwerk.audit.types import Kind


def connect() -> None:
    """Listen to the framework and to the sign-in library."""
    user_logged_in.connect(_signed_in, dispatch_uid="kimwerk.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="kimwerk.signed_out")
    user_login_failed.connect(_failed, dispatch_uid="kimwerk.sign_in_failed")
    authentication_failed.connect(_second_factor_failed, dispatch_uid="kimwerk.second_factor_failed")
    authenticator_added.connect(_factor_added, dispatch_uid="kimwerk.factor_added")
    authenticator_removed.connect(_factor_removed, dispatch_uid="kimwerk.factor_removed")
    authenticator_reset.connect(_factor_renewed, dispatch_uid="kimwerk.factor_renewed")


def _signed_in(user: Account, **_: object) -> None:
    """From here on the account acts in this transaction, in the eyes of the database too."""
    set_actor(user.pk)
    record(actor=identity_of(user), action="account.signed_in", subject=user)


def _signed_out(user: Account | None, **_: object) -> None:
    if user is not None:
        set_actor(user.pk)
        record(actor=identity_of(user), action="account.signed_out", subject=user)


def _failed(**_: object) -> None:
    record_unnamed(action="account.sign_in_failed", kind=Kind.REFUSED)


def _second_factor_failed(user: Account, **_: object) -> None:
    record_unnamed(action="account.second_factor_failed", subject=user, kind=Kind.REFUSED)


def _factor_added(user: Account, authenticator: Authenticator, **_: object) -> None:
    record(actor=identity_of(user), action=f"account.{authenticator.type}_added", subject=user)


def _factor_removed(user: Account, authenticator: Authenticator, **_: object) -> None:
    record(actor=identity_of(user), action=f"account.{authenticator.type}_removed", subject=user)


def _factor_renewed(user: Account, authenticator: Authenticator, **_: object) -> None:
    record(actor=identity_of(user), action=f"account.{authenticator.type}_renewed", subject=user)
