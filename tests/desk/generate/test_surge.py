"""Generated registration lists: rows as the room writes them, found again by their spelling, behind the walls."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from kimwerk.access.walls import set_actor
from kimwerk.accounts.selectors import actor_by_email
from kimwerk.arrivals.matching import compared
from kimwerk.arrivals.models import Registration
from kimwerk.arrivals.selectors.duplicates import candidates_for
from kimwerk.arrivals.services.merging import merge
from kimwerk.arrivals.types import Finding
from kimwerk.desk.generate.load import Size, generate
from kimwerk.persons.identity import identity_numbers
from tests.cast import as_owner

COUNT = 1_500


@pytest.fixture
def surge(empty: None) -> None:
    """Small lists of the three most populous cities."""
    with as_owner():
        generate(size=Size(registrations=COUNT), seed=1, years=1, municipalities=3, last=date(2026, 6, 10))


def ask(sql: str) -> list[tuple[object, ...]]:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_a_generated_surge_can_be_worked_on_as_one_that_was_registered_by_hand(surge: None) -> None:
    assert ask("select count(*), count(distinct organisation_id) from arrivals_registration") == [(COUNT, 3)]
    assert ask("select count(*) from persons_identity where subject = 'registration'") == [(COUNT,)]
    assert {state for (state,) in ask("select distinct state from arrivals_registration")} == {
        "registered", "checked", "released",
    }  # fmt: skip
    actor = actor_by_email("alle@messung.example")
    assert actor
    set_actor(actor.account_id)
    row = Registration.objects.visible_to(actor).order_by("pk")[0]
    assert row.match_keys == identity_numbers(compared(row, row.municipality_id))
    doubles = Registration.objects.visible_to(actor).with_finding(Finding.DUPLICATE).order_by("pk")
    pairs = [(each, found) for each in doubles for found in candidates_for(actor, compared(each, each.municipality_id))]
    likely = next((one, other.row) for one, other in pairs if one.family != other.row.family)
    assert merge(actor=actor, kept=likely[1], double=likely[0]).merged_into_id == likely[1].pk
    set_actor(None)
    assert not Registration.objects.exists()
