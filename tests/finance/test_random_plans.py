"""Random plans, recomputed in another way: day by day, in whole numbers, without any code of the program."""

from __future__ import annotations

import calendar
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import lcm

import pytest

from kimwerk.finance.calculation.funding import Reason, award
from kimwerk.finance.calculation.lines import Assumptions, Basis, Line, Side
from kimwerk.finance.calculation.posts import Held, Rise, cost_in
from kimwerk.finance.calculation.rules import FundingRule, Grant, RuleBook, RulesOverlap
from kimwerk.finance.calculation.table import YearTable, table_of
from kimwerk.kernel.fte import Fte
from kimwerk.kernel.money import Money, Rounding
from kimwerk.kernel.periods import Period
from kimwerk.staffing.reckoning import PostKind

PLANS = int(os.environ.get("KIMWERK_RANDOM_PLANS", "500"))
"""How many are compared; 10.000 take a minute."""

UNIT = 12 * lcm(28, 29, 30, 31)
"""One year, in parts of which every day of every month is a whole number."""


def weight(day: date) -> int:
    return UNIT // 12 // calendar.monthrange(day.year, day.month)[1]


def days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def cents(exact: Fraction, *, cut_off: bool = False) -> int:
    """Half up or cut off, for amounts that are not negative."""
    return int(exact * 100) if cut_off else int(exact * 100 + Fraction(1, 2))


def is_in(day: date, stretches: tuple[Period, ...]) -> bool:
    return any(stretch.start <= day < stretch.end for stretch in stretches)


@dataclass(frozen=True)
class Plan:
    year: int
    held: tuple[Held, ...]
    rules: tuple[FundingRule, ...]
    rises: tuple[Rise, ...]
    lines: tuple[Line, ...]


def random_period(rng: random.Random, year: int) -> Period:
    start = date(year - 1, 1, 1) + timedelta(days=rng.randrange(900))
    start = rng.choice([start, start.replace(day=1), date(year, 1, 1)])
    return Period(start, start + timedelta(days=rng.choice([1, 14, 28, 29, 31, 59, 90, 181, 365, 366, 800])))


def random_plan(rng: random.Random) -> Plan:
    year = rng.choice([2020, 2022, 2023, 2024, 2028, 2100])
    held = tuple(
        Held(
            key=f"p{number}",
            title="",
            group=rng.choice("AB"),
            kind=rng.choice(list(PostKind)),
            share=Fte(Decimal(rng.choice([25, 38, 50, 60, 75, 83, 100])) / 100),
            occupied=tuple(random_period(rng, year) for _ in range(rng.randint(0, 2))),
            yearly_cost=Money(Decimal(rng.randint(0, 9_000_000)) / 100) if rng.random() < 0.8 else None,
            funded_elsewhere=(random_period(rng, year),) if rng.random() < 0.2 else (),
        )
        for number in range(rng.randint(0, 5))
    )
    return Plan(year, held, tuple(random_rules(rng, year)), random_rises(rng, year), random_lines(rng, year))


def random_rules(rng: random.Random, year: int) -> Iterator[FundingRule]:
    for kind in PostKind:
        turn = date(year, rng.randint(1, 12), rng.randint(1, 28))
        for valid in (Period(date(year - 2, 1, 1), turn), Period(turn, date(year + 2, 1, 1))):
            if rng.random() < 0.8:
                yield FundingRule(
                    kind, Grant.PERSONNEL, valid, Money(Decimal(rng.randint(1, 6_000_000)) / 100), "",
                    per_share=Fte(rng.choice(["1", "0.5"])), least_share=Fte(rng.choice(["0", "0.5"])),
                )  # fmt: skip


def random_rises(rng: random.Random, year: int) -> tuple[Rise, ...]:
    return tuple(
        Rise(date(rng.choice([year - 1, year, year + 1]), rng.randint(1, 12), rng.randint(1, 28)),
             Decimal(rng.randint(0, 1_200)) / 100)
        for _ in range(rng.randint(0, 2))
    )  # fmt: skip


def random_lines(rng: random.Random, year: int) -> tuple[Line, ...]:
    def rate(most: int) -> dict[int, Decimal]:
        return {year: Decimal(rng.randint(0, most)) / 100}

    rounding = rng.choice(list(Rounding))
    return (
        Line("posts", "", Side.EXPENDITURE, Basis.POSTS, {}),
        Line("given", "", Side.EXPENDITURE, Basis.GIVEN, rate(50_000_000), is_personnel=True, rounding=rounding),
        Line("heads", "", Side.EXPENDITURE, Basis.PER_HEAD, rate(500_000), groups=frozenset("A")),
        Line("fte", "", Side.SHOWN, Basis.PER_FTE, rate(500_000), rounding=rounding),
        Line("percent", "", Side.EXPENDITURE, Basis.PERCENT, rate(4_000), of=("posts", "given"), rounding=rounding),
        Line("land", "", Side.INCOME, Basis.PERSONNEL_FUNDING, {}),
    )


