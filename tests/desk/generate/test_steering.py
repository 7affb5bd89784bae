"""Generated committees, needs and events: so many as were asked for, each body's its own, read as any others."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from kimwerk.access.walls import set_actor
from kimwerk.accounts.selectors import actor_by_email
from kimwerk.desk.generate.load import Size, generate
from kimwerk.needs.models import Need
from kimwerk.needs.selectors.register import similar_to
from kimwerk.steering.models import Meeting
from kimwerk.steering.selectors.goals import goals_for
from tests.cast import as_owner

SIZE = Size(meetings=48, resolutions=120, needs=300, encounters=500)


@pytest.fixture
def generated(empty: None) -> None:
    """Three cities."""
    with as_owner():
        generate(size=SIZE, seed=1, years=3, municipalities=3, last=date(2026, 6, 10))


def ask(sql: str) -> list[tuple[object, ...]]:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_there_is_as_much_as_was_asked_for_and_each_body_reads_its_own(generated: None) -> None:
    for table, count in (
        ("steering_meeting", 48),
        ("steering_resolution", 120),
        ("needs_need", 300),
        ("network_encounter", 500),
    ):
        assert ask(f"select count(*) from {table}") == [(count,)]
    assert ask("select count(distinct organisation_id) from needs_need") == [(3,)]
    assert ask("select count(distinct organisation_id) from network_encounter") == [(3,)]
    assert ask("select count(*) from network_supply") == ask("select count(*) from network_publication") == [(20,)]
    assert ask("select count(*) from steering_resolution where number > 500") == [(0,)]
    everybody = actor_by_email("alle@messung.example")
    assert everybody
    set_actor(everybody.account_id)
    assert Meeting.objects.visible_to(everybody).count() == 48
    assert len(goals_for(everybody)) == 3
    need = Need.objects.visible_to(everybody).order_by("pk")[0]
    assert need.organisation_id in {each.organisation_id for each in similar_to(everybody, need)}
    set_actor(None)
    assert not Need.objects.exists()
