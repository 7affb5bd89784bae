"""What the register counts: needs that were named, and gaps that were opened."""

from __future__ import annotations

from django.db.models import Count, Min, Sum
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.kernel.counting import GroupedCount, Rows
from kimwerk.kernel.figures import MISSING, Dimension, Figure, FigureQuery, Member, MemberKind, Unit
from kimwerk.needs.models import Gap, Need
from kimwerk.needs.types import GapState, Level, NeedState, Origin, Severity
from kimwerk.ui.slices import TIME, members_on, members_within

NEED_STATE = Dimension("need_state", _("State of the need"))
ORIGIN = Dimension("need_origin", _("Where it was named"))
MUNICIPALITY = Dimension("need_municipality", _("Municipality"), MemberKind.PLACE)
TOPIC = Dimension("need_topic", _("Topic"))
GAP_STATE = Dimension("gap_state", _("State of the gap"))
LEVEL = Dimension("gap_level", _("Who could close it"))
SEVERITY = Dimension("gap_severity", _("How much it matters"))
GAP_TOPIC = Dimension("gap_topic", _("Topic"), is_multiple=True)
OF_NEEDS = (NEED_STATE, ORIGIN, MUNICIPALITY, TOPIC, *TIME)
OF_GAPS = (GAP_STATE, LEVEL, SEVERITY, *TIME)


def _named(key: object, label: str | None) -> Member:
    return Member(str(key), label) if key and label else Member(MISSING, _g("not recorded"))


def _needs(actor: Actor, query: FigureQuery) -> Rows:
    found = Need.objects.visible_to(actor).exclude(state=NeedState.REJECTED.value)
    found = found.filter(named_on__gte=query.window.start, named_on__lt=query.window.end)
    if query.organisation is not None:
        found = found.filter(organisation=query.organisation)
    names = ("state", "origin", "municipality__ags", "municipality__name", "topic", "topic__label", "named_on")
    for state, origin, place, place_name, topic, topic_name, day, count in (
        found.values_list(*names).annotate(count=Sum("times")).order_by()
    ):
        yield (
            {
                NEED_STATE.key: Member(state, str(NeedState(state).label)),
                ORIGIN.key: Member(origin, str(Origin(origin).label)),
                MUNICIPALITY.key: _named(place, place_name),
                TOPIC.key: _named(topic, topic_name),
            }
            | members_on(day),
            count,
        )


def _gaps(actor: Actor, query: FigureQuery) -> Rows:
    found = Gap.objects.visible_to(actor).annotate(opened_on=Min("steps__on_day"))
    found = found.filter(opened_on__gte=query.window.start, opened_on__lt=query.window.end)
    if query.organisation is not None:
        found = found.filter(organisation=query.organisation)
    for state, level, severity, day in found.values_list("state", "level", "severity", "opened_on"):
        yield (
            {
                GAP_STATE.key: Member(state, str(GapState(state).label)),
                LEVEL.key: Member(level, str(Level(level).label)),
                SEVERITY.key: Member(severity, str(Severity(severity).label)),
            }
            | members_on(day),
            1,
        )


def _gap_topics(actor: Actor, query: FigureQuery) -> Rows:
    """Gaps by the topics of their needs: a gap of two topics stands in both."""
    opened = Gap.objects.visible_to(actor).annotate(opened_on=Min("steps__on_day"))
    opened = opened.filter(opened_on__gte=query.window.start, opened_on__lt=query.window.end)
    bundled = Need.objects.visible_to(actor).filter(gap__in=opened.values("pk"))
    if query.organisation is not None:
        bundled = bundled.filter(organisation=query.organisation)
    grouped = bundled.values_list("topic", "topic__label").annotate(count=Count("gap", distinct=True)).order_by()
    for topic, label, count in grouped:
        yield {GAP_TOPIC.key: _named(topic, label)}, count


FIGURES: tuple[Figure[Actor], ...] = (
    Figure(
        "needs_named",
        _("Needs named"),
        Unit.NEEDS,
        _("Every need counts as often as it was named, on the day of its first mention; those put aside do not count."),
        _("The registers that the reader may read."),
        OF_NEEDS,
        "needs",
        GroupedCount(_needs, OF_NEEDS, members_within),
        rows="needs:needs",
        by=(TOPIC.key,),
    ),
    Figure(
        "gaps_opened",
        _("Gaps of the system"),
        Unit.GAPS,
        _("Every gap counts once, on the day on which it was opened, with its state of today."),
        _("The registers that the reader may read."),
        OF_GAPS,
        "needs",
        GroupedCount(_gaps, OF_GAPS, members_within),
        rows="needs:gaps",
        by=(GAP_STATE.key,),
    ),
    Figure(
        "gaps_by_topic",
        _("Gaps of the system by topic"),
        Unit.GAPS,
        _("Every gap counts once in each topic of its needs, on the day on which it was opened."),
        _("The registers that the reader may read."),
        (GAP_TOPIC,),
        "needs",
        GroupedCount(_gap_topics, (GAP_TOPIC,)),
        is_additive=False,
        rows="needs:gaps",
        by=(GAP_TOPIC.key,),
    ),
)
