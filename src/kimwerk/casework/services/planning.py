"""Goals and the steps towards them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.casework.models import Case, Goal, GoalChange, Step
from kimwerk.casework.sealing import Texts
from kimwerk.casework.services.locking import account_of, locked_to_write
from kimwerk.casework.services.refusals import ChangedMeanwhile, refuse
from kimwerk.casework.types import (
    CaseProblem,
    GoalFacts,
    GoalState,
    Problems,
    Sealed,
    StepFacts,
    StepOwner,
    StepState,
)
from kimwerk.directory.models import Organisation

LONGEST_TEXT = 1_000


@transaction.atomic
def agree_goal(*, actor: Actor, case: Case, facts: GoalFacts) -> Goal:
    """Write down what the person wants to reach, in their own words."""
    current = locked_to_write(actor, case)
    refuse(judge_goal(facts))
    goal = Goal.objects.create(case=current, changed_by_id=account_of(actor), **_goal_columns(current, facts))
    _remember(actor, goal, "")
    record(actor=actor, action="goal.agreed", subject=goal)
    return goal


@transaction.atomic
def change_goal(*, actor: Actor, goal: Goal, version: int, facts: GoalFacts) -> Goal:
    """Correct a goal that was read at `version`. ChangedMeanwhile if somebody wrote to it since."""
    case, current = _locked_goal(actor, goal)
    if current.version != version:
        raise ChangedMeanwhile(current.version)
    refuse(judge_goal(facts))
    for column, value in _goal_columns(case, facts).items():
        setattr(current, column, value)
    _save_goal(actor, current)
    record(actor=actor, action="goal.changed", subject=current)
    return current


@transaction.atomic
def move_goal(*, actor: Actor, goal: Goal, state: GoalState, note: str = "") -> Goal:
    """Say where a goal stands now. What stood before stays in its history."""
    _case, current = _locked_goal(actor, goal)
    if len(note) > LONGEST_TEXT:
        refuse({"note": CaseProblem.TOO_LONG})
    current.state = state.value
    _save_goal(actor, current)
    _remember(actor, current, note)
    record(actor=actor, action="goal.moved", subject=current)
    return current


@transaction.atomic
def plan_step(*, actor: Actor, goal: Goal, facts: StepFacts) -> Step:
    """Add a step: who does what by when. The goal is in progress from then on."""
    case, current = _locked_goal(actor, goal)
    refuse(judge_step(facts))
    step = Step.objects.create(case=case, goal=current, **_step_columns(case, facts))
    if current.state == GoalState.OPEN.value:
        current.state = GoalState.IN_PROGRESS.value
        _save_goal(actor, current)
        _remember(actor, current, "")
    record(actor=actor, action="step.planned", subject=step)
    return step


@transaction.atomic
def change_step(*, actor: Actor, step: Step, version: int, facts: StepFacts) -> Step:
    """Correct a step that was read at `version`."""
    case = locked_to_write(actor, step.case)
    current = Step.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if current.version != version:
        raise ChangedMeanwhile(current.version)
    refuse(judge_step(facts))
    for column, value in _step_columns(case, facts).items():
        setattr(current, column, value)
    current.version += 1
    current.save()
    record(actor=actor, action="step.changed", subject=current)
    return current


@transaction.atomic
def settle_step(*, actor: Actor, step: Step, state: StepState) -> Step:
    """A step is done, dropped, or open again."""
    locked_to_write(actor, step.case)
    current = Step.objects.select_for_update(of=("self",)).get(pk=step.pk)
    is_open = state is StepState.OPEN
    current.state = state.value
    current.settled_on = None if is_open else timezone.localdate()
    current.settled_by_id = None if is_open else account_of(actor)
    current.version += 1
    current.save(update_fields=["state", "settled_on", "settled_by", "version"])
    record(actor=actor, action="step.settled", subject=current)
    return current


def judge_goal(facts: GoalFacts) -> Problems:
    """What is wrong with a goal, at most one problem a field."""
    problems: Problems = {}
    if not facts.text.strip():
        problems["text"] = CaseProblem.MISSING
    for field, text in (("text", facts.text), ("indicator", facts.indicator)):
        if len(text) > LONGEST_TEXT:
            problems[field] = CaseProblem.TOO_LONG
    if facts.agreed_on > timezone.localdate():
        problems["agreed_on"] = CaseProblem.IN_THE_FUTURE
    if facts.due_on is not None and facts.due_on < facts.agreed_on:
        problems["due_on"] = CaseProblem.IN_THE_PAST
    return problems


def judge_step(facts: StepFacts) -> Problems:
    """What is wrong with a step, at most one problem a field."""
    problems: Problems = {}
    if not facts.text.strip():
        problems["text"] = CaseProblem.MISSING
    elif len(facts.text) > LONGEST_TEXT:
        problems["text"] = CaseProblem.TOO_LONG
    if facts.owner is StepOwner.BODY and facts.body_id is None:
        problems["body"] = CaseProblem.BODY_MISSING
    elif facts.body_id is not None and not Organisation.objects.filter(pk=facts.body_id).exists():
        problems["body"] = CaseProblem.UNKNOWN
    return problems


def _goal_columns(case: Case, facts: GoalFacts) -> dict[str, object]:
    texts = Texts(case.person_id)
    return {
        "text": texts.seal(facts.text, Sealed.GOAL),
        "indicator": texts.seal(facts.indicator, Sealed.GOAL),
        "agreed_on": facts.agreed_on,
        "due_on": facts.due_on,
        "domain_id": facts.domain_id,
    }


def _step_columns(case: Case, facts: StepFacts) -> dict[str, object]:
    return {
        "text": Texts(case.person_id).seal(facts.text, Sealed.STEP),
        "owner": facts.owner.value,
        "body_id": facts.body_id if facts.owner is StepOwner.BODY else None,
        "due_on": facts.due_on,
    }


def _locked_goal(actor: Actor, goal: Goal) -> tuple[Case, Goal]:
    case = locked_to_write(actor, goal.case)
    return case, Goal.objects.select_for_update(of=("self",)).get(pk=goal.pk)


def _save_goal(actor: Actor, goal: Goal) -> None:
    goal.version += 1
    goal.changed_by_id = account_of(actor)
    goal.save()


def _remember(actor: Actor, goal: Goal, note: str) -> None:
    sealed = Texts(goal.case.person_id).seal(note, Sealed.GOAL) if note else b""
    GoalChange.objects.create(case=goal.case, goal=goal, state=goal.state, note=sealed, by_id=account_of(actor))
