"""Money in the catalogue of figures: what is in force is quoted, and nobody learns a salary from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from kimwerk.access.actors import Actor
from kimwerk.directory.models import Municipality, Organisation
from kimwerk.finance.calculation.sharing import Bearer, ShareRole
from kimwerk.finance.models import CostPlan
from kimwerk.finance.services.plans import PlanFacts, PlanPostFacts, YearsTaken, change_plan, keep_plan_post
from kimwerk.finance.services.sharing import ContractFacts, ShareFacts, keep_contract, keep_share
from kimwerk.kernel.figures import ALL, FigureQuery, QueryError
from kimwerk.kernel.periods import Period
from kimwerk.reporting.catalogue import figure
from kimwerk.staffing.reckoning import PostKind
from tests.cast import Cast
from tests.finance.test_plans import a_plan, fiona

__all__ = ["fiona"]

Act = Callable[[Actor], Actor]
SPRING = Period.of_days(date(2022, 1, 1), date(2022, 4, 21))


def in_force(fiona: Actor, cast: Cast, *, people: int = 3) -> CostPlan:
    plan = a_plan(fiona, cast, people=people, years=2)
    facts = PlanFacts(plan.name, plan.title, plan.first_year, plan.last_year, is_in_force=True)
    return change_plan(actor=fiona, plan=plan, facts=facts)


def test_the_plan_in_force_is_quoted_with_all_its_years(fiona: Actor, cast: Cast, act_as: Act) -> None:
    in_force(fiona, cast)
    kim = act_as(cast.actor("kim"))
    table = figure("financial_effects").compute(kim, FigureQuery(SPRING, by=("finance_line", "year")))
    assert [member.key for member in table.axes[1].members] == ["2022", "2023"]
    sums = [member.key for member in table.axes[0].members if member.is_sum]
    assert sums == ["expenditure", "income", "balance"]
    assert table.cells["personnel", "2022"] == Decimal(180_000)
    assert table.cells["land", "2023"] == Decimal(-171_000)
    assert table.total == Decimal(51_000 + 45_000)
    by_year = figure("financial_effects").compute(kim, FigureQuery(SPRING, by=("year",)))
    assert by_year.cells == {("2022",): Decimal(51_000), ("2023",): Decimal(45_000)}
    balance = figure("programme_balance").compute(kim, FigureQuery(SPRING))
    assert balance.total == Decimal(51_000)
    cost, funding = (
        figure(key).compute(kim, FigureQuery(SPRING, by=("year",))).total
        for key in ("programme_expenditure", "programme_funding")
    )
    assert (cost, Decimal(str(cost)) - Decimal(str(funding))) == (Decimal(216_000), balance.total)
    both = Period.of_days(date(2022, 1, 1), date(2023, 12, 31))
    narrowed = FigureQuery(both, by=("year",), only={"year": ("2023",)})
    assert figure("programme_balance").compute(kim, narrowed).total == Decimal(45_000)
    with pytest.raises(QueryError):
        figure("programme_balance").compute(kim, FigureQuery(both, only={"year": ("2023",)}))
    elsewhere = FigureQuery(Period.year(2019), by=("finance_line", "year"))
    assert figure("financial_effects").compute(kim, elsewhere).total is None


def test_a_figure_tells_no_salary_and_nothing_to_strangers(fiona: Actor, cast: Cast, act_as: Act) -> None:
    in_force(fiona, cast, people=2)
    whole = FigureQuery(SPRING, by=("finance_line", "year"))
    assert figure("financial_effects").compute(act_as(cast.actor("fiona")), whole).cells
    for name in ("kim", "lena", "frieda", "klara"):
        reader = act_as(cast.actor(name))
        for key in ("financial_effects", "programme_balance", "programme_expenditure", "cost_by_bearer"):
            declared = figure(key)
            found = declared.compute(reader, FigureQuery(SPRING, by=declared.by))
            assert (dict(found.cells), found.total) == ({}, None)


def test_who_bears_what_is_counted_with_what_was_entered(fiona: Actor, cast: Cast, act_as: Act) -> None:
    plan = in_force(fiona, cast)
    facts = ShareFacts(2022, ShareRole.BEARS, Bearer.MUNICIPALITIES, "Büro", Decimal(9_700))
    keep_share(actor=fiona, plan=plan, facts=facts)
    found = figure("cost_by_bearer").compute(act_as(cast.actor("lena")), FigureQuery(SPRING, by=("bearer",)))
    assert found.cells["municipalities",] == Decimal(9_700)
    assert found.total == Decimal(216_000 + 9_700)


def test_one_plan_is_in_force_for_a_year(fiona: Actor, cast: Cast) -> None:
    in_force(fiona, cast)
    other = a_plan(fiona, cast, name="zweiter")
    with pytest.raises(YearsTaken):
        change_plan(actor=fiona, plan=other, facts=PlanFacts("zweiter", "Zweiter", 2023, 2024, is_in_force=True))


BY_YEAR = ("programme_balance", "programme_expenditure", "programme_funding")
BOTH_YEARS = Period.of_days(date(2022, 1, 1), date(2023, 12, 31))


def one_more(fiona: Actor, plan: CostPlan, share: str, cost: int, first: date = date(2022, 1, 1)) -> None:
    title = f"Stelle {plan.posts.count()}"
    facts = PlanPostFacts(
        title, "CM", PostKind.CASE_MANAGEMENT, Decimal(share), Decimal(share), first, yearly_cost=Decimal(cost)
    )
    keep_plan_post(actor=fiona, plan=plan, facts=facts)


def telling(actor: Actor, key: str, window: Period = BOTH_YEARS) -> frozenset[tuple[str, ...]] | None:
    declared = figure(key)
    return declared.compute(actor, FigureQuery(window, by=declared.by)).telling


def test_equal_posts_hide_each_other(fiona: Actor, cast: Cast, act_as: Act) -> None:
    in_force(fiona, cast)
    for name in ("fiona", "kim"):
        reader = act_as(cast.actor(name))
        assert {telling(reader, key) for key in (*BY_YEAR, "cost_by_bearer")} == {frozenset()}
    assert telling(act_as(cast.actor("kim")), "financial_effects") is None


def test_two_whole_posts_beside_a_small_one_tell_each_other_what_they_cost(
    fiona: Actor, cast: Cast, act_as: Act
) -> None:
    plan = in_force(fiona, cast, people=2)
    one_more(fiona, plan, "0.05", 3_000)
    for name in ("fiona", "kim"):
        reader = act_as(cast.actor(name))
        for key in BY_YEAR:
            assert telling(reader, key) == {("2022",), ("2023",), (ALL,)}
            assert figure(key).compute(reader, FigureQuery(SPRING)).telling == {()}
        assert telling(reader, "cost_by_bearer") == {("land",), ("county",), (ALL,)}


def test_only_the_year_that_tells_and_the_total_are_kept_back(fiona: Actor, cast: Cast) -> None:
    """In 2022 there are two posts; those who may read salaries see both years, the public the second one."""
    plan = in_force(fiona, cast, people=2)
    one_more(fiona, plan, "1", 60_000, first=date(2023, 1, 1))
    for key in BY_YEAR:
        assert telling(fiona, key) == {("2022",), (ALL,)}
        assert telling(fiona, key, Period.year(2023)) == frozenset()


def test_a_balance_tells_the_only_post_that_costs_more_than_is_paid_for_it(fiona: Actor, cast: Cast) -> None:
    plan = in_force(fiona, cast, people=1)
    for _number in range(3):
        one_more(fiona, plan, "1", 50_000)
    assert telling(fiona, "programme_balance") == {("2022",), ("2023",), (ALL,)}


def test_what_one_or_two_municipalities_bear_is_not_for_the_public(fiona: Actor, cast: Cast) -> None:
    plan, found = in_force(fiona, cast), []
    for municipality in Municipality.objects.filter(ags__startswith="05382")[:3]:
        facts = ShareFacts(2022, ShareRole.BEARS, Bearer.MUNICIPALITIES, "Büro", Decimal(9_700), municipality)
        keep_share(actor=fiona, plan=plan, facts=facts)
        found.append(telling(fiona, "cost_by_bearer", SPRING))
    assert found == [{("municipalities",), (ALL,)}, {("municipalities",), (ALL,)}, frozenset()]


def test_what_is_passed_on_to_a_single_employer_is_not_for_the_public(fiona: Actor, cast: Cast) -> None:
    plan = in_force(fiona, cast)
    recipient = Organisation.objects.get(pk=cast.organisations["Stadt Troisdorf"])
    facts = ContractFacts(
        recipient, PostKind.CASE_MANAGEMENT, Decimal(1), date(2022, 1, 1), Decimal(55_000), "W 1", date(2023, 12, 31)
    )
    keep_contract(actor=fiona, plan=plan, facts=facts)
    assert telling(fiona, "cost_by_bearer", SPRING) == {("land",), (ALL,)}
    assert telling(fiona, "programme_funding") == frozenset()
