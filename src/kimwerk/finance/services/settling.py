"""Writing down what lines come to that are computed from the cost of single posts."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Sum
from django.db.models.functions import ExtractMonth, ExtractYear

from kimwerk.access.actors import Actor
from kimwerk.finance.calculation.lines import Basis, Line, Side
from kimwerk.finance.models import BookedMonth, Booking, CostPlan, Scenario, SettledAmount
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
    _sum_bookings(plan, inputs, keys)


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


def sum_bookings(actor: Actor, plan: CostPlan) -> None:
    """Add up the bookings by line and month anew; the actor must see single costs."""
    _sum_bookings(plan, plan_inputs(actor, plan), {line.key: line.pk for line in plan.lines.all()})


def _sum_bookings(plan: CostPlan, inputs: PlanInputs, keys: dict[str, int]) -> None:
    lines = {keys[line.key]: line for line in inputs.lines}
    sums = (
        Booking.objects.filter(line__plan=plan)
        .order_by("line_id")
        .values_list("line_id", ExtractYear("booked_on"), ExtractMonth("booked_on"))
        .annotate(total=Sum("amount"))
    )
    BookedMonth.objects.filter(line__plan=plan).delete()
    BookedMonth.objects.bulk_create(
        BookedMonth(
            line_id=line_id, year=year, month=month, people=_covered(inputs, lines[line_id], year), amount=total
        )
        for line_id, year, month, total in sums
    )


def _covered(inputs: PlanInputs, line: Line, year: int) -> int:
    """How many people a line of personnel covers; 0 for lines that tell of nobody."""
    is_telling = line.basis in {Basis.POSTS, Basis.PERSONNEL_FUNDING} or (
        line.side is Side.EXPENDITURE and line.is_personnel
    )
    return inputs.given.heads(line, year) if is_telling else 0
