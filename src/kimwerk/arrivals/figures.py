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
from kimwerk.arrivals.selectors.curve import AGES
from kimwerk.kernel.age_bands import UNKNOWN, AgeBand
from kimwerk.kernel.counting import GroupedCount, Rows
from kimwerk.kernel.figures import (
    MOST_DIMENSIONS,
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
from kimwerk.ui.slices import MONTH, QUARTER, TIME, YEAR, members_on, members_within, slice_key

COUNTING = (Permission.FIGURE_READ, Permission.REGISTRATION_KEEP, Permission.REGISTRATION_CHECK)
WEEK = Dimension("week", _("Calendar week"), MemberKind.TIME)
MUNICIPALITY = Dimension("municipality", _("Municipality"), MemberKind.PLACE)
NEED = Dimension("need", _("Need of a place"))
AGE = Dimension("age_band", _("Age on the day of registration"))
ALONG = (WEEK, MUNICIPALITY, NEED, AGE, *TIME)
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
    band: AgeBand


KEYS: Mapping[str, Callable[[_Group], str]] = {
    WEEK.key: lambda group: next(Period.of_days(group.day, group.day).iso_weeks()).key,
    MUNICIPALITY.key: lambda group: group.place.key,
    NEED.key: lambda group: group.need,
    AGE.key: lambda group: group.band.key,
    MONTH.key: lambda group: slice_key(MONTH, group.day),
    QUARTER.key: lambda group: slice_key(QUARTER, group.day),
    YEAR.key: lambda group: slice_key(YEAR, group.day),
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
    found = next((each for each in ALONG if each.key == key), None)
    if found is None:
        raise QueryError(QueryProblem.UNKNOWN_DIMENSION, key)
    return found


def _groups(actor: Actor, query: FigureQuery) -> Counter[_Group]:
    """Counted by the database for whoever reads figures, who sees no rows."""
    if not any(actor.can(right) for right in COUNTING):
        return Counter()
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.day, m.ags, m.name, c.needs_school, c.needs_childcare, c.youngest, c.people"
            " from arrivals_counts_by_age(%s, %s, %s) c join directory_municipality m on m.id = c.municipality_id"
            " where %s::bigint is null or c.organisation_id = %s",
            [query.window.start, query.window.end, list(AGES.bounds), query.organisation, query.organisation],
        )
        found = cursor.fetchall()
    counted: Counter[_Group] = Counter()
    for day, ags, name, school, childcare, youngest, count in found:
        need = "school" if school else "childcare" if childcare else "none"
        counted[_Group(day, Member(ags, name), need, AGES.of_age(youngest))] += count
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
    if dimension is AGE:
        bands = {group.band for group in groups}
        return tuple(Member(band.key, _age_label(band)) for band in AGES.all if band in bands)
    if dimension.kind is MemberKind.TIME:
        return members_within(dimension, window)
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


def _age_label(band: AgeBand) -> str:
    if band == UNKNOWN:
        return gettext("not recorded")
    if band.oldest is None:
        return gettext("%(age)s and older") % {"age": band.youngest}
    return gettext("%(youngest)s to %(oldest)s") % {"youngest": band.youngest, "oldest": band.oldest}


def _households(actor: Actor, query: FigureQuery) -> Rows:
    """Households by the day and place of whoever of them was registered first."""
    if not any(actor.can(right) for right in COUNTING):
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "select h.day, m.ags, m.name, h.households from arrivals_households(%s, %s) h"
            " join directory_municipality m on m.id = h.municipality_id"
            " where %s::bigint is null or h.organisation_id = %s",
            [query.window.start, query.window.end, query.organisation, query.organisation],
        )
        found = cursor.fetchall()
    for day, ags, name, count in found:
        week = next(Period.of_days(day, day).iso_weeks()).key
        yield {MUNICIPALITY.key: Member(ags, name), WEEK.key: Member(week, "")} | members_on(day), count


def _slices(dimension: Dimension, window: Period) -> tuple[Member, ...]:
    return tuple(_weeks(window)) if dimension is WEEK else members_within(dimension, window)


OF_HOUSEHOLDS = (WEEK, MUNICIPALITY, *TIME)

FIGURES: tuple[Figure[Actor], ...] = (
    Figure(
        "arrivals_registered",
        _("Newly arrived people registered"),
        Unit.PERSONS,
        _("Every registered person counts once, on the day of registration."),
        _("All rows of the registration lists; doubles that were set aside do not count."),
        ALONG,
        "arrivals",
        _registered,
        rows="arrivals:occasions",
        by=(WEEK.key,),
    ),
    Figure(
        "arrivals_by_age_and_need",
        _("Newly arrived people by age and need of a place"),
        Unit.PERSONS,
        _("Every registered person counts once, on the day of registration."),
        _("All rows of the registration lists; doubles that were set aside do not count."),
        ALONG,
        "arrivals",
        _registered,
        rows="arrivals:occasions",
        by=(AGE.key, NEED.key),
    ),
    Figure(
        "arrival_households",
        _("Households of newly arrived people"),
        Unit.HOUSEHOLDS,
        _("Everybody who was registered together counts as one household, on the day of the first of them."),
        _("All rows of the registration lists that are not erased; doubles that were set aside do not count."),
        OF_HOUSEHOLDS,
        "arrivals",
        GroupedCount(_households, OF_HOUSEHOLDS, _slices),
        rows="arrivals:occasions",
        by=(WEEK.key,),
        part_of="arrivals_registered",
    ),
)
