"""Writing down what lines come to that are computed from the cost of single posts."""

from __future__ import annotations

from collections.abc import Iterator

from kimwerk.access.actors import Actor
from kimwerk.finance.models import CostPlan, Scenario, SettledAmount
from kimwerk.finance.selectors.plans import PlanInputs, plan_inputs


def settle(actor: Actor, plan: CostPlan) -> None:
    """Compute the plan and its scenarios anew, and keep the sums; the actor must see single costs.

    RateMissing or UnknownLine where the plan cannot be computed; then the errand that called is undone.
    """
    inputs = plan_inputs(actor, plan)
    keys = {line.key: line.pk for line in plan.lines.all()}
    SettledAmount.objects.filter(line__plan=plan).delete()
    SettledAmount.objects.bulk_create(
        row for scenario in (None, *inputs.scenarios) for row in _rows(inputs, scenario, keys)
    )


def _rows(inputs: PlanInputs, scenario: Scenario | None, keys: dict[str, int]) -> Iterator[SettledAmount]:
    for table in inputs.tables(scenario):
        for amount in table.amounts:
            if not amount.line.basis.needs_rate:
                yield SettledAmount(
                    line_id=keys[amount.line.key],
                    scenario=scenario,
                    year=table.year,
                    people=int(amount.quantity or 0),
                    amount=amount.amount.amount,
                )
