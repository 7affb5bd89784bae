"""A database for tests in which several connections meet and commit."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.db.backends.postgresql.psycopg_any import sql
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import Cast, as_owner, build_cast
from tests.cluster_plugin import the_server
from tests.databases import database_of_this_process, working_in
from tests.demo_world import make_tables


@pytest.fixture
def copied(django_db_setup: object, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The cast in a database of its own, so that what two connections commit is gone afterwards."""
    own = database_of_this_process("kimwerk_together")
    make_tables("kimwerk_together")
    try:
        with django_db_blocker.unblock(), working_in(own):
            with as_owner():
                cast = build_cast()
            yield cast
    finally:
        _on_server(f'drop database "{own}" with (force)')


def _on_server(command: str) -> None:
    with psycopg.connect(the_server().dsn("postgres"), autocommit=True) as server:
        server.execute(sql.SQL(command))  # type: ignore[arg-type]  # names are our own
