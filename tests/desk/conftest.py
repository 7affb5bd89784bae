"""The synthetic county for tests that ask it; each gets it as it was loaded, and what one changes is undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import Cast, as_owner
from tests.databases import working_in
from tests.demo_world import make_county

TODAY = date(2026, 6, 10)


GUARDED = """
select distinct tgrelid::regclass from pg_trigger
where tgtype & 32 > 0 and tgname not similar to '(held|admitted|entrusted)%'
  and tgrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
"""
TURNING = "do $$ declare guarded regclass; begin for guarded in {} loop execute format('{}', guarded); end loop; end $$"
EMPTYING = f"""
{TURNING.format(GUARDED, "alter table %s disable trigger user")};
truncate
  directory_installation, directory_organisation, directory_district, accounts_account, activities_category cascade;
{TURNING.format(GUARDED, "alter table %s enable trigger user")};
"""
"""Some tables refuse to be emptied; for once they may not. What the walls hold follows as always."""


def empty_everything() -> None:
    """Leave the tables as the migrations make them, with nothing in them. Runs as the owner role."""
    with connection.cursor() as cursor:
        cursor.execute(EMPTYING)


@pytest.fixture
def empty(cast: Cast) -> None:
    """A migrated database with nothing in it, until the test is over."""
    with as_owner():
        empty_everything()


@pytest.fixture(scope="session")
def county(django_db_setup: Cast, django_db_blocker: DjangoDbBlocker) -> str:
    """The database with the synthetic county in it."""
    with django_db_blocker.unblock():
        return make_county("kimwerk_desk", TODAY)


@pytest.fixture
def in_the_county(county: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The tests' database is that of the county."""
    with django_db_blocker.unblock(), working_in(county):
        yield


@pytest.fixture
def demo(in_the_county: None, db: None) -> Callable[[str], list[tuple[object, ...]]]:
    """The synthetic county; gives a way to ask the database behind the walls."""

    def ask(sql: str) -> list[tuple[object, ...]]:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    return ask
