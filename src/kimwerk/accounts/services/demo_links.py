"""One-time sign-in links of the demo. Nothing here works anywhere else."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kimwerk.accounts.models import Account, SignInLink
from kimwerk.accounts.tokens import fresh_token, hash_token

LINK_LIFETIME = timedelta(hours=12)


class NotInDemo(Exception):
    """One-time sign-in links exist in the demo only."""


def create_sign_in_link(*, account: Account) -> str:
    """A fresh token that signs in to a synthetic account, once."""
    if not settings.DEMO:
        raise NotInDemo
    token = fresh_token()
    SignInLink.objects.create(account=account, token_hash=hash_token(token), expires_at=timezone.now() + LINK_LIFETIME)
    return token


@transaction.atomic
def use_sign_in_link(*, token: str) -> Account | None:
    """The account of a usable token, which is used up by this; None if it is not usable."""
    if not settings.DEMO:
        raise NotInDemo
    link = SignInLink.objects.select_for_update(of=("self",)).filter(token_hash=hash_token(token)).first()
    if link is None or not link.is_usable(timezone.now()) or not link.account.is_active:
        return None
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    return link.account
