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
    settle_inputs(plan_inputs(actor, plan))


def settle_inputs(inputs: PlanInputs) -> None:
    """The same from inputs that hold the cost of every post, whoever read them."""
    SettledAmount.objects.filter(line__plan=inputs.plan).delete()
    SettledAmount.objects.bulk_create(row for scenario in (None, *inputs.scenarios) for row in _rows(inputs, scenario))
    _sum_bookings(inputs)


def settle_scenario(actor: Actor, scenario: Scenario) -> None:
    """Compute one scenario anew: nothing else hangs on it. As with `settle`, the actor must see single costs."""
    SettledAmount.objects.filter(scenario=scenario).delete()
    SettledAmount.objects.bulk_create(_rows(plan_inputs(actor, scenario.plan), scenario))


def _rows(inputs: PlanInputs, scenario: Scenario | None) -> Iterator[SettledAmount]:
    for table in inputs.tables(scenario):
        for amount in table.amounts:
            if not amount.line.basis.needs_rate:
                yield SettledAmount(
                    line_id=inputs.numbers[amount.line.key],
                    scenario=scenario,
                    year=table.year,
                    people=int(amount.quantity or 0),
                    amount=amount.amount.amount,
                )


def sum_bookings(actor: Actor, plan: CostPlan) -> None:
    """Add up the bookings by line and month anew; the actor must see single costs."""
    _sum_bookings(plan_inputs(actor, plan))


def _sum_bookings(inputs: PlanInputs) -> None:
    lines = {inputs.numbers[line.key]: line for line in inputs.lines}
    sums = (
        Booking.objects.filter(line__plan=inputs.plan)
        .order_by("line_id")
        .values_list("line_id", ExtractYear("booked_on"), ExtractMonth("booked_on"))
        .annotate(total=Sum("amount"))
    )
    BookedMonth.objects.filter(line__plan=inputs.plan).delete()
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
