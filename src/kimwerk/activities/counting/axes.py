"""The members of a breakdown: their keys, names and order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kimwerk.accounts.models import Account
from kimwerk.activities.counting.dimensions import KIND_GROUP, MUNICIPALITY, STAFF, WEEK, WEEKDAY, Shape, Source
from kimwerk.activities.counting.question import slices_of
from kimwerk.activities.models import Category
from kimwerk.activities.types import MISSING_ID
from kimwerk.directory.models import Municipality, Organisation, Site
from kimwerk.kernel.figures import MISSING, Member, QueryError, QueryProblem
from kimwerk.kernel.periods import ONE_DAY, Period, Slice


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All categories, read once for a question: few, and needed for names, keys and groups."""

    categories: Mapping[int, Category]

    @classmethod
    def read(cls) -> Lexicon:
        """One query."""
        return cls({c.pk: c for c in Category.objects.order_by("category_list", "position", "label")})

    def of(self, source: Source) -> list[Category]:
        """The categories of the list that names a dimension, in their order."""
        return [c for c in self.categories.values() if source.category_list and c.category_list == source.category_list]

    def referrals(self) -> tuple[int, ...]:
        """The kinds that are referral consultations."""
        return tuple(c.pk for c in self.categories.values() if c.is_referral)


def ids_of(source: Source, keys: Iterable[str], lexicon: Lexicon, window: Period) -> tuple[int, ...]:
    """The members of these keys as the tables number them. QueryError for one that does not exist."""
    known = _known_ids(source, tuple(keys), lexicon, window)
    try:
        return tuple(number for key in keys for number in known[key])
    except KeyError:
        raise QueryError(QueryProblem.UNKNOWN_MEMBER, source.key) from None


def _known_ids(
    source: Source, keys: tuple[str, ...], lexicon: Lexicon, window: Period
) -> Mapping[str, tuple[int, ...]]:
    none = {} if source.shape is Shape.DAY else {MISSING: (MISSING_ID,)}
    if source.key == KIND_GROUP:
        kinds = lexicon.of(source)
        return {group: tuple(c.pk for c in kinds if c.group == group) for group in {c.group for c in kinds}}
    if source.category_list:
        return none | {c.code: (c.pk,) for c in lexicon.of(source)}
    if source.key == WEEKDAY:
        return {str(day): (day,) for day in range(1, 8)}
    if source.slices:
        return {part.key: (position,) for position, part in enumerate(slices_of(source, window))}
    if source.key == MUNICIPALITY:
        return none | {ags: (pk,) for pk, ags in Municipality.objects.filter(ags__in=keys).values_list("pk", "ags")}
    return none | {key: (int(key),) for key in keys if key.isdecimal() and len(key) < LONGEST_ID}


LONGEST_ID = 18
"""Digits beyond which a number cannot be the id of a row."""


def members_of(
    source: Source, ids: set[int], lexicon: Lexicon, window: Period, today: date
) -> tuple[tuple[int, Member], ...]:
    """The members with these ids, named and in order, "not recorded" last; of slices of time all."""
    if source.slices:
        return tuple(enumerate(_slice(part, source, today) for part in slices_of(source, window)))
    if source.key == WEEKDAY:
        return tuple((day, Member(str(day), str(WEEKDAYS[day - 1]))) for day in range(1, 8))
    if source.key == KIND_GROUP:
        return _groups(source, ids, lexicon)
    named = _categories(source, ids, lexicon) if source.category_list else _rows(source, ids)
    return (*named, (MISSING_ID, Member(MISSING, _("not recorded")))) if MISSING_ID in ids else named


def _categories(source: Source, ids: set[int], lexicon: Lexicon) -> tuple[tuple[int, Member], ...]:
    return tuple((c.pk, Member(c.code, c.label, c.colour)) for c in lexicon.of(source) if c.pk in ids)


def _groups(source: Source, ids: set[int], lexicon: Lexicon) -> tuple[tuple[int, Member], ...]:
    kinds = [c for c in lexicon.of(source) if c.pk in ids]
    kinds.sort(key=lambda kind: kind.group == MISSING)
    return tuple((kind.pk, Member(kind.group, kind.group or _("without a group"))) for kind in kinds)


def _rows(source: Source, ids: set[int]) -> tuple[tuple[int, Member], ...]:
    wanted = ids - {MISSING_ID}
    if not wanted:
        return ()
    if source.key == MUNICIPALITY:
        rows = Municipality.objects.filter(pk__in=wanted).order_by("sort_key").values_list("pk", "ags", "name")
        return tuple((pk, Member(ags, name)) for pk, ags, name in rows)
    if source.key == STAFF:
        people = Account.objects.filter(pk__in=wanted).order_by("sort_key", "pk")
        return tuple((person.pk, Member(str(person.pk), person.display_name)) for person in people)
    model = Site if source.key == "site" else Organisation
    named = model.objects.filter(pk__in=wanted).order_by("sort_key").values_list("pk", "name")
    return tuple((pk, Member(str(pk), name)) for pk, name in named)


def _slice(part: Slice, source: Source, today: date) -> Member:
    covered = part.covered.intersection(Period(date.min, today + ONE_DAY)) or part.covered
    member = Member(part.key, _slice_label(part, source))
    return member if covered == part.period else replace(member, covered=covered)


def _slice_label(part: Slice, source: Source) -> str:
    start = part.period.start
    if source.key == WEEK:
        year, week, _day = start.isocalendar()
        return _("week %(week)s/%(year)s") % {"week": week, "year": year}
    if source.key == "quarter":
        return _("quarter %(quarter)s/%(year)s") % {"quarter": (start.month + 2) // 3, "year": start.year}
    return date_format(start, "F Y") if source.key == "month" else str(start.year)
