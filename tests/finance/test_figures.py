"""Money in the catalogue of figures: what is in force is quoted, and nobody learns a salary from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from kimwerk.access.actors import Actor
from kimwerk.finance.calculation.sharing import Bearer, ShareRole
from kimwerk.finance.models import CostPlan
from kimwerk.finance.services.plans import PlanFacts, YearsTaken, change_plan
from kimwerk.finance.services.sharing import ShareFacts, keep_share
from kimwerk.kernel.figures import FigureQuery, QueryError
from kimwerk.kernel.periods import Period
from kimwerk.reporting.catalogue import figure
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
