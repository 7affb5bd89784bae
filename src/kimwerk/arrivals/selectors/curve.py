"""The curve: registrations by calendar week and all until then, for everybody or told apart by place, age or need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Func, IntegerField
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models import Occasion, Registration
from kimwerk.arrivals.rules import MAJORITY
from kimwerk.arrivals.types import CurveBy, Need
from kimwerk.kernel.age_bands import AgeBands

WEEK = timedelta(days=7)
AGES = AgeBands.from_bounds((0, 3, 6, 10, 16, MAJORITY, 65))
"""Day care, day care before school, primary school, secondary school, older pupils, adults, old people."""
AGE = Func(
    F("arrived_on"),
    F("birth_date"),
    template="date_part('year', age(%(expressions)s))::integer",
    output_field=IntegerField(),
)
COLUMNS: Mapping[CurveBy | None, tuple[str, ...]] = {
    None: (),
    CurveBy.MUNICIPALITY: ("municipality__name",),
    CurveBy.AGE: ("age",),
    CurveBy.NEED: ("needs_school", "needs_childcare"),
}


@dataclass(frozen=True, slots=True)
class Week:
    """Registrations of a calendar week, by group where they are told apart, and of all weeks until then."""

    monday: date
    groups: Mapping[str, int]
    count: int
    cumulated: int
    is_incomplete: bool

    @property
    def label(self) -> str:
        """The week by ISO 8601, such as "KW 10/2022"."""
        year, week, _day = self.monday.isocalendar()
        return _("week %(week)s/%(year)s") % {"week": f"{week:02}", "year": year}


@dataclass(frozen=True, slots=True)
class Curve:
    """Every week from the first registration to the last, quiet ones too, and the groups in their order."""

    groups: tuple[str, ...]
    weeks: tuple[Week, ...]


def curve_of(actor: Actor, occasion: Occasion, by: CurveBy | None = None) -> Curve:
    """What was registered in each week. The running week, and that in which the occasion began, are incomplete."""
    found = Registration.objects.visible_to(actor).counting().filter(occasion=occasion)
    annotated = found.annotate(day=TruncDate("registered_at"), age=AGE)
    counted: Counter[tuple[date, str]] = Counter()
    for day, *facts, count in annotated.values_list("day", *COLUMNS[by]).annotate(count=Count("*")).order_by():
        counted[_monday(day), _group(by, facts)] += count
    met = {group for _week, group in counted}
    groups = tuple(each for each in _in_order(by, met) if each in met) if by else ()
    return Curve(groups, _weeks(counted, occasion, timezone.localdate()))


def _group(by: CurveBy | None, facts: list[object]) -> str:
    if by is CurveBy.AGE:
        age = facts[0]
        return AGES.of_age(age if isinstance(age, int) else None).key
    if by is CurveBy.NEED:
        school, childcare = facts
        return Need.SCHOOL if school else Need.CHILDCARE if childcare else Need.NONE
    return str(facts[0]) if facts else ""


def _in_order(by: CurveBy, met: set[str]) -> tuple[str, ...]:
    if by is CurveBy.AGE:
        return tuple(band.key for band in AGES.all)
    return tuple(Need) if by is CurveBy.NEED else tuple(sorted(met))


def _weeks(counted: Mapping[tuple[date, str], int], occasion: Occasion, today: date) -> tuple[Week, ...]:
    by_week: dict[date, dict[str, int]] = {}
    for (monday, group), count in counted.items():
        by_week.setdefault(monday, {})[group] = count
    weeks: list[Week] = []
    monday, total = min(by_week, default=today), 0
    while monday <= max(by_week, default=date.min):
        groups = by_week.get(monday, {})
        total += sum(groups.values())
        begins_within = monday < occasion.begins_on < monday + WEEK
        weeks.append(Week(monday, groups, sum(groups.values()), total, begins_within or today < monday + WEEK))
        monday += WEEK
    return tuple(weeks)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
