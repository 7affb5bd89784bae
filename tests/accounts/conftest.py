"""What tests about accounts share: forms filled in, codes of an app, browsers with a password."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from kimwerk.accounts.models import Account
from tests.cast import Cast, as_owner

PASSWORD = "Der Sieg fliesst langsam 7"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def account_with_password(cast: Cast) -> Callable[[str], Account]:
    """Give a character a password and an app: `account_with_password("frieda")`."""

    def prepare(character: str) -> Account:
        with as_owner():
            account = cast.account(character)
            account.set_password(PASSWORD)
            account.save(update_fields=["password"])
            Authenticator.objects.filter(user=account).delete()
            TOTP.activate(account, SECRET)
        return account

    return prepare


def try_password(client: Client, email: str, password: str = PASSWORD) -> int:
    """Send the sign-in form; the status of the answer."""
    return client.post("/anmeldung/", {"login": email, "password": password}).status_code


def invitation(cast: Cast, **changes: object) -> dict[str, object]:
    """A filled-in form that invites a case manager to the Rhein-Sieg-Kreis."""
    return {
        "email": "nora.neu@beispiel.example",
        "given_name": "Nora",
        "family_name": "Neubeispiel",
        "role": "case_manager",
        "organisation": cast.organisations["Rhein-Sieg-Kreis"],
        "first_day": date(2022, 1, 1).isoformat(),
    } | changes
