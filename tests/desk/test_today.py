"""My day: the quick entry for those who keep a diary, the team in numbers for whoever reads it, and no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kimwerk.access.actors import Actor
from kimwerk.activities.due import due_items
from tests.activities.diary import stands
from tests.cast import Cast

SignIn = Callable[[str], Client]
Act = Callable[[Actor], Actor]


def page_of(client: Client) -> str:
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("character", ["frieda", "karin", "kim", "anton", "klaus"])
def test_who_keeps_a_diary_finds_the_quick_entry_on_top(character: str, cast: Cast, sign_in: SignIn) -> None:
    assert 'id="quick-line"' in page_of(sign_in(character))


@pytest.mark.parametrize("character", ["lena", "fiona", "arno", "tina", "stefan", "doris", "sam"])
def test_everybody_else_is_told_that_nothing_waits(character: str, cast: Cast, sign_in: SignIn) -> None:
    page = page_of(sign_in(character))
    assert 'id="quick-line"' not in page
    assert "Nichts wartet auf Sie" in page


def test_the_team_is_counted_for_the_coordination_alone(cast: Cast, sign_in: SignIn) -> None:
    stands(cast, "mehmet", count=3, day=timezone.localdate())
    assert "Mehmet Muster" in page_of(sign_in("karin"))
    assert "Mehmet Muster" not in page_of(sign_in("frieda"))
    assert "Mehmet Muster" not in page_of(sign_in("klara"))


def test_my_day_takes_the_same_few_queries_however_much_was_done(
    cast: Cast, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    stands(cast, count=40, day=timezone.localdate())
    client = sign_in("frieda")
    page_of(client)
    with django_assert_max_num_queries(36):
        page_of(client)


def test_a_working_day_without_an_entry_is_remembered(cast: Cast, act_as: Act) -> None:
    today = timezone.localdate()
    frieda = act_as(cast.actor("frieda"))
    assert due_items(frieda) == ()
    working = [day for day in (today - timedelta(days=back) for back in range(1, 8)) if day.weekday() < 5]
    stands(cast, day=working[0])
    act_as(frieda)
    assert [item.due_on for item in due_items(frieda)] == sorted(working[1:])
