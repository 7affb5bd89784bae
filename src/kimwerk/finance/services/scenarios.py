"""Keeping scenarios of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.finance.models import CostPlan, PlanPost, Scenario
from kimwerk.finance.services.plans import NameTaken, locked_plan
from kimwerk.finance.services.settling import settle_scenario
from kimwerk.kernel.periods import ONE_DAY
from kimwerk.staffing.reckoning import PostKind


@dataclass(frozen=True, slots=True)
class ScenarioFacts:
    """What is assumed otherwise; None and empty stay as the plan has them."""

    name: str
    tariff_percent: Decimal | None = None
    tariff_since: date | None = None
    ceiling_coordination: Decimal | None = None
    ceiling_case_management: Decimal | None = None
    rate_line: str = ""
    rate: Decimal | None = None
    vacant_post: PlanPost | None = None
    vacant_from: date | None = None
    vacant_until: date | None = None
    removed_post: PlanPost | None = None
    extra_kind: PostKind | None = None
    extra_group: str = ""
    extra_share: Decimal | None = None
    extra_cost: Decimal | None = None
    is_full_year: bool = False


@transaction.atomic
def keep_scenario(*, actor: Actor, plan: CostPlan, facts: ScenarioFacts, scenario: Scenario | None = None) -> Scenario:
    """Enter a scenario, or change one."""
    plan = locked_plan(actor, plan)
    scenario = scenario or Scenario(plan=plan)
    for name in (
        "name", "tariff_percent", "tariff_since", "ceiling_coordination", "ceiling_case_management", "rate_line",
        "rate", "vacant_post", "removed_post", "extra_group", "extra_share", "extra_cost", "is_full_year",
    ):  # fmt: skip
        setattr(scenario, name, getattr(facts, name))
    scenario.extra_kind = facts.extra_kind.value if facts.extra_kind else ""
    scenario.vacant = _days(facts.vacant_from, facts.vacant_until) if facts.vacant_post else None
    try:
        with transaction.atomic():
            scenario.save()
    except IntegrityError as error:
        if "scenario_name_is_unique" not in str(error):
            raise
        raise NameTaken from error
    settle_scenario(actor, scenario)
    record(actor=actor, action="scenario.kept", subject=scenario)
    return scenario


@transaction.atomic
def remove_scenario(*, actor: Actor, scenario: Scenario) -> None:
    """Give a scenario up."""
    locked_plan(actor, scenario.plan)
    record(actor=actor, action="scenario.removed", subject=scenario)
    scenario.delete()


def _days(first: date | None, last: date | None) -> DateRange:
    return DateRange(first, last + ONE_DAY if last else None)
