"""What all tests of a file begin with, made once where making it takes longer than most tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

import psycopg
import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import Cast, as_owner, build_cast
from tests.cluster_plugin import the_server
from tests.databases import database_of_this_process, working_in
from tests.demo_world import make_tables

Made = TypeVar("Made")


class MakeOnce(Protocol):
    """Make something and commit it; gives back what the function gives, such as a key to find it by."""

    def __call__(self, make: Callable[[Cast], Made]) -> Made: ...


@pytest.fixture(scope="module")
def make_once(django_db_setup: Cast, django_db_blocker: DjangoDbBlocker) -> Iterator[MakeOnce]:
    """Until the end of the file the tests' database is another one, with the cast and what is made here.

    What a single test changes in it is undone after it, as everywhere. A fixture that makes something is for the whole
    file and used by itself (`autouse`), so that each test finds the same, whatever the order.
    """
    own = database_of_this_process("kimwerk_made_once")
    make_tables("kimwerk_made_once")
    try:
        with working_in(own):
            with django_db_blocker.unblock(), as_owner():
                assert build_cast() == django_db_setup, "the cast has the same keys in every database"

            def committed(make: Callable[[Cast], Made]) -> Made:
                with django_db_blocker.unblock(), transaction.atomic():
                    return make(django_db_setup)

            yield committed
    finally:
        with psycopg.connect(the_server().dsn("postgres"), autocommit=True) as server:
            server.execute(f'drop database "{own}" with (force)'.encode())
