"""What the Land pays for one post, and why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from kimwerk.finance.calculation.funding import Award, Reason, award
from kimwerk.finance.calculation.posts import Held, Rise, cost_in
from kimwerk.finance.calculation.rules import Grant
from kimwerk.kernel.fte import Fte
from kimwerk.kernel.money import Money
from kimwerk.kernel.periods import Period
from kimwerk.staffing.reckoning import PostKind
from tests.finance.table_iii import euro, rule_book

ALWAYS = Period(date(2020, 1, 1), date(2030, 1, 1))


def held(
    kind: PostKind, share: str = "1", days: Period = ALWAYS, cost: str = "", elsewhere: tuple[Period, ...] = ()
) -> Held:
    yearly = euro(cost) if cost else None
    return Held("post", "Stelle", "", kind, Fte(share), (days,), yearly, funded_elsewhere=elsewhere)


def paid(post: Held, year: int, grant: Grant = Grant.PERSONNEL) -> Award:
    return award(post, grant, year, rule_book(), cost_in(post, year))


@pytest.mark.parametrize(
    ("kind", "share", "year", "amount"),
    [
        (PostKind.COORDINATION, "1", 2022, "55.000,00"),
        (PostKind.COORDINATION, "1", 2023, "57.000,00"),
        (PostKind.COORDINATION, "1", 2025, "57.000,00"),
        (PostKind.ASSISTANCE, "0.5", 2022, "22.500,00"),
        (PostKind.ASSISTANCE, "0.5", 2025, "22.500,00"),
        (PostKind.CASE_MANAGEMENT, "0.83", 2022, "45.650,00"),
        (PostKind.AUTHORITY, "0.5", 2020, "12.500,00"),  # six months of it
    ],
)
def test_the_ceiling_by_kind_and_year(kind: PostKind, share: str, year: int, amount: str) -> None:
    found = paid(held(kind, share), year)
    assert (found.paid, found.reason) == (euro(amount), Reason.COST_UNKNOWN)


@pytest.mark.parametrize(
    ("kind", "year", "amount"),
    [
        (PostKind.COORDINATION, 2022, "9.700,00"),
        (PostKind.COORDINATION, 2025, "5.700,00"),
        (PostKind.ASSISTANCE, 2022, "9.700,00"),
        (PostKind.CASE_MANAGEMENT, 2022, "0,00"),
        (PostKind.CASE_MANAGEMENT, 2025, "0,00"),
        (PostKind.AUTHORITY, 2020, "0,00"),
    ],
)
def test_workplaces_are_paid_for_the_first_module_only(kind: PostKind, year: int, amount: str) -> None:
    assert paid(held(kind), year, Grant.WORKPLACE).paid == euro(amount)


def test_a_share_below_one_half_gets_nothing_under_the_rules_of_2025() -> None:
    small = held(PostKind.CASE_MANAGEMENT, "0.38")
    assert (paid(small, 2025).paid, paid(small, 2025).reason) == (Money(0), Reason.BELOW_LEAST_SHARE)
    assert paid(small, 2022).paid == euro("20.900,00")


def test_a_post_shared_by_two_people_counts_as_a_whole_against_the_least_share() -> None:
    part = Held("part", "", "", PostKind.CASE_MANAGEMENT, Fte("0.38"), (ALWAYS,), post_share=Fte("1"))
    assert paid(part, 2025).paid == euro("21.660,00")


def test_the_lower_of_ceiling_and_cost_is_paid() -> None:
    assert paid(held(PostKind.COORDINATION, cost="54.999,99"), 2022).paid == euro("54.999,99")
    assert paid(held(PostKind.COORDINATION, cost="54.999,99"), 2022).reason is Reason.COST
    assert paid(held(PostKind.COORDINATION, cost="70.000"), 2022).paid == euro("55.000")
    assert paid(held(PostKind.COORDINATION, cost="70.000"), 2022).reason is Reason.CEILING


def test_a_month_that_is_occupied_in_part_counts_by_its_days() -> None:
    from_the_tenth = held(PostKind.COORDINATION, days=Period(date(2022, 1, 10), date(2023, 1, 1)))
    found = paid(from_the_tenth, 2022)
    assert found.steps[0].months == 11 + Fraction(22, 31)
    assert found.paid == euro("53.669,35")


def test_february_of_a_leap_year_has_a_day_more() -> None:
    half = Period(date(2020, 2, 1), date(2020, 2, 15))
    assert cost_in(held(PostKind.COORDINATION, days=half, cost="34.800"), 2020) == euro("1.400")
    shorter = Period(date(2022, 2, 1), date(2022, 2, 15))
    assert cost_in(held(PostKind.COORDINATION, days=shorter, cost="34.800"), 2022) == euro("1.450")


def test_what_another_programme_pays_is_not_paid_again() -> None:
    spring = Period(date(2022, 1, 1), date(2022, 7, 1))
    assert paid(held(PostKind.COORDINATION, elsewhere=(spring,)), 2022).paid == euro("27.500")
    found = paid(held(PostKind.COORDINATION, elsewhere=(ALWAYS,)), 2022)
    assert (found.paid, found.reason) == (Money(0), Reason.FUNDED_ELSEWHERE)


def test_a_year_without_a_rule_pays_nothing_and_says_so() -> None:
    found = paid(held(PostKind.COORDINATION), 2024)
    assert (found.paid, found.reason, found.unruled) == (Money(0), Reason.NO_RULE, 12)


def test_a_post_that_nobody_holds_that_year_gets_nothing() -> None:
    earlier = held(PostKind.COORDINATION, days=Period(date(2021, 1, 1), date(2022, 1, 1)))
    assert paid(earlier, 2022).reason is Reason.NOT_OCCUPIED


def test_a_rise_on_the_first_of_a_month_raises_the_months_from_it_on() -> None:
    post = held(PostKind.COORDINATION, cost="60.000")
    assert cost_in(post, 2022, (Rise(date(2022, 10, 1), Decimal(4)),)) == euro("60.600")
    assert cost_in(post, 2022, (Rise(date(2023, 1, 1), Decimal(4)),)) == euro("60.000")
