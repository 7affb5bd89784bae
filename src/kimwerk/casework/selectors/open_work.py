"""What of the plan is still open when a case is to be closed."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from kimwerk.access.actors import Actor
from kimwerk.casework.models import Case, Goal, Step
from kimwerk.casework.types import GoalState, OpenPart, PartKind, StepState

OPEN_GOALS = [state.value for state in GoalState if state.is_open]


def open_goals(_actor: Actor, case: Case) -> Iterator[OpenPart]:
    """Goals of which nobody has said yet how they ended."""
    amount = Goal.objects.filter(case=case, state__in=OPEN_GOALS).count()
    yield OpenPart(PartKind.GOAL, amount, reverse("casework:plan", args=[case.pk]))


def open_steps(_actor: Actor, case: Case) -> Iterator[OpenPart]:
    """Steps that are neither done nor dropped."""
    amount = Step.objects.filter(case=case, state=StepState.OPEN.value).count()
    yield OpenPart(PartKind.STEP, amount, reverse("casework:plan", args=[case.pk]))
