"""What goals count: measures under way, with the light on which they stand."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.kernel.counting import GroupedCount, Rows
from kimwerk.kernel.figures import Dimension, Figure, FigureQuery, Member, Text, Unit
from kimwerk.steering.selectors.goals import measures_under
from kimwerk.steering.types import Light, WorkState

GOAL = Dimension("goal", _("Goal"))
LIGHT = Dimension("light", _("Traffic light"))
STATE = Dimension("measure_state", _("State of the measure"))
LIGHTS: dict[Light, Text] = {
    Light.GREEN: _("green"),
    Light.AMBER: _("amber"),
    Light.RED: _("red"),
    Light.NONE: _("not counted yet"),
}


def _measures(actor: Actor, query: FigureQuery) -> Rows:
    begun = Q(starts_on__lt=query.window.end)
    unfinished = Q(done_on__isnull=True) | Q(done_on__gte=query.window.start)
    asked = begun & unfinished
    if query.organisation is not None:
        asked &= Q(organisation=query.organisation)
    for line in measures_under(actor, asked):
        measure = line.measure
        yield (
            {
                GOAL.key: Member(str(measure.goal_id), measure.goal.title),
                LIGHT.key: Member(line.light.value, str(LIGHTS[line.light])),
                STATE.key: Member(measure.state, str(WorkState(measure.state).label)),
            },
            1,
        )


FIGURES: tuple[Figure[Actor], ...] = (
    Figure(
        "measures_under_way",
        _("Measures under way"),
        Unit.MEASURES,
        _("Every measure that ran on a day of the window counts once, with its light and state of today."),
        _("Measures of the goals that the reader may read."),
        (LIGHT, STATE, GOAL),
        "steering",
        GroupedCount(_measures, (LIGHT, STATE, GOAL)),
        rows="steering:goals",
        by=(LIGHT.key,),
    ),
)
