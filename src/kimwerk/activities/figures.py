"""What the diary counts. Adding a figure means adding one declaration to FIGURES."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.activities.counting.choices import choices, row_links
from kimwerk.activities.counting.count import by_sort, combinations, count, may_tell_staff
from kimwerk.activities.counting.dimensions import ALL, SORT, STAFF, TIME, dimensions_of
from kimwerk.activities.counting.question import Measure
from kimwerk.kernel.figures import (
    Axis,
    Counted,
    Dimension,
    Figure,
    FigureQuery,
    MemberKind,
    QueryError,
    QueryProblem,
    Text,
    Unit,
    Value,
)
from kimwerk.kernel.periods import Period

__all__ = ["FIGURES", "count_months_ahead", "dimensions_for"]

FTE = "fte"
PARTICIPANTS = (Measure.TARGET, Measure.PARTNER)
BY_SORT = (*ALL, SORT)
RATED = (*TIME, "kind", "kind_group")
ROOM = "activities"
ROWS = "activities:list"

EACH_ENTRY = _("Every activity counts once, whatever it was and however many took part; on the day on which it began.")
ALL_ENTRIES = _("All activities in the diary, without those that were removed.")
REFERRALS = _("Activities of kinds that are marked as referral consultations, without those that were removed.")


def dimensions_for(actor: Actor, figure: Figure[Actor]) -> tuple[Dimension, ...]:
    """The dimensions along which this actor may break a figure down: names only where rows may be read."""
    return tuple(d for d in figure.dimensions if d.key != STAFF or may_tell_staff(actor))


def count_months_ahead(*, most: int = 200) -> int:
    """Count up to `most` months of organisations in which something changed; returns how many it were.

    Nothing but speed depends on it. 0 means that nothing is left, or that somebody is at it already.
    """
    with connection.cursor() as cursor:
        cursor.execute("select activities_count_months(%s)", [most])
        row: tuple[int] | None = cursor.fetchone()
        return row[0] if row else 0


@dataclass(frozen=True, slots=True)
class _Sum:
    """A figure that sums one measure."""

    measure: Measure
    is_referrals: bool = False

    def __call__(self, actor: Actor, query: FigureQuery) -> Counted:
        counts = count(actor, query, (self.measure,), is_referrals=self.is_referrals)
        cells: dict[tuple[str, ...], Value] = {key: value for key, (value,) in counts.cells.items()}
        return Counted(counts.axes, cells, counts.total[self.measure])


def _participants(actor: Actor, query: FigureQuery) -> Counted:
    counts = count(actor, query, PARTICIPANTS, along=BY_SORT)
    axes, cells, total = by_sort(counts, query)
    return Counted(axes, dict(cells), total)


def _participants_per_activity(actor: Actor, query: FigureQuery) -> Counted:
    counts = count(actor, query, (Measure.ACTIVITIES, *PARTICIPANTS))

    def rate(activities: int, target: int, partner: int) -> Value:
        return Decimal(target + partner) / activities if activities else None

    cells = {key: rate(*counts.cells.get(key, (0, 0, 0))) for key in combinations(counts.axes)}
    return Counted(counts.axes, cells, rate(*counts.total.values()))


def _per_fte_and_week(actor: Actor, query: FigureQuery) -> Counted:
    fte = query.parameters.get(FTE)
    if fte is None or not fte.is_finite() or fte <= 0:
        raise QueryError(QueryProblem.PARAMETER_MISSING, FTE)
    counts = count(actor, query, (Measure.ACTIVITIES,), along=RATED)
    weeks = _weeks_by_slice(counts.axes, query.window)
    cells: dict[tuple[str, ...], Value] = {}
    for key in combinations(counts.axes):
        lasting = next((weeks[member] for member in key if member in weeks), query.window.weeks)
        (activities,) = counts.cells.get(key, (0,))
        cells[key] = Decimal(activities) / (fte * lasting)
    return Counted(counts.axes, cells, Decimal(counts.total[Measure.ACTIVITIES]) / (fte * query.window.weeks))


def _weeks_by_slice(axes: tuple[Axis, ...], window: Period) -> dict[str, Decimal]:
    """How many weeks of the window lie in each slice of the axis of time, if there is one."""
    for axis in axes:
        if axis.dimension.kind is MemberKind.TIME:
            slices = {
                TIME[0]: window.months,
                TIME[1]: window.iso_weeks,
                TIME[2]: window.quarters,
                TIME[3]: window.years,
            }
            return {part.key: part.covered.weeks for part in slices[axis.dimension.key]()}
    return {}


def _figure(
    key: str,
    title: Text,
    unit: Unit,
    counts: Text,
    compute: Callable[[Actor, FigureQuery], Counted],
    *by: str,
    population: Text = ALL_ENTRIES,
    dimensions: tuple[str, ...] = ALL,
    places: int = 0,
    is_additive: bool = True,
    parameters: tuple[str, ...] = (),
    part_of: str = "",
) -> Figure[Actor]:
    return Figure(
        key, title, unit, counts, population, dimensions_of(*dimensions), ROOM, compute,
        places=places, is_additive=is_additive, parameters=parameters, rows=ROWS, by=by,
        choices=choices, row_links=row_links, part_of=part_of,
    )  # fmt: skip


def _activities(key: str, title: Text, *by: str) -> Figure[Actor]:
    return _figure(key, title, Unit.ACTIVITIES, EACH_ENTRY, _Sum(Measure.ACTIVITIES), *by)


EACH_PARTICIPATION = _("Everybody who took part counts at every activity: attendances, not persons.")
EACH_REFERRAL = _("Every referral consultation counts once, with the target to which was referred.")

FIGURES: tuple[Figure[Actor], ...] = (
    _activities("activities", _("Activities")),
    _activities("activities_by_kind", _("Activities by kind"), "kind"),
    _activities("activities_by_month_and_kind", _("Activities by month and kind"), "month", "kind"),
    _activities("activities_by_week_and_kind", _("Activities by calendar week and kind"), "week", "kind"),
    _activities("activities_by_municipality", _("Activities by municipality"), "municipality"),
    _activities("activities_by_site", _("Activities by site"), "site"),
    _activities("activities_by_channel", _("Activities by channel"), "channel"),
    _activities("activities_by_topic", _("Activities by topic"), "topic"),
    _activities("activities_by_target_group", _("Activities by target group"), "target_group"),
    _activities("activities_by_legal_circle", _("Activities by legal circle"), "legal_circle"),
    _figure(
        "participants", _("Participants"), Unit.PARTICIPANTS, EACH_PARTICIPATION, _participants, SORT,
        dimensions=BY_SORT,
    ),
    _figure(
        "participants_per_activity", _("Participants per activity"), Unit.PARTICIPANTS_PER_ACTIVITY,
        _("Attendances of both sorts, divided by the number of activities."), _participants_per_activity,
        places=1, is_additive=False,
    ),
    _figure(
        "referrals", _("Referral consultations"), Unit.ACTIVITIES, EACH_REFERRAL,
        _Sum(Measure.ACTIVITIES, is_referrals=True), population=REFERRALS, part_of="activities",
    ),
    _figure(
        "referrals_by_target", _("Referral consultations by target"), Unit.ACTIVITIES, EACH_REFERRAL,
        _Sum(Measure.ACTIVITIES, is_referrals=True), "referral_target", population=REFERRALS, part_of="activities",
    ),
    _figure(
        "minutes", _("Time spent"), Unit.MINUTES,
        _("The minutes recorded with activities. An activity without recorded time adds nothing."),
        _Sum(Measure.MINUTES), "kind",
    ),
    _figure(
        "activities_with_time", _("Activities with time recorded"), Unit.ACTIVITIES,
        _("Every activity counts once for which minutes are recorded, be it 0 minutes."), _Sum(Measure.TIMED),
        part_of="activities",
    ),
    _figure(
        "activities_per_fte_and_week", _("Activities per full-time post and week"), Unit.ACTIVITIES_PER_FTE_AND_WEEK,
        _("Activities, divided by full-time equivalents and by the weeks of the window (days divided by 7)."),
        _per_fte_and_week, "month", dimensions=RATED, places=1, is_additive=False,
        parameters=(FTE,),
    ),
)  # fmt: skip
