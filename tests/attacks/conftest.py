"""The world of the attacks: one thing of every sort at the Rhein-Sieg-Kreis, and a stranger of every role at Kleve."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from kimwerk.access.roles import Role
from kimwerk.accounts.models import Account, Membership
from tests.attacks.report import PARTS, write_report
from tests.attacks.world import World, build_world
from tests.cast import Cast, as_owner, build_cast
from tests.databases import database_of_this_process, working_in
from tests.demo_world import make_tables

BACKEND = "kimwerk.accounts.backends.AccountBackend"
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


@pytest.fixture(scope="session")
def built(django_db_setup: Cast, django_db_blocker: DjangoDbBlocker) -> World:
    """The world in a database of its own. It is made once, because no attack may leave a trace in it."""
    make_tables("kimwerk_attacks")
    with django_db_blocker.unblock(), working_in(database_of_this_process("kimwerk_attacks")):
        with as_owner():
            cast = build_cast()
        with transaction.atomic():
            return build_world(cast)


@pytest.fixture(scope="module")
def attacked(built: World) -> Iterator[World]:
    """For the tests of a file, the tests' database is the one with the world in it."""
    with working_in(database_of_this_process("kimwerk_attacks")):
        yield built


@pytest.fixture
def world(attacked: World, db: None) -> World:
    """One thing of every sort, at the Rhein-Sieg-Kreis; what a test changes is undone."""
    return attacked


@pytest.fixture
def enter(world: World) -> Enter:
    """`enter(Role.CASE_MANAGER, "Kreis Kleve")`: a browser signed in as that."""
    return Attackers(world.cast, {})
