"""The diary in the categories of the Land, as the office maps its own ones to them."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.activities.counting.dimensions import dimensions_of
from kimwerk.activities.counting.question import Measure
from kimwerk.activities.counting.schemes import Ask, Mapped, Scheme, count_mapped
from kimwerk.activities.types import LAND_SCHEME
from kimwerk.kernel.figures import Counted, Dimension, Figure, FigureQuery, Text, Unit

ROOM = "activities"
ROWS = "activities:list"
ALONG = ("municipality", "month", "quarter", "year")
"""Own dimensions that the Land does not name otherwise."""

KIND = Mapped(Dimension("land_kind", _("Kind (Land)")), "kind")
TOPIC = Mapped(Dimension("land_topic", _("Topic (Land)"), is_multiple=True), "topic")
GROUP = Mapped(Dimension("land_target_group", _("Target group (Land)"), is_multiple=True), "target_group")
TARGET = Mapped(Dimension("land_referral_target", _("Referral target (Land)")), "referral_target")
LAND = Scheme(LAND_SCHEME, (KIND, TOPIC, GROUP, TARGET))
"""The mapping stands with each category; the Land's own list is not published, so that the office keeps it."""

MAPPED = _("What is mapped to no category of the Land stands in a row of its own.")


def _compute(measure: Measure, *, is_referrals: bool = False) -> Callable[[Actor, FigureQuery], Counted]:
    ask = Ask(LAND, measure, ALONG, is_referrals=is_referrals)

    def compute(actor: Actor, query: FigureQuery) -> Counted:
        axes, cells, total = count_mapped(actor, query, ask)
        return Counted(axes, cells if axes else {(): total}, total)

    return compute


def _figure(
    key: str, title: Text, unit: Unit, counts: Text, compute: Callable[[Actor, FigureQuery], Counted], *by: Mapped,
    along: tuple[Mapped, ...] = (KIND, TOPIC, GROUP),
) -> Figure[Actor]:  # fmt: skip
    dimensions = (*(each.dimension for each in along), *dimensions_of(*ALONG))
    return Figure(
        key,
        title,
        unit,
        counts,
        MAPPED,
        dimensions,
        ROOM,
        compute,
        rows=ROWS,
        by=tuple(each.dimension.key for each in by),
    )


EACH = _("Every activity counts once, in the category to which its own one was mapped on its day.")
ACTIVITIES = _compute(Measure.ACTIVITIES)

FIGURES: tuple[Figure[Actor], ...] = (
    _figure("land_activities", _("Activities in the Land’s categories"), Unit.ACTIVITIES, EACH, ACTIVITIES),
    _figure("land_activities_by_kind", _("Activities in the Land’s kinds"), Unit.ACTIVITIES, EACH, ACTIVITIES, KIND),
    _figure("land_activities_by_topic", _("Activities in the Land’s topics"), Unit.ACTIVITIES, EACH, ACTIVITIES, TOPIC),
    _figure("land_activities_by_target_group", _("Activities in the Land’s target groups"), Unit.ACTIVITIES, EACH,
            ACTIVITIES, GROUP),
    _figure("land_participants", _("Participants in the Land’s kinds"), Unit.PARTICIPANTS,
            _("Attendances of people of the target groups, in the category to which the activity was mapped on its"
              " day."),
            _compute(Measure.TARGET), KIND),
    _figure("land_referrals", _("Referral consultations in the Land’s targets"), Unit.ACTIVITIES,
            _("Every referral consultation counts once, with the target to which its own one was mapped on its day."),
            _compute(Measure.ACTIVITIES, is_referrals=True), TARGET, along=(TARGET, KIND, TOPIC, GROUP)),
)  # fmt: skip
