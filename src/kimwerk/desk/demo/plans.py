"""What was assessed, agreed and done in a case of the caseload."""

from __future__ import annotations

from kimwerk.access.actors import Actor
from kimwerk.casework.models import Case
from kimwerk.casework.services.assessing import assess
from kimwerk.casework.services.planning import agree_goal, move_goal, plan_step, settle_step
from kimwerk.casework.types import (
    ChoiceList,
    GoalFacts,
    GoalState,
    Occasion,
    RatingFacts,
    StepFacts,
    StepOwner,
    StepState,
    Urgency,
)
from kimwerk.desk.demo.caseload import Aim, Look, Stage, Story
from kimwerk.desk.demo.ground import Ground


def write_plan(ground: Ground, actor: Actor, case: Case, story: Story) -> None:
    """Assess the situation again and again, and agree goals with their steps."""
    for look in story.assessments:
        assess(
            actor=actor,
            case=case,
            assessed_on=ground.working_day(look.ago),
            occasion=Occasion(look.occasion),
            ratings=[_rating(ground, look, domain) for domain in look.levels],
        )
    for aim in story.goals:
        _agree(ground, actor, case, aim)


def _rating(ground: Ground, look: Look, domain: str) -> RatingFacts:
    return RatingFacts(
        domain_id=ground.choices[ChoiceList.LIFE_DOMAIN, domain],
        level=look.levels[domain],
        urgency=Urgency(look.urgency.get(domain, Urgency.SOON.value)),
        need=look.need.get(domain, ""),
        own_view=look.own_view.get(domain, ""),
    )


def _agree(ground: Ground, actor: Actor, case: Case, aim: Aim) -> None:
    facts = GoalFacts(
        text=aim.text,
        indicator=aim.indicator,
        agreed_on=ground.working_day(aim.ago),
        due_on=ground.ahead(aim.due_in),
        domain_id=ground.choices[ChoiceList.LIFE_DOMAIN, aim.domain],
    )
    goal = agree_goal(actor=actor, case=case, facts=facts)
    for stage in aim.steps:
        step = plan_step(actor=actor, goal=goal, facts=_step(ground, stage))
        if stage.done:
            settle_step(actor=actor, step=step, state=StepState.DONE)
    if aim.state:
        move_goal(actor=actor, goal=goal, state=GoalState(aim.state))


def _step(ground: Ground, stage: Stage) -> StepFacts:
    body = ground.organisations[stage.body] if stage.body else None
    return StepFacts(stage.text, StepOwner(stage.owner), due_on=ground.ahead(stage.due_in), body_id=body)
