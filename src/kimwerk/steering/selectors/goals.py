"""Goals with their measures and how these stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from kimwerk.access.actors import Actor
from kimwerk.documents.models import Template
from kimwerk.steering.models import Goal, Indicator, InForce, Measure, Reading, Resolution
from kimwerk.steering.types import UNFINISHED, GoalKind, Light

WORST_FIRST = (Light.RED, Light.AMBER, Light.GREEN, Light.NONE)


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator with its readings, the newest first."""

    indicator: Indicator
    readings: tuple[Reading, ...]

    @property
    def newest(self) -> Reading | None:
        """What was counted last, of a stretch that may still run."""
        return self.readings[0] if self.readings else None

    @property
    def judged(self) -> Reading | None:
        """By which reading it is judged: the newest that is complete, or the running one while there is no other."""
        return next((reading for reading in self.readings if reading.is_complete), self.newest)

    @property
    def light(self) -> Light:
        """How it stands."""
        return self.indicator.light_of(self.judged)


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure with its indicators."""

    measure: Measure
    indicators: tuple[IndicatorLine, ...]

    @property
    def light(self) -> Light:
        """The worst of its indicators."""
        return min((line.light for line in self.indicators), key=WORST_FIRST.index, default=Light.NONE)


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal with what stands under it."""

    goal: Goal
    children: tuple[GoalLine, ...]
    measures: tuple[MeasureLine, ...]


def goals_for(actor: Actor) -> tuple[GoalLine, ...]:
    """All goals as a tree, the roof first. Four queries."""
    goals = list(Goal.objects.visible_to(actor).select_related("organisation").order_by("position", "pk"))
    measures: dict[int, list[MeasureLine]] = {}
    for measure in _with_readings(actor, newest=2).order_by("starts_on", "pk"):
        measures.setdefault(measure.goal_id, []).append(_measure_line(measure))
    children: dict[int | None, list[Goal]] = {}
    for goal in goals:
        children.setdefault(goal.parent_id, []).append(goal)

    def line(goal: Goal) -> GoalLine:
        below = tuple(line(child) for child in children.get(goal.pk, ()))
        return GoalLine(goal, below, tuple(measures.get(goal.pk, ())))

    tops = sorted(children.get(None, ()), key=lambda goal: goal.kind != GoalKind.ROOF)
    return tuple(line(goal) for goal in tops)


def measure_line(actor: Actor, pk: int) -> MeasureLine | None:
    """A measure with its indicators, if the actor may read it. Three queries."""
    found = _with_readings(actor).select_related("goal__parent", "resolution", "gap").filter(pk=pk).first()
    return _measure_line(found) if found else None


def red_measures(actor: Actor) -> list[Measure]:
    """The unfinished measures that the actor keeps and whose light is red. Three queries."""
    kept = Measure.objects.kept_by(actor).filter(state__in=[state.value for state in UNFINISHED])
    lines = map(_measure_line, _with_readings(actor, newest=2).filter(pk__in=kept).order_by("starts_on", "pk"))
    return [line.measure for line in lines if line.light is Light.RED]


def measures_under(actor: Actor, asked: Q) -> list[MeasureLine]:
    """The measures asked for with their goals and lights. Three queries."""
    found = _with_readings(actor, newest=2).filter(asked).select_related("goal").order_by("pk")
    return [_measure_line(each) for each in found]


def measures_of(actor: Actor, resolution: Resolution) -> list[MeasureLine]:
    """The measures that come of a resolution. Three queries."""
    found = _with_readings(actor).select_related("goal").filter(resolution=resolution).order_by("starts_on", "pk")
    return [_measure_line(each) for each in found]


def rules_in_force(actor: Actor, on: date) -> list[InForce]:
    """What holds in municipalities that day, by municipality."""
    found = InForce.objects.visible_to(actor).select_related("municipality", "template").filter(from_day__lte=on)
    return [rule for rule in found.order_by("municipality__sort_key", "pk") if rule.holds(on)]


def rules_of_template(actor: Actor, template: Template, on: date) -> list[InForce]:
    """Where a template of the library holds that day, or will hold, by municipality. One query."""
    found = InForce.objects.visible_to(actor).select_related("municipality").filter(template=template)
    lasting = found.filter(Q(until_day__isnull=True) | Q(until_day__gte=on))
    return list(lasting.order_by("from_day", "ground", "municipality__sort_key", "pk"))


def _with_readings(actor: Actor, newest: int | None = None) -> QuerySet[Measure]:
    """Measures with their indicators. For a light the two newest readings do: only the last can be incomplete."""
    found = Reading.objects.order_by("-first_day")
    if newest is not None:
        place = Window(RowNumber(), partition_by="indicator", order_by="-first_day")
        found = found.annotate(place=place).filter(place__lte=newest)
    readings = Prefetch("readings", found)
    indicators = Prefetch("indicators", Indicator.objects.prefetch_related(readings).order_by("pk"))
    return Measure.objects.visible_to(actor).prefetch_related(indicators)


def _measure_line(measure: Measure) -> MeasureLine:
    lines = (IndicatorLine(each, tuple(each.readings.all())) for each in measure.indicators.all())
    return MeasureLine(measure, tuple(lines))
