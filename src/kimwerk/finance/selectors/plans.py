"""From a plan in the database to its tables, in the plan's own shape and in every scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.audit.services import record_read
from kimwerk.finance.calculation.lines import Assumptions, Basis, Line, Side
from kimwerk.finance.calculation.posts import Held, Pay, Rise
from kimwerk.finance.calculation.scenarios import Changes, tables_of
from kimwerk.finance.calculation.table import YearTable
from kimwerk.finance.calculation.telling import is_personnel_cost, tells_a_post
from kimwerk.finance.models import CostPlan, Grade, PlanLine, PlanPost, PostCost, Scenario, SettledAmount
from kimwerk.finance.selectors.rules import rule_book
from kimwerk.kernel.fte import Fte
from kimwerk.kernel.money import Money
from kimwerk.kernel.periods import Period
from kimwerk.kernel.rounding import Rounding
from kimwerk.staffing.reckoning import PostKind
from kimwerk.staffing.selectors.paging import KeyPage, page_behind
from kimwerk.staffing.selectors.posts import FOREVER, period_of

FEWEST_PEOPLE = 3
"""A personnel line over fewer people tells what a single one costs."""


@dataclass(frozen=True)
class PlanInputs:
    """A plan as the calculation takes it. `may_see_costs` says whether the cost of single posts is in it.

    `numbers` are the primary keys of the lines by their keys.
    """

    plan: CostPlan
    lines: tuple[Line, ...]
    numbers: Mapping[str, int]
    given: Assumptions
    scenarios: tuple[Scenario, ...]
    settled: Mapping[int | None, Mapping[tuple[str, int], Money]]
    may_see_costs: bool

    def tables(self, scenario: Scenario | None = None) -> tuple[YearTable, ...]:
        """All years of the plan, or of a scenario of it."""
        return tables_of(
            self.plan.years, self.lines, self.assumed(scenario), changes_of(scenario) if scenario else None
        )

    def assumed(self, scenario: Scenario | None = None) -> Assumptions:
        """The assumptions with what is settled for the plan or the scenario, where single costs may not be seen."""
        if self.may_see_costs:
            return self.given
        settled = self.settled.get(scenario.pk if scenario else None, {})
        return Assumptions(self.given.held, self.given.rules, self.given.rises, settled)

    @cached_property
    def is_telling(self) -> bool:
        """Whether a line of personnel covers fewer than three people, so that its amount is somebody's salary."""
        return any(
            0 < self.given.heads(line, year) < FEWEST_PEOPLE
            for line in self.lines
            if line.basis is Basis.PERSONNEL_FUNDING or is_personnel_cost(line)
            for year in self.plan.years
        )

    def tells_a_post(self, year: int) -> bool:
        """Whether the sums of the year would tell the public what a single post costs, whoever reads them here."""
        return tells_a_post(self.lines, self.given, year)

    @property
    def shows_lines(self) -> bool:
        """Whether the reader may see the amounts of single lines."""
        return self.may_see_costs or not self.is_telling


def plans_of(actor: Actor) -> list[CostPlan]:
    """The plans the actor may read, the latest first."""
    return list(CostPlan.objects.visible_to(actor).select_related("organisation").order_by("-first_year", "name"))


def plans_page(actor: Actor, behind: int | None) -> KeyPage[CostPlan]:
    """A page of them, behind the plan of that number."""
    plans = CostPlan.objects.visible_to(actor).select_related("organisation")
    return page_behind(plans, ("-first_year", "name"), behind)


def plan_inputs(actor: Actor, plan: CostPlan) -> PlanInputs:
    """The plan with all it is computed from. Who sees the cost of single posts is recorded."""
    inputs = inputs_of(plan, with_costs=actor.can_at(Permission.SALARY_READ, plan.organisation_id))
    seen = sum(held.is_cost_known for held in inputs.given.held)
    if seen:
        record_read(actor=actor, subject_type=PostCost._meta.db_table, subject_id=f"plan {plan.pk}", amount=seen)
    return inputs


def inputs_of(plan: CostPlan, *, with_costs: bool) -> PlanInputs:
    """The same, for whoever has been asked already whether they may read what single posts cost."""
    costs = {cost.post_id: cost for cost in PostCost.objects.filter(post__plan=plan)} if with_costs else {}
    pay = pay_by_grade(plan.organisation_id) if any(cost.grade for cost in costs.values()) else {}
    posts = plan.posts.order_by("group", "title")
    lines = tuple(plan.lines.prefetch_related("rates").order_by("position", "pk"))
    return PlanInputs(
        plan=plan,
        lines=tuple(map(line_of, lines)),
        numbers={line.key: line.pk for line in lines},
        given=Assumptions(tuple(held_of(post, costs.get(post.pk), pay) for post in posts), rule_book()),
        scenarios=tuple(_scenarios(plan)),
        settled={} if with_costs else _settled(plan),
        may_see_costs=with_costs,
    )


