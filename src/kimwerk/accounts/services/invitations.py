"""Invitations: the only way to an account, and to a new password."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from smtplib import SMTPException

from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext

from kimwerk.access.actors import Actor
from kimwerk.access.roles import Role
from kimwerk.access.walls import set_actor
from kimwerk.accounts.models import Account, Invitation
from kimwerk.accounts.policies import may_give, may_manage
from kimwerk.accounts.selectors import deciding_memberships, identity_of
from kimwerk.accounts.services.memberships import add_membership, give_membership
from kimwerk.accounts.tokens import fresh_token, hash_token
from kimwerk.audit.services import record
from kimwerk.directory.models import Municipality, Organisation
from kimwerk.kernel.names import sort_key

INVITATION_LIFETIME = timedelta(days=7)
LinkOf = Callable[[str], str]
"""Makes the address of the invitation's page out of its token."""

log = logging.getLogger(__name__)


class AccountIsClosed(Exception):
    """There is an account with this address, but it is closed."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is invited. The address is the name at sign-in and is kept in lower case."""

    email: str
    given_name: str
    family_name: str
    short_sign: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """Which role is to be held where, from when, and until which last day."""

    role: Role
    organisation: Organisation
    municipality: Municipality | None
    first_day: date
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Invited:
    """The account, and the token of the invitation; None if the person had an account already."""

    account: Account
    token: str | None


@transaction.atomic
def invite(*, actor: Actor, person: Person, post: Post, link_of: LinkOf) -> Invited:
    """Make an account with a first role and send the invitation. An existing account just gets the role."""
    if not may_give(actor, post.role, post.organisation.pk, post.municipality.pk if post.municipality else None):
        raise PermissionDenied
    account = Account.objects.filter(email__iexact=person.email).first()
    if account is not None and not account.is_active:
        raise AccountIsClosed
    token = None
    if account is None:
        account = _make_account(person)
        token = _send_invitation(account, actor.account_id, link_of)
        record(actor=actor, action="account.invited", subject=account)
    give_membership(
        actor=actor,
        account=account,
        role=post.role,
        organisation=post.organisation,
        municipality=post.municipality,
        first_day=post.first_day,
        last_day=post.last_day,
    )
    return Invited(account, token)


@transaction.atomic
def invite_again(*, actor: Actor, account: Account, link_of: LinkOf) -> Invited:
    """Send a new invitation: for one that expired, or for a forgotten password. Older ones end."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    if not may_manage(actor, account, deciding_memberships(account)):
        raise PermissionDenied
    if not account.is_active:
        raise AccountIsClosed
    token = _send_invitation(account, actor.account_id, link_of)
    record(actor=actor, action="account.invited", subject=account)
    return Invited(account, token)


@transaction.atomic
def withdraw_invitation(*, actor: Actor, account: Account) -> None:
    """Make the open invitation of an account unusable."""
    if not may_manage(actor, account, deciding_memberships(account)):
        raise PermissionDenied
    _end_open_invitations(account)
    record(actor=actor, action="account.invitation_withdrawn", subject=account)


@transaction.atomic
def invite_as_operator(*, person: Person, post: Post) -> Invited:
    """The operator's way in at the command line: the first account, or one that nobody else may give.

    Needs the owner role behind the walls (`access.walls.maintenance`). Sends no mail: the token is
    handed to the operator.
    """
    account = Account.objects.filter(email__iexact=person.email).first()
    if account is not None and not account.is_active:
        raise AccountIsClosed
    account = account or _make_account(person)
    add_membership(
        account=account,
        role=post.role,
        organisation=post.organisation,
        municipality=post.municipality,
        valid=DateRange(post.first_day, post.last_day + timedelta(days=1) if post.last_day else None),
        granted_by_id=None,
    )
    return Invited(account, _new_token(account, None)[1])


@transaction.atomic
def accept_invitation(*, token: str, password: str) -> Account | None:
    """Set the password with a usable invitation, which is used up by this; None if it is not usable.

    All sessions of the account end, because they hang on the password.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(token_hash=hash_token(token))
        .first()
    )
    if invitation is None or not invitation.is_usable(timezone.now()) or not invitation.account.is_active:
        return None
    account = invitation.account
    account.set_password(password)
    account.save(update_fields=["password"])
    _end_open_invitations(account)
    set_actor(account.pk)
    record(actor=identity_of(account), action="account.password_set", subject=account)
    return account


def _make_account(person: Person) -> Account:
    account = Account(
        email=person.email.lower(),
        given_name=person.given_name,
        family_name=person.family_name,
        short_sign=person.short_sign,
        sort_key=sort_key(f"{person.family_name} {person.given_name}"),
    )
    account.set_unusable_password()
    account.save()
    return account


def _new_token(account: Account, invited_by_id: int | None) -> tuple[Invitation, str]:
    _end_open_invitations(account)
    token = fresh_token()
    invitation = Invitation.objects.create(
        account=account,
        invited_by_id=invited_by_id,
        token_hash=hash_token(token),
        expires_at=timezone.now() + INVITATION_LIFETIME,
    )
    return invitation, token


def _end_open_invitations(account: Account) -> None:
    Invitation.objects.filter(account=account, used_at=None).update(used_at=timezone.now())


def _send_invitation(account: Account, invited_by_id: int | None, link_of: LinkOf) -> str:
    invitation, token = _new_token(account, invited_by_id)
    transaction.on_commit(partial(_mail, invitation.pk, account.email, link_of(token)))
    return token


def _mail(invitation_id: int, address: str, link: str) -> None:
    """Send the mail; it names neither person nor role. What could not be sent is seen at the account."""
    text = render_to_string("accounts/mail/invitation.txt", {"link": link, "days": INVITATION_LIFETIME.days})
    try:
        send_mail(gettext("Your invitation to kimwerk"), text, None, [address])
    except (SMTPException, OSError):
        log.exception("an invitation could not be sent")
        return
    Invitation.objects.filter(pk=invitation_id).update(sent_at=timezone.now())
