"""The world of the attacks: one thing of every sort at the Rhein-Sieg-Kreis, and a stranger of every role at Kleve."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from kimwerk.access.roles import Role
from kimwerk.accounts.models import Account, Membership
from tests.attacks.report import PARTS, write_report
from tests.attacks.world import World, build_world
from tests.cast import Cast, as_owner

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
Enter = Callable[[Role, str], Client]


@dataclass
class Attackers:
    """Browsers signed in under any role, at home or abroad; made when first asked for."""

    cast: Cast
    clients: dict[tuple[Role, str], Client]

    def __call__(self, role: Role, organisation: str) -> Client:
        if (role, organisation) not in self.clients:
            with as_owner():
                account = Account.objects.create(
                    email=f"{role.value}@{len(self.clients)}.kimwerk.example",
                    given_name="Alex",
                    family_name="Angriff",
                    password="!",
                )
                Membership.objects.create(
                    account=account,
                    role=role.value,
                    organisation_id=self.cast.organisations[organisation],
                    valid=DateRange(date(2020, 1, 1), None),
                )
                Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "unused"})
            client = Client()
            client.force_login(account, backend=BACKEND)
            self.clients[role, organisation] = client
        return self.clients[role, organisation]


def pytest_sessionfinish() -> None:
    """Whichever process is the last writes the whole report."""
    if PARTS.exists():
        write_report()


@pytest.fixture
def enter(cast: Cast) -> Enter:
    """`enter(Role.CASE_MANAGER, "Kreis Kleve")`: a browser signed in as that."""
    return Attackers(cast, {})


@pytest.fixture
def world(cast: Cast) -> World:
    """One thing of every sort, at the Rhein-Sieg-Kreis."""
    return build_world(cast)
