"""What the lists count: people registered, by the day of registration. Doubles that were set aside do not count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.kernel.figures import (
    Axis,
    Counted,
    Dimension,
    Figure,
    FigureQuery,
    Member,
    MemberKind,
    QueryError,
    QueryProblem,
    Text,
    Unit,
    Value,
)
from kimwerk.kernel.periods import ONE_DAY, Period

MOST_DIMENSIONS = 2
COUNTING = (Permission.FIGURE_READ, Permission.REGISTRATION_KEEP, Permission.REGISTRATION_CHECK)
WEEK = Dimension("week", _("Calendar week"), MemberKind.TIME)
MUNICIPALITY = Dimension("municipality", _("Municipality"), MemberKind.PLACE)
NEED = Dimension("need", _("Need of a place"))
NEEDS: Mapping[str, Text] = {
    "school": _("school"),
    "childcare": _("childcare"),
    "none": _("neither school nor childcare"),
}


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows of one day with everything in common that they can be told apart by."""

    day: date
    place: Member
    need: str


KEYS: Mapping[str, Callable[[_Group], str]] = {
    WEEK.key: lambda group: next(Period.of_days(group.day, group.day).iso_weeks()).key,
    MUNICIPALITY.key: lambda group: group.place.key,
    NEED.key: lambda group: group.need,
}


def _registered(actor: Actor, query: FigureQuery) -> Counted:
    """One query by day; weeks and cells are put together here."""
    by = tuple(_dimension(key) for key in query.by)
    if len(by) > MOST_DIMENSIONS or len(set(query.by)) < len(query.by):
        raise QueryError(QueryProblem.TOO_MANY_DIMENSIONS)
    groups = _narrowed(_groups(actor, query), query)
    cells: Counter[tuple[str, ...]] = Counter()
    for group, count in groups.items():
        cells[tuple(KEYS[dimension.key](group) for dimension in by)] += count
    values: dict[tuple[str, ...], Value] = dict(cells)
    axes = tuple(Axis(dimension, _members(dimension, groups, query.window)) for dimension in by)
    return Counted(axes, values if by else {}, groups.total())


def _dimension(key: str) -> Dimension:
    found = next((each for each in (WEEK, MUNICIPALITY, NEED) if each.key == key), None)
    if found is None:
        raise QueryError(QueryProblem.UNKNOWN_DIMENSION, key)
    return found


def _groups(actor: Actor, query: FigureQuery) -> Counter[_Group]:
    """Counted by the database for whoever reads figures, who sees no rows."""
    if not any(actor.can(right) for right in COUNTING):
        return Counter()
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.day, m.ags, m.name, c.needs_school, c.needs_childcare, c.people"
            " from arrivals_counts(%s, %s) c join directory_municipality m on m.id = c.municipality_id"
            " where %s::bigint is null or c.organisation_id = %s",
            [query.window.start, query.window.end, query.organisation, query.organisation],
        )
        found = cursor.fetchall()
    counted: Counter[_Group] = Counter()
    for day, ags, name, school, childcare, count in found:
        need = "school" if school else "childcare" if childcare else "none"
        counted[_Group(day, Member(ags, name), need)] += count
    return counted


def _narrowed(groups: Counter[_Group], query: FigureQuery) -> Counter[_Group]:
    for key, members in query.only.items():
        if _dimension(key).kind is MemberKind.TIME:
            raise QueryError(QueryProblem.UNKNOWN_DIMENSION, key)
        if members:
            kept = {group: count for group, count in groups.items() if KEYS[key](group) in members}
            groups = Counter(kept)
    return groups


def _members(dimension: Dimension, groups: Counter[_Group], window: Period) -> tuple[Member, ...]:
    if dimension is WEEK:
        return tuple(_weeks(window))
    if dimension is MUNICIPALITY:
        return tuple(sorted({group.place for group in groups}, key=lambda member: member.label))
    met = {group.need for group in groups}
    return tuple(Member(key, str(label)) for key, label in NEEDS.items() if key in met)


def _weeks(window: Period) -> list[Member]:
    """Every week of the window; those not covered to their last day, the running one too, are marked."""
    members, past = [], Period(date.min, timezone.localdate() + ONE_DAY)
    for part in window.iso_weeks():
        year, week, _day = part.period.start.isocalendar()
        member = Member(part.key, gettext("week %(week)s/%(year)s") % {"week": week, "year": year})
        covered = part.covered.intersection(past) or part.covered
        members.append(member if covered == part.period else replace(member, covered=covered))
    return members


FIGURES: tuple[Figure[Actor], ...] = (
    Figure(
        "arrivals_registered",
        _("Newly arrived people registered"),
        Unit.PERSONS,
        _("Every registered person counts once, on the day of registration."),
        _("All rows of the registration lists; doubles that were set aside do not count."),
        (WEEK, MUNICIPALITY, NEED),
        "arrivals",
        _registered,
        rows="arrivals:occasions",
        by=(WEEK.key,),
    ),
)
