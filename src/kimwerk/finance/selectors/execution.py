"""A year of a plan with what was booked."""

from __future__ import annotations

from kimwerk.finance.calculation.execution import Execution, execution_of
from kimwerk.finance.models import BookedMonth
from kimwerk.finance.selectors.plans import PlanInputs
from kimwerk.kernel.money import Money


def execution(inputs: PlanInputs, year: int) -> Execution:
    """The execution as far as this reader may see it; one query. A year outside the plan is a KeyError."""
    tables = {table.year: table for table in inputs.tables()}
    rows = BookedMonth.objects.filter(line__plan=inputs.plan, year=year).values_list("line__key", "month", "amount")
    return execution_of(tables[year], {(key, month): Money(amount) for key, month, amount in rows})
