"""Posts that cost what the table of pay says: day by day, with rises, and never silently nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.finance.calculation.posts import Held, Pay, PayMissing, Rise, cost_in
from kimwerk.finance.models import Grade, PostCost
from kimwerk.finance.services.grades import GradeFacts, keep_grade
from kimwerk.kernel.fte import Fte
from kimwerk.kernel.money import Money
from kimwerk.kernel.periods import Period
from kimwerk.staffing.reckoning import PostKind
from tests.cast import Cast
from tests.finance.test_plans import a_plan, fiona, sums

__all__ = ["fiona"]

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]
CENTS = st.integers(0, 10**7).map(lambda cents: Money(Decimal(cents).scaleb(-2)))
DAYS = st.integers(0, 800).map(lambda days: date(2022, 1, 1) + timedelta(days=days))
RISES = st.lists(st.builds(Rise, DAYS, st.decimals(0, 9, places=2)), max_size=2).map(tuple)


def graded(pay: list[Pay], begins: date = date(2022, 1, 1), share: str = "1") -> Held:
    days = (Period(begins, date(2030, 1, 1)),)
    return Held("a", "Stelle 4711", "CM", PostKind.CASE_MANAGEMENT, Fte(share), days, grade="E 9c/3", pay=tuple(pay))


@given(yearly=CENTS, begins=DAYS, rises=RISES, year=st.integers(2022, 2025))
def test_one_entry_costs_what_the_same_amount_for_the_post_costs(
    yearly: Money, begins: date, rises: tuple[Rise, ...], year: int
) -> None:
    by_table = graded([Pay(date(2020, 1, 1), yearly)], begins)
    by_post = Held("b", "", "", by_table.kind, by_table.share, by_table.occupied, yearly)
    assert cost_in(by_table, year, rises) == cost_in(by_post, year, rises)


@given(yearly=CENTS, turn=DAYS, rises=RISES, year=st.integers(2022, 2025))
def test_an_entry_that_changes_nothing_changes_nothing_and_a_higher_one_costs_more(
    yearly: Money, turn: date, rises: tuple[Rise, ...], year: int
) -> None:
    first = Pay(date(2020, 1, 1), yearly)
    once, twice = graded([first]), graded([first, Pay(turn, yearly)])
    assert cost_in(once, year, rises) == cost_in(twice, year, rises)
    higher = cost_in(graded([first, Pay(turn, yearly + Money(1_200))]), year, rises)
    lower = cost_in(once, year, rises)
    assert higher is not None
    assert lower is not None
    assert higher >= lower


def test_half_a_post_costs_half_of_each_month() -> None:
    held = graded([Pay(date(2022, 1, 1), Money(60_000)), Pay(date(2022, 7, 1), Money(66_000))], share="0.5")
    assert cost_in(held, 2022) == Money(31_500)
    assert cost_in(held, 2023, (Rise(date(2023, 7, 1), Decimal(10)),)) == Money("34650.00")


def test_days_before_the_first_entry_are_refused_with_post_grade_and_year() -> None:
    held = graded([Pay(date(2022, 3, 1), Money(60_000))])
    with pytest.raises(PayMissing) as refused:
        cost_in(held, 2022)
    assert (refused.value.post, refused.value.grade, refused.value.year) == ("Stelle 4711", "E 9c/3", 2022)
    assert cost_in(held, 2023) == Money(60_000)


def test_posts_count_by_the_table_and_a_rise_computes_their_plans_anew(
    fiona: Actor, cast: Cast, act_as: Act, sign_in: SignIn
) -> None:
    plan = a_plan(fiona, cast, years=2)
    client = sign_in("fiona")
    entry = {"name": "E 9c", "valid_from": "2022-01-01", "source": "erfunden", "step_3": "66.000"}
    assert "Entgelttabelle" in client.post(reverse("finance:add_grade"), entry, follow=True).content.decode()
    again = client.post(reverse("finance:add_grade"), entry).content.decode()
    assert "steht ab diesem Tag schon in der Tabelle" in again
    post = plan.posts.get(title="Stelle 1")
    url = reverse("finance:post", args=[post.pk])
    sent = {
        "title": "Stelle 1", "group": "CM", "kind": "case_management", "share": "1", "post_share": "1",
        "first_day": "2022-01-01", "grade": "E 9c/3",
    }  # fmt: skip
    both = client.post(url, sent | {"yearly_cost": "60.000"}).content.decode()
    assert "eins von beiden" in both
    client.post(url, sent)
    act_as(fiona)
    assert sums(fiona, plan)["personnel"] == Decimal(186_000)
    home = cast.organisations["Rhein-Sieg-Kreis"]
    rise = GradeFacts("E 9c", date(2022, 7, 1), [None, None, Decimal(69_000)], "erfunden")
    keep_grade(actor=fiona, organisation_id=home, facts=rise)
    lena = act_as(cast.actor("lena"))
    assert sums(lena, plan)["personnel"] == Decimal(187_500)  # the sum that is kept for readers without salaries
    assert (Grade.objects.count(), PostCost.objects.count()) == (2, 0)
    body = sign_in("lena").get(reverse("finance:grades")).content.decode()
    assert "69.000,00" in body
    assert "Entgeltgruppe eintragen" not in body
    late = client.post(reverse("finance:grade", args=[Grade.objects.get(valid_from="2022-01-01").pk]),
                       entry | {"valid_from": "2022-02-01"})  # fmt: skip
    assert "Stelle 1: Für E 9c/3 hat die Entgelttabelle 2022 nicht vom ersten Tag an" in late.content.decode()
