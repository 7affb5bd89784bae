"""The harness: a real database behind its walls, one cast that everybody knows, no forgiveness."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from tests.cast import Cast, build_cast
from tests.databases import database_of_this_process
from tests.demo_world import make_tables
from tests.long_files import turn_of
from tests.made_once import make_once  # noqa: F401  # a fixture for files whose tests begin with the same
from tests.together import copied  # noqa: F401  # a fixture for the tests in which several connections meet

BACKEND = "kimwerk.accounts.backends.AccountBackend"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long is begun first; all else stays in its random order."""
    items.sort(key=lambda item: turn_of(item.nodeid))


def pytest_collection_finish() -> None:
    """What is there now, five thousand tests among it, stays to the end: garbage is looked for in the rest only."""
    gc.collect()
    gc.freeze()


def _as_web_role(connection: BaseDatabaseWrapper, **_: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set role kimwerk_app")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """A migrated database with the cast in it; from then on every connection is the web role's."""
    make_tables("kimwerk_test")
    with django_db_blocker.unblock():
        connections["default"].settings_dict["NAME"] = database_of_this_process("kimwerk_test")
        cast = build_cast()
        connection_created.connect(_as_web_role)
        _as_web_role(connection)
        yield cast
        connection.close()


@pytest.fixture
def cast(django_db_setup: Cast, db: None) -> Cast:
    """The characters that everybody knows, in a database that forgets after the test."""
    return django_db_setup


@pytest.fixture
def act_as(cast: Cast) -> Callable[[Actor], Actor]:
    """Name the actor to the database for the rest of the test, as the middleware would."""

    def act(actor: Actor) -> Actor:
        set_actor(actor.account_id)
        return actor

    return act


@pytest.fixture
def sign_in(cast: Cast) -> Callable[[str], Client]:
    """A browser signed in as a character: `sign_in("frieda")`."""

    def sign(character: str) -> Client:
        client = Client()
        client.force_login(cast.account(character), backend=BACKEND)
        return client

    return sign
