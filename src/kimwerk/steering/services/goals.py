"""Keeping goals, measures and indicators, and counting what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.audit.services import record
from kimwerk.kernel.figures import QueryError, Value
from kimwerk.kernel.periods import Period
from kimwerk.needs.models import Gap
from kimwerk.needs.services import move_gap
from kimwerk.needs.types import NEXT, GapState
from kimwerk.steering.measuring import known_figures, total_of
from kimwerk.steering.models import Goal, Indicator, Measure, Reading, Resolution
from kimwerk.steering.services.refusing import refused_as_problems
from kimwerk.steering.types import (
    Aim,
    GoalFacts,
    GoalKind,
    IndicatorFacts,
    MeasureFacts,
    SteeringProblem,
    SteeringRefused,
    Turn,
    WorkState,
)

ABOVE = {GoalKind.ROOF: None, GoalKind.GUIDING: GoalKind.ROOF, GoalKind.ACTION: GoalKind.GUIDING}
"""Under which kind of goal each kind stands."""


@transaction.atomic
def keep_goal(*, actor: Actor, organisation_id: int, facts: GoalFacts, goal: Goal | None = None) -> Goal:
    """Set a goal, or correct one. Raises SteeringRefused where it stands under one of a wrong kind."""
    home = goal.organisation_id if goal else organisation_id
    if not actor.can_at(Permission.STEERING_MANAGE, home):
        raise PermissionDenied
    parent = _parent(actor, home, facts)
    goal = goal or Goal(organisation_id=home, position=_last_place(home, parent) + 1)
    goal.kind, goal.title, goal.text, goal.parent = facts.kind.value, facts.title, facts.text, parent
    goal.resolution = _resolution(actor, facts.resolution_id)
    with refused_as_problems():
        goal.save()
    record(actor=actor, action="goal.kept", subject=goal)
    return goal


@transaction.atomic
def keep_measure(*, actor: Actor, goal: Goal, facts: MeasureFacts, measure: Measure | None = None) -> Measure:
    """Begin a measure towards a goal, or correct one. A gap that was resolved is in implementation from then on."""
    if not Goal.objects.kept_by(actor).filter(pk=goal.pk).exists():
        raise PermissionDenied
    if facts.due_on is not None and facts.due_on < facts.starts_on:
        raise SteeringRefused(SteeringProblem.ENDS_BEFORE)
    measure = measure or Measure(organisation_id=goal.organisation_id)
    measure.goal, measure.title, measure.text = goal, facts.title, facts.text
    measure.responsible, measure.starts_on, measure.due_on = facts.responsible, facts.starts_on, facts.due_on
    measure.resolution = _resolution(actor, facts.resolution_id)
    measure.gap = Gap.objects.kept_by(actor).get(pk=facts.gap_id) if facts.gap_id else None
    measure.save()
    if measure.gap and GapState.IMPLEMENTED in NEXT[GapState(measure.gap.state)]:
        move_gap(actor=actor, gap=measure.gap, state=GapState.IMPLEMENTED, reason=facts.title)
    record(actor=actor, action="measure.kept", subject=measure)
    return measure


@transaction.atomic
def settle_measure(*, actor: Actor, measure: Measure, state: WorkState) -> Measure:
    """Say how far a measure is."""
    current = Measure.objects.kept_by(actor).select_for_update(of=("self",)).filter(pk=measure.pk).first()
    if current is None:
        raise PermissionDenied
    current.state, current.done_on = state.value, timezone.localdate() if state is WorkState.DONE else None
    current.save(update_fields=["state", "done_on"])
    record(actor=actor, action="measure.settled", subject=current)
    return current


@transaction.atomic
def bind_indicator(*, actor: Actor, measure: Measure, facts: IndicatorFacts) -> Indicator:
    """Say by which figure a measure is judged, and count it at once. Raises SteeringRefused."""
    if not Measure.objects.kept_by(actor).filter(pk=measure.pk).exists():
        raise PermissionDenied
    if facts.figure_key not in known_figures():
        raise SteeringRefused(SteeringProblem.NO_FIGURE)
    is_right_way = facts.amber_at <= facts.green_at if facts.aim is Aim.AT_LEAST else facts.amber_at >= facts.green_at
    if not is_right_way:
        raise SteeringRefused(SteeringProblem.AMBER_FIRST)
    indicator = Indicator(measure=measure, figure_key=facts.figure_key, turn=facts.turn.value)
    indicator.first_day, indicator.aim = stretch_of(facts.turn, facts.first_day).start, facts.aim.value
    indicator.green_at, indicator.amber_at = facts.green_at, facts.amber_at
    indicator.counted_by_id = actor.account_id
    with refused_as_problems():
        indicator.save()
    record(actor=actor, action="indicator.bound", subject=indicator)
    count_indicator(actor=actor, indicator=indicator)
    return indicator


@transaction.atomic
def release_indicator(*, actor: Actor, indicator: Indicator) -> None:
    """Judge a measure by this figure no more; its readings go with it."""
    if not Indicator.objects.kept_by(actor).filter(pk=indicator.pk).exists():
        raise PermissionDenied
    record(actor=actor, action="indicator.released", subject=indicator)
    indicator.delete()


@transaction.atomic
def count_indicator(*, actor: Actor, indicator: Indicator) -> int:
    """Count every stretch up to today that was not counted after its end; returns how many. Counted ones stay.

    From then on it is counted every night in the name, and with the rights, of whoever did so last.
    """
    found = Indicator.objects.kept_by(actor).select_related("measure").select_for_update(of=("self",))
    current = found.filter(pk=indicator.pk).first()
    if current is None:
        raise PermissionDenied
    today, organisation_id = timezone.localdate(), current.measure.organisation_id
    done = {reading.first_day for reading in current.readings.all() if reading.is_complete}
    due = [window for window in stretches(Turn(current.turn), current.first_day, today) if window.start not in done]
    for window in due:
        Reading.objects.update_or_create(
            indicator=current,
            first_day=window.first_day,
            defaults={
                "last_day": window.last_day,
                "value": counted(actor, current.figure_key, window, organisation_id),
                "counted_on": today,
            },
        )
    if current.counted_by_id != actor.account_id:
        current.counted_by_id = actor.account_id
        current.save(update_fields=["counted_by"])
    record(actor=actor, action="indicator.counted", subject=current, amount=len(due))
    return len(due)


def counted(actor: Actor, figure_key: str, window: Period, organisation_id: int) -> Decimal | None:
    """What a figure comes to; None where it cannot be told, for example a rate without its denominator."""
    try:
        value: Value = total_of(actor, figure_key, window, organisation_id)
    except (QueryError, LookupError):
        return None
    return None if value is None else Decimal(value)


def stretches(turn: Turn, first_day: date, today: date) -> Iterator[Period]:
    """The stretches of the calendar from the first day to today, the running one included."""
    window = stretch_of(turn, first_day)
    while window.start <= today:
        yield window
        window = stretch_of(turn, window.end)


def stretch_of(turn: Turn, day: date) -> Period:
    """The month, quarter or year of a day."""
    if turn is Turn.MONTH:
        return Period.month(day.year, day.month)
    return Period.quarter(day.year, (day.month + 2) // 3) if turn is Turn.QUARTER else Period.year(day.year)


def _parent(actor: Actor, organisation_id: int, facts: GoalFacts) -> Goal | None:
    wanted = ABOVE[facts.kind]
    if facts.parent_id is None:
        if facts.kind is GoalKind.ACTION:
            raise SteeringRefused(SteeringProblem.UNDER_ANOTHER)
        return None
    parent = Goal.objects.kept_by(actor).filter(organisation=organisation_id, pk=facts.parent_id).first()
    if parent is None or wanted is None or parent.kind != wanted:
        raise SteeringRefused(SteeringProblem.UNDER_ANOTHER)
    return parent


def _last_place(organisation_id: int, parent: Goal | None) -> int:
    beside = Goal.objects.filter(organisation=organisation_id, parent=parent)
    return beside.aggregate(last=Max("position"))["last"] or 0


def _resolution(actor: Actor, pk: int | None) -> Resolution | None:
    return Resolution.objects.kept_by(actor).get(pk=pk) if pk else None
