"""The synthetic county in the tests' database: in place of the cast, for one test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from kimwerk.desk.demo.load import load_demo
from tests.cast import Cast, as_owner

TODAY = date(2026, 6, 10)


EMPTYING = """
do $$ declare guarded regclass; begin
  for guarded in select distinct tgrelid::regclass from pg_trigger
    where tgtype & 32 > 0 and tgname not like 'held%'
      and tgrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
  loop execute format('alter table %s disable trigger user', guarded); end loop;
end $$;
truncate directory_organisation, directory_district, accounts_account, activities_category cascade
"""
"""Some tables refuse to be emptied; for one transaction they may not. What the walls hold follows as always."""


@pytest.fixture
def empty(cast: Cast) -> None:
    """A migrated database with nothing in it, until the test is over."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(EMPTYING)


@pytest.fixture
def demo(empty: None) -> Callable[[str], list[tuple[object, ...]]]:
    """The synthetic county; gives a way to ask the database behind the walls."""
    with as_owner():
        load_demo(seed=2022, today=TODAY)

    def ask(sql: str) -> list[tuple[object, ...]]:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    return ask
