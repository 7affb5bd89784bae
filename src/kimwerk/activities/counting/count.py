"""Counting: from a question in words to named sums. At most one statement, and one query for each list of names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.pq import Format

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.activities.counting.ahead import CountedColumn, tally_of
from kimwerk.activities.counting.axes import Lexicon, ids_of, members_of
from kimwerk.activities.counting.dimensions import ALL, KIND_GROUP, SORT, SOURCES, STAFF
from kimwerk.activities.counting.question import Measure, Question
from kimwerk.activities.counting.reach import countable, readable
from kimwerk.activities.counting.statement import CELLS, COLUMN, WHOLE, columns_of, statement
from kimwerk.kernel.figures import MOST_DIMENSIONS, Axis, FigureQuery, Member, QueryError, QueryProblem

MOST_DAYS = 101 * 366
"""Days of a window beyond which somebody mistyped a year."""
TARGET_KEY, PARTNER_KEY = "target", "partner"
SORTS = {TARGET_KEY: Measure.TARGET, PARTNER_KEY: Measure.PARTNER}
Sums = Mapping[Measure, int]
Cells = dict[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Counts:
    """Sums for each combination of members, in the order of the measures, and for the whole, with each entry once."""

    axes: tuple[Axis, ...]
    cells: Mapping[tuple[str, ...], tuple[int, ...]]
    total: Sums


def count(
    actor: Actor,
    query: FigureQuery,
    measures: tuple[Measure, ...],
    *,
    along: tuple[str, ...] = ALL,
    is_referrals: bool = False,
) -> Counts:
    """Sums of entries that the actor may count. QueryError if the question makes no sense.

    `along` names the dimensions that may be asked for. `is_referrals` keeps to kinds that are
    referral consultations. A breakdown by `sort` is left to the caller (`by_sort`), because it tells
    columns apart, not entries.
    """
    _check(actor, query, along)
    lexicon = Lexicon.read()
    question = _question(actor, query, measures, lexicon, is_referrals=is_referrals)
    cells, total = _answer(question)
    axes, named = _named(question, cells, lexicon)
    return Counts(axes, named, total)


def sums_over(question: Question) -> Sums:
    """The sums over all entries that a question means, each counted once."""
    return _answer(question)[1]


def by_sort(counts: Counts, query: FigureQuery) -> tuple[tuple[Axis, ...], dict[tuple[str, ...], int], int]:
    """Participants per combination of members, told apart by sort if that is asked for.

    The measures that were counted are those of `SORTS`, in their order.
    """
    sorts = {key: place for place, key in enumerate(SORTS) if key in (query.only.get(SORT) or SORTS)}
    total = sum(counts.total[SORTS[key]] for key in sorts)
    if SORT not in query.by:
        places = tuple(sorts.values())
        whole = {key: sum(sums[place] for place in places) for key, sums in counts.cells.items()}
        return counts.axes, whole, total
    position = query.by.index(SORT)
    labels = {TARGET_KEY: _("target group"), PARTNER_KEY: _("partners")}
    members = tuple(Member(key, labels[key], colour) for colour, key in enumerate(SORTS) if key in sorts)
    axis = Axis(SOURCES[SORT].dimension, members)
    axes = (*counts.axes[:position], axis, *counts.axes[position:])
    cells = {
        (*key[:position], sort, *key[position:]): sums[place]
        for key, sums in counts.cells.items()
        for sort, place in sorts.items()
    }
    return axes, cells, total


def may_tell_staff(actor: Actor) -> bool:
    """Whether the actor may see who did how much: whoever may read the diary of an organisation."""
    return actor.can(Permission.ACTIVITY_READ)


def _check(actor: Actor, query: FigureQuery, along: tuple[str, ...]) -> None:
    if query.window.days > MOST_DAYS:
        raise QueryError(QueryProblem.WINDOW_TOO_LONG)
    if len(query.by) > MOST_DIMENSIONS or len(set(query.by)) < len(query.by):
        raise QueryError(QueryProblem.TOO_MANY_DIMENSIONS)
    for key in (*query.by, *query.only):
        if key not in along or (key == STAFF and not may_tell_staff(actor)):
            raise QueryError(QueryProblem.UNKNOWN_DIMENSION, key)
    if not set(query.only.get(SORT, ())) <= set(SORTS):
        raise QueryError(QueryProblem.UNKNOWN_MEMBER, SORT)


def _question(
    actor: Actor, query: FigureQuery, measures: tuple[Measure, ...], lexicon: Lexicon, *, is_referrals: bool
) -> Question:
    only = {
        key: ids_of(SOURCES[key], keys, lexicon, query.window)
        for key, keys in query.only.items()
        if keys and key != SORT
    }
    if is_referrals:
        referrals = lexicon.referrals()
        only["kind"] = tuple(kind for kind in only.get("kind", referrals) if kind in referrals)
    tells_staff = STAFF in query.by or STAFF in query.only
    reach = readable(actor) if tells_staff else countable(actor)
    return Question(
        window=query.window,
        reach=reach if query.organisation is None else reach.within(query.organisation),
        measures=measures,
        by=tuple(key for key in query.by if key != SORT),
        only=only,
        organisation=query.organisation,
    )


def _answer(question: Question) -> tuple[Cells, Sums]:
    columns, rows = _asked(question)
    tally = tally_of(question, columns)
    cells, whole = tally.cells(), tuple(tally.whole)
    whole_part = WHOLE if question.needs_own_total else CELLS
    for part, *numbers in rows:
        key, sums = tuple(numbers[: len(question.by)]), tuple(numbers[MOST_DIMENSIONS:])
        if part == CELLS:
            cells[key] = _added(cells[key], sums) if key in cells else sums
        if part == whole_part:
            whole = _added(whole, sums)
    return cells, dict(zip(question.measures, whole, strict=True))


def _asked(question: Question) -> tuple[list[CountedColumn], list[list[int]]]:
    """What the database says to it: columns of months, and sums over what is not counted ahead."""
    sql, names = statement(question), columns_of(question)
    columns: list[CountedColumn] = []
    rows: list[list[int]] = []
    with connection.cursor() as cursor:
        cursor.cursor.format = Format.BINARY  # bytes as they are, not as text
        cursor.execute(sql.text, sql.values)
        for *numbers, held, sizes in cursor.fetchall():
            if numbers[0] == COLUMN:
                _part, organisation, month, name, entries, *_none = numbers
                columns.append(CountedColumn(organisation, month, names[name], entries, held, sizes))
            else:
                rows.append(numbers)
    return columns, rows


def _added(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _named(
    question: Question, cells: Cells, lexicon: Lexicon
) -> tuple[tuple[Axis, ...], dict[tuple[str, ...], tuple[int, ...]]]:
    today = timezone.localdate()
    ids = list(zip(*cells, strict=True)) or [()] * len(question.by)
    members = [
        members_of(source, set(met), lexicon, question.window, today)
        for source, met in zip(question.sources, ids, strict=True)
    ]
    keys = [{number: member.key for number, member in listed} for listed in members]
    told = [map(names.__getitem__, met) for names, met in zip(keys, ids, strict=True)]
    named = zip(*told, strict=True) if told else [()] * len(cells)
    axes = tuple(
        Axis(source.dimension, tuple({member.key: member for _id, member in listed}.values()))
        for source, listed in zip(question.sources, members, strict=True)
    )
    if not any(source.key == KIND_GROUP for source in question.sources):
        return axes, dict(zip(named, cells.values(), strict=True))
    added: dict[tuple[str, ...], tuple[int, ...]] = {}
    for key, sums in zip(named, cells.values(), strict=True):
        added[key] = _added(added[key], sums) if key in added else sums
    return axes, added


def combinations(axes: tuple[Axis, ...]) -> Iterator[tuple[str, ...]]:
    """Every combination of members of the axes."""
    return product(*(tuple(member.key for member in axis.members) for axis in axes))
