"""Standing orders on their way into force."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.steering.models import Committee, OrdersStep, StandingOrders
from kimwerk.steering.services.committees import locked
from kimwerk.steering.services.refusing import refused_as_problems
from kimwerk.steering.types import OrdersStepKind, SteeringProblem, SteeringRefused

ORDER = tuple(OrdersStepKind)


@transaction.atomic
def draft_orders(
    *, actor: Actor, committee: Committee, text: str, reason: str = "", on_day: date, by: str = ""
) -> StandingOrders:
    """Begin a new version; the ones before stay as they are."""
    committee = locked(actor, committee)
    last = committee.orders.aggregate(last=Max("number"))["last"] or 0
    orders = StandingOrders.objects.create(committee=committee, number=last + 1, text=text, reason=reason)
    OrdersStep.objects.create(orders=orders, kind=OrdersStepKind.DRAFTED.value, on_day=on_day, by=by)
    record(actor=actor, action="orders.drafted", subject=orders)
    return orders


@transaction.atomic
def rewrite_orders(*, actor: Actor, orders: StandingOrders, text: str) -> StandingOrders:
    """Change the text of a version that is not adopted yet. Raises SteeringRefused."""
    locked(actor, orders.committee)
    orders.text = text
    with refused_as_problems():
        orders.save(update_fields=["text"])
    record(actor=actor, action="orders.rewritten", subject=orders)
    return orders


@transaction.atomic
def take_step(*, actor: Actor, orders: StandingOrders, kind: OrdersStepKind, on_day: date, by: str = "") -> OrdersStep:
    """Note that a version has taken a step. Steps lie in their order; one may be left out. Raises SteeringRefused."""
    locked(actor, orders.committee)
    for step in orders.steps.all():
        earlier, later = sorted((step.kind, kind), key=lambda each: ORDER.index(OrdersStepKind(each)))
        days = {step.kind: step.on_day, kind: on_day}
        if days[earlier] > days[later]:
            raise SteeringRefused(SteeringProblem.STEP_TOO_EARLY)
    step = OrdersStep(orders=orders, kind=kind.value, on_day=on_day, by=by)
    with refused_as_problems():
        step.save()
    record(actor=actor, action="orders.step_taken", subject=step)
    return step
