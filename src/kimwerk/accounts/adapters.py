"""How the sign-in library is bound to our rules: no sign-up, roles required, secrets sealed."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kimwerk.accounts.models import Account
from kimwerk.accounts.sealing import open_sealed, seal
from kimwerk.accounts.selectors import actor_of


class InvitationOnly(DefaultAccountAdapter):
    """Nobody signs up; nobody without a current role signs in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(
        self,
        request: HttpRequest,
        user: AbstractBaseUser,
        *,
        email_verification: str,
        signal_kwargs: dict[str, object] | None,
        email: str | None,
        signup: bool,
        redirect_url: str | None,
    ) -> HttpResponse | None:
        if isinstance(user, Account) and not actor_of(user).grants:
            return HttpResponseRedirect(reverse("accounts:no_role"))
        return None

    def populate_username(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Accounts have no user name."""


class SealedSecrets(DefaultMFAAdapter):
    """Secrets of the second factor are encrypted at rest."""

    def encrypt(self, text: str) -> str:
        return seal(text, purpose="mfa")

    def decrypt(self, encrypted_text: str) -> str:
        return open_sealed(encrypted_text, purpose="mfa")
