"""Cases in the categories of the Land, as the office maps its access paths and closure reasons to them.

The mapping of the day on which a case was opened or closed is the one that counts. What nobody has mapped stands in
rows of its own, under its own name, so that the sums stay what they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.activities.types import LAND_SCHEME
from kimwerk.casework.figures import (
    ACCESS,
    ENDED,
    KIND,
    MUNICIPALITY,
    OPENED,
    REASON,
    ROOM,
    CaseCount,
    asked_for,
)
from kimwerk.casework.models import ChoiceMapping
from kimwerk.kernel.figures import (
    MISSING,
    Axis,
    Counted,
    Dimension,
    Figure,
    FigureQuery,
    Member,
    MemberKind,
    Text,
    Unit,
)
from kimwerk.kernel.names import sort_key
from kimwerk.kernel.periods import Period
from kimwerk.ui.slices import TIME, members_within

UNMAPPED = "unmapped-"
"""The key of an entry without a mapping begins like this, so that it is never taken for one of the Land's."""

LAND_ACCESS = Dimension("land_access_path", _("Access path (Land)"))
LAND_REASON = Dimension("land_closure_reason", _("Closure reason (Land)"))
Key = tuple[str, ...]
Held = Mapping[str, Member]
"""The Land's member for each own entry, by its code."""


@dataclass(frozen=True, slots=True)
class _Mapped:
    """A count of cases in which one of the own lists is told in the Land's words."""

    count: CaseCount
    own: Dimension
    land: Dimension

    @property
    def along(self) -> tuple[Dimension, ...]:
        """The dimensions of the count, with the Land's list in the place of the own one."""
        return (self.land, KIND, MUNICIPALITY, *TIME)

    def __call__(self, actor: Actor, query: FigureQuery) -> Counted:
        by = asked_for(query, self.along)
        lines = tuple(_lines(self.own))
        cells: dict[Key, int] = defaultdict(int)
        met: dict[str, dict[str, Member]] = defaultdict(dict)
        total = 0
        for days in _stretches(query.window, [valid for _code, _member, valid in lines]):
            held = {code: member for code, member, valid in lines if _holds(valid, days.start)}
            for key, amount in self._counted(actor, replace(query, window=days), held, met):
                cells[key] += amount
                total += amount
        axes = tuple(Axis(each, self._members(each, met[each.key], query.window)) for each in by)
        return Counted(axes, {key: amount for key, amount in cells.items() if amount} if by else {(): total}, total)

    def _counted(
        self, actor: Actor, query: FigureQuery, held: Held, met: Mapping[str, dict[str, Member]]
    ) -> Iterator[tuple[Key, int]]:
        """The cells of one stretch of days, in the Land's words; narrowed to some of them, the others are left out."""
        wanted = query.only.get(self.land.key)
        own = (self.own.key, *(key for key in query.by if key != self.land.key))
        only = {key: members for key, members in query.only.items() if key != self.land.key}
        counted = self.count(actor, replace(query, by=own, only=only))
        named = {member.key: _member(member, held) for member in counted.axes[0].members}
        for axis in counted.axes[1:]:
            met[axis.dimension.key].update({member.key: member for member in axis.members})
        for (code, *rest), value in counted.cells.items():
            member = named[code]
            if value and (not wanted or member.key in wanted):
                met[self.land.key][member.key] = member
                others = iter(rest)
                key = tuple(member.key if each == self.land.key else next(others) for each in query.by)
                yield key, int(value)

    def _members(self, dimension: Dimension, met: Mapping[str, Member], window: Period) -> tuple[Member, ...]:
        if dimension.kind is MemberKind.TIME:
            return members_within(dimension, window)
        return tuple(sorted(met.values(), key=_place))


def _lines(own: Dimension) -> Iterator[tuple[str, Member, DateRange]]:
    rows = ChoiceMapping.objects.filter(scheme=LAND_SCHEME, choice__choice_list=own.key).select_related("choice")
    for row in rows.order_by("label", "pk"):
        yield row.choice.code, Member(row.code, row.label), row.valid


def _stretches(window: Period, ranges: list[DateRange]) -> Iterator[Period]:
    """The window in pieces within which no mapping begins or ends."""
    borders = {border for each in ranges for border in (each.lower, each.upper) if border}
    cuts = sorted({window.start, window.end, *(border for border in borders if window.start < border < window.end)})
    yield from (Period(first, after) for first, after in pairwise(cuts))


def _holds(valid: DateRange, on: date) -> bool:
    return (valid.lower or date.min) <= on < (valid.upper or date.max)


def _member(own: Member, held: Held) -> Member:
    if own.key == MISSING:
        return Member(MISSING, gettext("not recorded"))
    if own.key in held:
        return held[own.key]
    return Member(UNMAPPED + own.key, gettext("without mapping: %(label)s") % {"label": own.label})


def _place(member: Member) -> tuple[int, str]:
    rank = 2 if member.key == MISSING else 1 if member.key.startswith(UNMAPPED) else 0
    return rank, sort_key(member.label)


def _figure(key: str, title: Text, counts: Text, compute: _Mapped) -> Figure[Actor]:
    population = _(
        "All cases of the organisation; what is mapped to no category of the Land stands in a row of its own."
    )
    return Figure(
        key, title, Unit.CASES, counts, population, compute.along, ROOM, compute,
        by=(compute.land.key,), rows="casework:list",
    )  # fmt: skip


FIGURES: tuple[Figure[Actor], ...] = (
    _figure("land_cases_opened", _("Cases opened by the Land’s access paths"),
            _("Every case counts once, with the access path to which its own one was mapped on the day it was opened."),
            _Mapped(OPENED, ACCESS, LAND_ACCESS)),
    _figure("land_cases_closed", _("Cases closed by the Land’s reasons"),
            _("Every case counts once, with the reason to which its own one was mapped on the day it was closed."),
            _Mapped(ENDED, REASON, LAND_REASON)),
)  # fmt: skip
