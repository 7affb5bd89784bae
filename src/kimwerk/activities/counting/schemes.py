"""Counting in the categories of somebody else: own categories are summed up to those that the mapping names.

The mapping of the day on which something was done is the one that counts. What nobody has mapped stands in rows of its
own, under its own name, so that the sums stay what they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.activities.counting.axes import Lexicon, members_of
from kimwerk.activities.counting.count import Counts, count
from kimwerk.activities.counting.dimensions import SOURCES, Shape
from kimwerk.activities.counting.question import Measure
from kimwerk.activities.models import CategoryMapping
from kimwerk.kernel.figures import MISSING, MOST_DIMENSIONS, Axis, Dimension, FigureQuery, Member, QueryError
from kimwerk.kernel.figures import QueryProblem as Problem
from kimwerk.kernel.names import sort_key
from kimwerk.kernel.periods import Period

UNMAPPED = "unmapped-"
"""The key of a category without a mapping begins like this, so that it is never taken for one of the scheme."""

Key = tuple[str, ...]
Only = Mapping[str, Key]


@dataclass(frozen=True, slots=True)
class Mapped:
    """A dimension in somebody else's categories, and the own dimension whose members are summed up to them."""

    dimension: Dimension
    own: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """Somebody else's categories: under which name the mapping knows them, and along what they tell apart."""

    name: str
    dimensions: tuple[Mapped, ...]

    def mapped(self, key: str) -> Mapped | None:
        """The dimension of that key, if it is one of this scheme."""
        return next((each for each in self.dimensions if each.dimension.key == key), None)


@dataclass(frozen=True, slots=True)
class Ask:
    """What is summed up, over which entries, along which own dimensions besides those of the scheme."""

    scheme: Scheme
    measure: Measure
    along: tuple[str, ...]
    is_referrals: bool = False


def count_mapped(actor: Actor, query: FigureQuery, ask: Ask) -> tuple[tuple[Axis, ...], Mapping[Key, int], int]:
    """Axes, sums and the whole, where each entry counts once. QueryError if the question makes no sense."""
    if len(query.by) > MOST_DIMENSIONS or len(set(query.by)) < len(query.by):
        raise QueryError(Problem.TOO_MANY_DIMENSIONS)
    for key in (*query.by, *query.only):
        if ask.scheme.mapped(key) is None and key not in ask.along:
            raise QueryError(Problem.UNKNOWN_DIMENSION, key)
    reading = _Reading(actor, ask, Lexicon.read())
    mappings = tuple(_mappings(ask.scheme.name))
    total = 0
    for days in _stretches(query.window, [valid for _list, _code, _member, valid in mappings]):
        held = _held(mappings, days.start)
        only = _own_only(query, ask.scheme, held, reading.lexicon)
        if only is not None:
            part = replace(query, window=days, only=only)
            reading.add(part, query.by, held)
            total += reading.ask_for(part, ()).total[ask.measure]
    return reading.axes(query), dict(reading.sums), total


Line = tuple[str, str, Member, DateRange]
Held = Mapping[tuple[str, str], Member]
"""The member of the scheme for each own category, by its list and its code."""


def _mappings(scheme: str) -> Iterator[Line]:
    rows = CategoryMapping.objects.filter(scheme=scheme).select_related("category").order_by("label", "pk")
    for row in rows:
        yield row.category.category_list, row.category.code, Member(row.code, row.label), row.valid


def _held(mappings: tuple[Line, ...], on: date) -> Held:
    return {(name, code): member for name, code, member, valid in mappings if _holds(valid, on)}


def _holds(valid: DateRange, on: date) -> bool:
    return (valid.lower or date.min) <= on < (valid.upper or date.max)


def _stretches(window: Period, ranges: list[DateRange]) -> Iterator[Period]:
    """The window in pieces within which no mapping begins or ends."""
    borders = {border for each in ranges for border in (each.lower, each.upper) if border}
    cuts = sorted({window.start, window.end, *(border for border in borders if window.start < border < window.end)})
    yield from (Period(first, after) for first, after in pairwise(cuts))


def _member(code: str, list_name: str, held: Held, lexicon: Lexicon) -> Member:
    if code == MISSING:
        return Member(MISSING, _("not recorded"))
    if found := held.get((list_name, code)):
        return found
    label = next((c.label for c in lexicon.categories.values() if (c.category_list, c.code) == (list_name, code)), code)
    return Member(UNMAPPED + code, _("without mapping: %(label)s") % {"label": label})


