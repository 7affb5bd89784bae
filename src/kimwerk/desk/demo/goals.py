"""The goals of the synthetic county, measures towards them, and what resolutions have changed."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import NotRequired, TypedDict

from kimwerk.access.actors import Actor
from kimwerk.desk.demo.casework import acting_as
from kimwerk.desk.demo.ground import Ground
from kimwerk.documents.models import Template
from kimwerk.steering.models import Goal, Resolution
from kimwerk.steering.services.effects import measure_effect, put_into_force
from kimwerk.steering.services.goals import bind_indicator, keep_goal, keep_measure
from kimwerk.steering.services.plans import keep_entry
from kimwerk.steering.types import Aim, GoalFacts, GoalKind, IndicatorFacts, MeasureFacts, PlanFacts, PlanKind, Turn

MeasureTold = TypedDict(
    "MeasureTold",
    {
        "title": str,
        "who": str,
        "from": date,
        "resolution": NotRequired[str],
        "figure": str,
        "turn": str,
        "since": date,
        "aim": str,
        "green": int,
        "amber": int,
    },
)
"""A measure and the figure by which it is judged."""

RuleTold = TypedDict(
    "RuleTold", {"resolution": str, "procedure": str, "template": str, "from": date, "towns": list[str]}
)
"""What holds in some towns."""


class ActionTold(TypedDict):
    """An action goal."""

    title: str
    measures: list[MeasureTold]


class GuidingTold(TypedDict):
    """A guiding goal."""

    title: str
    actions: list[ActionTold]


class RoofTold(TypedDict):
    """What stands over all."""

    title: str
    text: str


class EffectTold(TypedDict):
    """On which figure a resolution is looked at."""

    resolution: str
    figure: str
    days: int


class PlanTold(TypedDict):
    """A phase or a milestone with its planned and its actual days."""

    strand: str
    kind: str
    title: str
    who: str
    planned: list[date]
    actual: NotRequired[list[date]]


class Goals(TypedDict):
    """The data file."""

    resolution: str
    roof: RoofTold
    guiding: list[GuidingTold]
    effect: EffectTold
    in_force: list[RuleTold]
    plan: list[PlanTold]


def load_goals(ground: Ground) -> None:
    """Set the goals, begin the measures and count their figures."""
    text = files("kimwerk.desk.demo").joinpath("goals.toml").read_text(encoding="utf-8")
    told: Goals = tomllib.loads(text)  # type: ignore[assignment]  # the file is ours, and the demo's test reads it
    home = ground.organisations["rsk"]
    with acting_as(ground, "kim") as actor:
        resolved = _resolution(told["resolution"]).pk
        facts = GoalFacts(GoalKind.ROOF, told["roof"]["title"], told["roof"]["text"], resolution_id=resolved)
        roof = keep_goal(actor=actor, organisation_id=home, facts=facts)
        for guiding in told["guiding"]:
            facts = GoalFacts(GoalKind.GUIDING, guiding["title"], parent_id=roof.pk, resolution_id=resolved)
            goal = keep_goal(actor=actor, organisation_id=home, facts=facts)
            for action in guiding["actions"]:
                _act(actor, goal, action)
        for entry in told["plan"]:
            _plan(actor, home, entry)
        effect = told["effect"]
        measure_effect(
            actor=actor, resolution=_resolution(effect["resolution"]), figure_key=effect["figure"], days=effect["days"]
        )
        for rule in told["in_force"]:
            put_into_force(
                actor=actor,
                resolution=_resolution(rule["resolution"]),
                procedure=rule["procedure"],
                template_id=Template.objects.get(organisation=home, title=rule["template"]).pk,
                municipality_ids=[ground.municipalities[town] for town in rule["towns"]],
                from_day=rule["from"],
            )


def _plan(actor: Actor, organisation_id: int, told: PlanTold) -> None:
    first, last = told["planned"]
    begun_on, ended_on = (*told.get("actual", []), None, None)[:2]
    facts = PlanFacts(
        PlanKind(told["kind"]), told["strand"], told["title"], first, last, told["who"], begun_on, ended_on
    )
    keep_entry(actor=actor, organisation_id=organisation_id, facts=facts)


def _act(actor: Actor, guiding: Goal, told: ActionTold) -> None:
    facts = GoalFacts(GoalKind.ACTION, told["title"], parent_id=guiding.pk)
    goal = keep_goal(actor=actor, organisation_id=guiding.organisation_id, facts=facts)
    for each in told["measures"]:
        resolved = _resolution(each["resolution"]).pk if "resolution" in each else None
        begun = MeasureFacts(each["title"], each["from"], responsible=each["who"], resolution_id=resolved)
        measure = keep_measure(actor=actor, goal=goal, facts=begun)
        bound = IndicatorFacts(
            each["figure"],
            Turn(each["turn"]),
            each["since"],
            Aim(each["aim"]),
            Decimal(each["green"]),
            Decimal(each["amber"]),
        )
        bind_indicator(actor=actor, measure=measure, facts=bound)


def _resolution(title: str) -> Resolution:
    return Resolution.objects.get(title=title)
