"""Committees with their seats and who holds them on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch

from kimwerk.access.actors import Actor
from kimwerk.steering.models import Committee, OrdersStep, Seat, StandingOrders, Term
from kimwerk.steering.types import OrdersStepKind


@dataclass(frozen=True, slots=True)
class CommitteeLine:
    """A committee in the list."""

    committee: Committee
    seats: int


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat with who holds it and who deputises on a day, and all that held it before or will."""

    seat: Seat
    member: Term | None
    deputy: Term | None


@dataclass(frozen=True, slots=True)
class OrdersLine:
    """A version of standing orders with the steps it has taken, in their order."""

    orders: StandingOrders
    steps: tuple[OrdersStep, ...]

    @property
    def adopted_on(self) -> date | None:
        """The day of adoption, if it came to it."""
        return next((step.on_day for step in self.steps if step.kind == OrdersStepKind.ADOPTED), None)


def committees_for(actor: Actor) -> list[CommitteeLine]:
    """All that the actor may read, those that still exist first. Two queries."""
    found = Committee.objects.visible_to(actor).select_related("successor").order_by("name")
    seats = dict(Seat.objects.visible_to(actor).given().values_list("committee").annotate(count=Count("pk")).order_by())
    lines = [CommitteeLine(each, seats.get(each.pk, 0)) for each in found]
    return sorted(lines, key=lambda line: line.committee.valid.upper is not None)


def seats_on(committee: Committee, day: date) -> list[SeatLine]:
    """The seats of a committee with their holders that day, the chair first. Two queries."""
    terms = Prefetch("terms", Term.objects.running(day).order_by("pk"), to_attr="running_terms")
    seats = committee.seats.given().select_related("organisation").prefetch_related(terms)
    return [_seat_line(seat) for seat in seats.order_by("-is_chair", "organisation__sort_key", "function")]


def _seat_line(seat: Seat) -> SeatLine:
    held: list[Term] = getattr(seat, "running_terms", [])
    member = next((term for term in held if not term.is_deputy), None)
    deputy = next((term for term in held if term.is_deputy), None)
    return SeatLine(seat, member, deputy)


def orders_of(committee: Committee) -> list[OrdersLine]:
    """All versions, newest first. Two queries."""
    steps = Prefetch("steps", OrdersStep.objects.order_by("on_day", "pk"))
    found = committee.orders.prefetch_related(steps).order_by("-number")
    return [OrdersLine(each, tuple(each.steps.all())) for each in found]


def orders_in_force(lines: list[OrdersLine], day: date) -> OrdersLine | None:
    """The newest version that was adopted by then."""
    return next((line for line in lines if line.adopted_on and line.adopted_on <= day), None)