def oracle(plan: Plan) -> dict[str, int]:
    """Every line in cents, computed from single days."""
    days = list(days_of(plan.year))
    factors = {day: Fraction(1) for day in days}
    for rise in plan.rises:
        for day in days:
            if day >= rise.since:
                factors[day] *= 1 + Fraction(rise.percent) / 100
    raised = {day: weight(day) * factors[day] for day in days}
    there = [held for held in plan.held if any(is_in(day, held.occupied) for day in days)]
    costs = {
        held.key: cents(
            Fraction(held.yearly_cost.amount) * sum(raised[d] for d in days if is_in(d, held.occupied)) / UNIT
        )
        for held in there
        if held.yearly_cost is not None
    }
    rates = {line.key: Fraction(line.rates[plan.year]) for line in plan.lines if line.rates}
    cut = {line.key: line.rounding is Rounding.CUT_OFF for line in plan.lines}
    given = cents(rates["given"] * sum(raised.values()) / UNIT, cut_off=cut["given"])
    posts = sum(costs.values())
    return {
        "posts": posts,
        "given": given,
        "heads": cents(rates["heads"] * sum(1 for held in there if held.group == "A")),
        "fte": cents(rates["fte"] * sum(Fraction(held.share.posts) for held in there), cut_off=cut["fte"]),
        "percent": cents(Fraction(posts + given, 100) * rates["percent"] / 100, cut_off=cut["percent"]),
        "land": sum(min(paid_at_most(plan, held, days), costs.get(held.key, 10**15)) for held in there),
    }


def paid_at_most(plan: Plan, held: Held, days: list[date]) -> int:
    ceiling = Fraction(0)
    for rule in plan.rules:
        if rule.kind is held.kind and held.share.posts >= rule.least_share.posts:
            yearly = Fraction(rule.ceiling.amount) * Fraction(held.share.posts) / Fraction(rule.per_share.posts)
            paid_days = [
                day
                for day in days
                if is_in(day, held.occupied)
                and not is_in(day, held.funded_elsewhere)
                and rule.valid.start <= day < rule.valid.end
            ]
            ceiling += yearly * sum(map(weight, paid_days)) / UNIT
    return cents(ceiling)


def computed(plan: Plan) -> YearTable:
    return table_of(plan.year, plan.lines, Assumptions(plan.held, RuleBook(plan.rules), plan.rises))


def test_random_plans_agree_with_a_computation_day_by_day() -> None:
    rng = random.Random("plans")  # noqa: S311  # reproducible, not secret
    for _ in range(PLANS):
        plan = random_plan(rng)
        table = computed(plan)
        assert {amount.line.key: int(amount.amount.amount * 100) for amount in table.amounts} == oracle(plan)
        check_laws(plan, table)


def check_laws(plan: Plan, table: YearTable) -> None:
    """What holds for every plan, whatever its numbers."""
    spent = [amount.amount for amount in table.amounts if amount.line.side is Side.EXPENDITURE]
    assert table.expenditure == Money.sum(spent)
    assert table.balance == table.expenditure - table.income
    awards = [
        award(held, Grant.PERSONNEL, plan.year, RuleBook(plan.rules), cost_in(held, plan.year, plan.rises))
        for held in table.counted
    ]
    assert table.amount("land").amount == Money.sum(each.paid for each in awards)
    for each in awards:
        assert each.paid <= each.ceiling
        assert each.cost is None or each.paid <= each.cost
        assert each.paid == (each.ceiling if each.cost is None else min(each.ceiling, each.cost))
        assert sum(step.months for step in each.steps) + each.unruled <= 12
        if each.reason in {Reason.NO_RULE, Reason.NOT_OCCUPIED, Reason.FUNDED_ELSEWHERE, Reason.BELOW_LEAST_SHARE}:
            assert each.paid == Money(0)


def test_more_never_pays_less() -> None:
    """Monotony: a longer occupancy, a larger share or a higher ceiling never lowers what is paid."""
    rng = random.Random("monotony")  # noqa: S311  # reproducible, not secret
    for _ in range(500):
        plan = random_plan(rng)
        more = Plan(
            plan.year,
            tuple(
                Held(
                    held.key, "", held.group, held.kind, Fte(min(held.share.posts * 2, Decimal(1))),
                    tuple(Period(stretch.start, stretch.end + timedelta(days=40)) for stretch in held.occupied),
                    held.yearly_cost and Money(held.yearly_cost.amount * 2),
                )
                for held in plan.held
            ),
            plan.rules, plan.rises, plan.lines,
        )  # fmt: skip
        assert computed(more).amount("land").amount >= computed(plan).amount("land").amount
        assert computed(more).amount("posts").amount >= computed(plan).amount("posts").amount


def test_two_rules_for_the_same_day_are_refused() -> None:
    def rule(first: int, last: int) -> FundingRule:
        valid = Period(date(first, 1, 1), date(last, 1, 1))
        return FundingRule(PostKind.COORDINATION, Grant.PERSONNEL, valid, Money(55_000), "")

    RuleBook((rule(2020, 2023), rule(2023, 2024)))
    with pytest.raises(RulesOverlap):
        RuleBook((rule(2020, 2023), rule(2022, 2024)))
