"""Who holds which share of a post: beginning, changing, ending."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.kernel.fte import Fte
from kimwerk.kernel.periods import ONE_DAY, Period
from kimwerk.staffing.models import Employee, Occupancy, Post
from kimwerk.staffing.reckoning import Stint, first_excess
from kimwerk.staffing.selectors.posts import stint_of
from kimwerk.staffing.types import OccupancyProblem


class OccupancyRefused(Exception):
    """Somebody cannot hold a post like this. `day` and `share` tell since when it would be too much, and how much."""

    def __init__(self, problem: OccupancyProblem, day: date | None = None, share: Fte | None = None) -> None:
        super().__init__(problem.value)
        self.problem, self.day, self.share = problem, day, share


_BY_CONSTRAINT = {
    "occupancy_is_at_most_full_time": OccupancyProblem.OVER_FULL_TIME,
    "occupancy_is_at_most_the_post": OccupancyProblem.OVER_POST,
    "occupancy_lies_within_the_post": OccupancyProblem.OUTSIDE_POST,
    "occupancy_is_held_once_at_a_time": OccupancyProblem.TWICE,
}


@dataclass(frozen=True, slots=True)
class OccupancyFacts:
    """What is agreed: how much of a post, from when to when, and until when the contract runs."""

    share: Decimal
    first_day: date
    last_day: date | None = None
    contract_ends_on: date | None = None


@transaction.atomic
def occupy(*, actor: Actor, post: Post, employee: Employee, facts: OccupancyFacts) -> Occupancy:
    """Give somebody a share of a post."""
    post = Post.objects.kept_by(actor).select_for_update(of=("self",)).get(pk=post.pk)
    employee = Employee.objects.kept_by(actor).get(pk=employee.pk)
    occupancy = Occupancy(post=post, employee=employee)
    _take_over(occupancy, facts)
    record(actor=actor, action="post.occupied", subject=occupancy)
    return occupancy


@transaction.atomic
def change_occupancy(*, actor: Actor, occupancy: Occupancy, facts: OccupancyFacts) -> Occupancy:
    """Correct what is agreed. A change of hours from a day on is an end and a new occupancy."""
    occupancy = _locked(actor, occupancy)
    _take_over(occupancy, facts)
    record(actor=actor, action="post.occupancy_changed", subject=occupancy)
    return occupancy


@transaction.atomic
def change_hours(*, actor: Actor, occupancy: Occupancy, share: Decimal, since: date) -> Occupancy:
    """From a day on another share: the occupancy ends before it, and another one follows until the same end."""
    occupancy = _locked(actor, occupancy)
    before = occupancy.days
    if before.lower is None or since <= before.lower or (before.upper is not None and since >= before.upper):
        raise OccupancyRefused(OccupancyProblem.ENDS_BEFORE)
    occupancy.days = DateRange(before.lower, since)
    occupancy.save(update_fields=["days"])
    following = Occupancy(
        post_id=occupancy.post_id, employee_id=occupancy.employee_id, contract_ends_on=occupancy.contract_ends_on
    )
    last_day = before.upper - ONE_DAY if before.upper else None
    _take_over(following, OccupancyFacts(share, since, last_day, occupancy.contract_ends_on))
    record(actor=actor, action="post.hours_changed", subject=following)
    return following


@transaction.atomic
def remove_occupancy(*, actor: Actor, occupancy: Occupancy) -> None:
    """Take out what was entered by mistake; who leaves gets a last day instead."""
    occupancy = _locked(actor, occupancy)
    record(actor=actor, action="post.occupancy_removed", subject=occupancy)
    occupancy.delete()


def _locked(actor: Actor, occupancy: Occupancy) -> Occupancy:
    return Occupancy.objects.kept_by(actor).select_for_update(of=("self",)).get(pk=occupancy.pk)


def _take_over(occupancy: Occupancy, facts: OccupancyFacts) -> None:
    if facts.last_day is not None and facts.last_day < facts.first_day:
        raise OccupancyRefused(OccupancyProblem.ENDS_BEFORE)
    contract = facts.contract_ends_on
    if contract is not None and (facts.last_day is None or facts.last_day > contract):
        raise OccupancyRefused(OccupancyProblem.CONTRACT_BEFORE)
    occupancy.share, occupancy.contract_ends_on = facts.share, contract
    occupancy.days = DateRange(facts.first_day, facts.last_day + ONE_DAY if facts.last_day else None)
    with _refused_as_problems(occupancy):
        occupancy.save()


@contextmanager
def _refused_as_problems(occupancy: Occupancy) -> Iterator[None]:
    """Turn the database's refusal into OccupancyRefused, with the first day on which it would be too much."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        if constraint not in _BY_CONSTRAINT:
            raise
        problem = _BY_CONSTRAINT[constraint]
        day, share = _excess(occupancy, problem)
        raise OccupancyRefused(problem, day, share) from error


def _excess(occupancy: Occupancy, problem: OccupancyProblem) -> tuple[date | None, Fte | None]:
    if problem is OccupancyProblem.OVER_FULL_TIME:
        others, limit = Occupancy.objects.filter(employee=occupancy.employee_id), Fte(1)
    elif problem is OccupancyProblem.OVER_POST:
        others, limit = Occupancy.objects.filter(post=occupancy.post_id), occupancy.post.fte
    else:
        return None, None
    stints = [stint_of(other) for other in others.exclude(pk=occupancy.pk)]
    wanted = Stint(occupancy.fte, Period(occupancy.days.lower, occupancy.days.upper or date.max))
    return first_excess([*stints, wanted], limit) or (None, None)
