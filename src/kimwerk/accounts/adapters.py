"""How the sign-in library is bound to our rules: no sign-up, roles required, secrets sealed."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimwerk.accounts.models import Account
from kimwerk.accounts.sealing import open_sealed, seal
from kimwerk.accounts.selectors import actor_of
from kimwerk.audit.services import record_unnamed
from kimwerk.audit.types import Kind


class InvitationOnly(DefaultAccountAdapter):
    """Nobody signs up; nobody without a current role signs in, with a password or a passkey."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address and the password do not belong together. Check both."),
        "too_many_login_attempts": _("Too many wrong attempts. Wait five minutes, then try again."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("The password is not right."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: object) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            record_unnamed(action="account.sign_in_throttled", kind=Kind.REFUSED)
            raise

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
        if isinstance(user, Account) and user.is_active and not actor_of(user).grants:
            return HttpResponseRedirect(reverse("accounts:no_role"))
        response: HttpResponse | None = super().pre_login(
            request,
            user,
            email_verification=email_verification,
            signal_kwargs=signal_kwargs,
            email=email,
            signup=signup,
            redirect_url=redirect_url,
        )
        return response

    def populate_username(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Accounts have no user name."""


class SealedSecrets(DefaultMFAAdapter):
    """Secrets of the second factor are encrypted at rest."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The code is not right. Codes of the app change every 30 seconds: take the present one."),
    }

    def encrypt(self, text: str) -> str:
        return seal(text, purpose="mfa")

    def decrypt(self, encrypted_text: str) -> str:
        return open_sealed(encrypted_text, purpose="mfa")

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}