def _scenarios(plan: CostPlan) -> Iterator[Scenario]:
    for scenario in plan.scenarios.order_by("pk"):
        scenario.plan = plan  # not asked for again by each scenario
        yield scenario


def _settled(plan: CostPlan) -> Mapping[int | None, Mapping[tuple[str, int], Money]]:
    found: dict[int | None, dict[tuple[str, int], Money]] = {}
    rows = SettledAmount.objects.filter(line__plan=plan).values_list("scenario_id", "line__key", "year", "amount")
    for scenario_id, key, year, amount in rows:
        found.setdefault(scenario_id, {})[key, year] = Money(amount)
    return found


PayByGrade = Mapping[tuple[str, int], tuple[Pay, ...]]


def pay_by_grade(organisation_id: int) -> PayByGrade:
    """The organisation's table of pay by grade and step, the earliest entry first; one query."""
    found: dict[tuple[str, int], list[Pay]] = {}
    for grade in Grade.objects.filter(organisation=organisation_id).order_by("name", "valid_from"):
        for step, yearly in enumerate(grade.steps, start=1):
            if yearly is not None:
                found.setdefault((grade.name, step), []).append(Pay(grade.valid_from, Money(yearly)))
    return {key: tuple(pays) for key, pays in found.items()}


def held_of(post: PlanPost, cost: PostCost | None, pay: PayByGrade) -> Held:
    """A share of a post as the calculation takes it."""
    return Held(
        key=str(post.pk),
        title=post.title,
        group=post.group,
        kind=PostKind(post.kind),
        share=Fte(post.share),
        occupied=(period_of(post.occupied),),
        yearly_cost=Money(cost.yearly) if cost is not None and cost.yearly is not None else None,
        post_share=Fte(post.post_share),
        funded_elsewhere=(period_of(post.funded_elsewhere),) if post.funded_elsewhere else (),
        grade=grade_text(cost.grade, cost.step) if cost is not None and cost.step is not None else "",
        pay=pay.get((cost.grade, cost.step), ()) if cost is not None and cost.step is not None else (),
    )


def grade_text(grade: str, step: int) -> str:
    """A grade with its step, as tables of pay write it: "E 9c/3"."""
    return f"{grade}/{step}"


def titles_of(plan: CostPlan) -> Mapping[str, str]:
    """The titles of the plan's lines by their keys."""
    return dict(plan.lines.values_list("key", "title"))


def line_of(line: PlanLine) -> Line:
    """A line as the calculation takes it."""
    return Line(
        key=line.key,
        title=line.title,
        side=Side(line.side),
        basis=Basis(line.basis),
        rates={rate.year: rate.value for rate in line.rates.all()},
        source=line.source,
        rounding=Rounding(line.rounding),
        groups=frozenset(line.groups),
        of=tuple(line.of),
        is_personnel=line.is_personnel,
    )


def changes_of(scenario: Scenario) -> Changes:
    """What a scenario changes."""
    ceilings = {
        PostKind.COORDINATION: scenario.ceiling_coordination,
        PostKind.CASE_MANAGEMENT: scenario.ceiling_case_management,
    }
    return Changes(
        rises=(Rise(scenario.tariff_since, scenario.tariff_percent),)
        if scenario.tariff_since and scenario.tariff_percent is not None
        else (),
        ceilings={kind: Money(ceiling) for kind, ceiling in ceilings.items() if ceiling is not None},
        rates={scenario.rate_line: scenario.rate} if scenario.rate is not None else {},
        vacant={str(scenario.vacant_post_id): (period_of(scenario.vacant),)} if scenario.vacant else {},
        removed=frozenset({str(scenario.removed_post_id)} if scenario.removed_post_id else ()),
        added=_added(scenario),
        is_full_year=scenario.is_full_year,
    )


def _added(scenario: Scenario) -> tuple[Held, ...]:
    if not scenario.extra_kind or scenario.extra_share is None:
        return ()
    return (
        Held(
            key=f"extra-{scenario.pk}",
            title=scenario.name,
            group=scenario.extra_group,
            kind=PostKind(scenario.extra_kind),
            share=Fte(scenario.extra_share),
            occupied=(Period(Period.year(scenario.plan.first_year).start, FOREVER),),
            yearly_cost=None if scenario.extra_cost is None else Money(scenario.extra_cost),
        ),
    )