def _own_only(query: FigureQuery, scheme: Scheme, held: Held, lexicon: Lexicon) -> Only | None:
    """The narrowing in own categories; None if nothing of it occurs in these days."""
    only: dict[str, Key] = {}
    for key, members in query.only.items():
        mapped = scheme.mapped(key)
        if mapped is None or not members:
            only[key] = members
            continue
        name = str(SOURCES[mapped.own].category_list)
        codes = (MISSING, *(c.code for c in lexicon.categories.values() if c.category_list == name))
        own = tuple(code for code in codes if _member(code, name, held, lexicon).key in members)
        if not own:
            return None
        only[mapped.own] = own
    return only


class _Reading:
    """Sums over the stretches of a window, with the members that were met."""

    def __init__(self, actor: Actor, ask: Ask, lexicon: Lexicon) -> None:
        self.sums: dict[Key, int] = defaultdict(int)
        self.lexicon = lexicon
        self._actor, self._ask = actor, ask
        self._met: dict[str, dict[str, Member]] = defaultdict(dict)

    def ask_for(self, part: FigureQuery, by: Key, only: Only | None = None) -> Counts:
        """What the diary answers along own dimensions."""
        question = replace(part, by=by, only=part.only if only is None else only)
        measures = (self._ask.measure,)
        return count(self._actor, question, measures, is_referrals=self._ask.is_referrals)

    def add(self, part: FigureQuery, by: Key, held: Held) -> None:
        """Add what these days bring, along the dimensions that were asked for."""
        for key, amount in self._cells(part, by, dict(part.only), held):
            if amount:
                self.sums[key] += amount

    def _cells(self, part: FigureQuery, by: Key, only: dict[str, Key], held: Held) -> Iterator[tuple[Key, int]]:
        """Where an entry may stand in several own categories, each of the others' categories is asked for alone."""
        several = next((at for at, key in enumerate(by) if self._is_several(key)), None)
        if several is None:
            yield from self._folded(part, by, only, held)
            return
        own = self._own(by[several])
        for member, codes in self._classes(part, by[several], only, held):
            narrowed = only | {own: codes}
            for key, amount in self._cells(part, (*by[:several], *by[several + 1 :]), narrowed, held):
                self._met[by[several]].setdefault(member.key, member)
                yield (*key[:several], member.key, *key[several:]), amount

    def _folded(self, part: FigureQuery, by: Key, only: dict[str, Key], held: Held) -> Iterator[tuple[Key, int]]:
        counts = self.ask_for(part, tuple(self._own(key) for key in by), only)
        named = [self._named(key, axis, held) for key, axis in zip(by, counts.axes, strict=True)]
        for key, (amount,) in counts.cells.items():
            yield tuple(members[code].key for members, code in zip(named, key, strict=True)), amount

    def _named(self, key: str, axis: Axis, held: Held) -> Mapping[str, Member]:
        """The member that each own member of an axis counts to."""
        mapped = self._ask.scheme.mapped(key)
        named = {each.key: each for each in axis.members}
        if mapped:
            name = str(SOURCES[mapped.own].category_list)
            named = {code: _member(code, name, held, self.lexicon) for code in named}
        self._met[key].update({member.key: member for member in named.values()})
        return named

    def _classes(
        self, part: FigureQuery, key: str, only: dict[str, Key], held: Held
    ) -> Iterator[tuple[Member, tuple[str, ...]]]:
        """The members that occur with the own categories that count to them."""
        own = self._own(key)
        [axis] = self.ask_for(part, (own,), only).axes
        found: dict[str, tuple[Member, list[str]]] = {}
        for each in axis.members:
            member = _member(each.key, str(SOURCES[own].category_list), held, self.lexicon)
            found.setdefault(member.key, (member, []))[1].append(each.key)
        yield from ((member, tuple(codes)) for member, codes in found.values())

    def _own(self, key: str) -> str:
        mapped = self._ask.scheme.mapped(key)
        return mapped.own if mapped else key

    def _is_several(self, key: str) -> bool:
        return self._ask.scheme.mapped(key) is not None and SOURCES[self._own(key)].shape is Shape.SEVERAL

    def axes(self, query: FigureQuery) -> tuple[Axis, ...]:
        """The axes with the members that were met: slices of time all, others by name, unmapped and missing last."""
        return tuple(self._axis(key, query.window) for key in query.by)

    def _axis(self, key: str, window: Period) -> Axis:
        mapped, source = self._ask.scheme.mapped(key), SOURCES[self._own(key)]
        if mapped is None and source.slices:
            members = members_of(source, set(), self.lexicon, window, timezone.localdate())
            return Axis(source.dimension, tuple(member for _place, member in members))
        met = self._met[key].values()
        if mapped is None and source.category_list:
            return Axis(source.dimension, tuple(met))
        dimension = mapped.dimension if mapped else source.dimension
        return Axis(dimension, tuple(sorted(met, key=_place)))


def _place(member: Member) -> tuple[int, str]:
    rank = 2 if member.key == MISSING else 1 if member.key.startswith(UNMAPPED) else 0
    return rank, sort_key(member.label)
