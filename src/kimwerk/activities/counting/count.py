"""Counting: from a question in words to named sums. At most one statement, and one query for each list of names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.activities.counting.axes import Lexicon, ids_of, members_of
from kimwerk.activities.counting.dimensions import ALL, SORT, SOURCES, STAFF
from kimwerk.activities.counting.question import Measure, Question
from kimwerk.activities.counting.reach import countable, readable
from kimwerk.activities.counting.statement import statement
from kimwerk.kernel.figures import MOST_DIMENSIONS, Axis, FigureQuery, Member, QueryError, QueryProblem

MOST_DAYS = 101 * 366
"""Days of a window beyond which somebody mistyped a year."""
TARGET_KEY, PARTNER_KEY = "target", "partner"
SORTS = {TARGET_KEY: Measure.TARGET, PARTNER_KEY: Measure.PARTNER}
Sums = Mapping[Measure, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """Sums per combination of members, and over the whole, where each entry counts once."""

    axes: tuple[Axis, ...]
    cells: Mapping[tuple[str, ...], Sums]
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
    """Participants per combination of members, told apart by sort if that is asked for."""
    sorts = {key: SORTS[key] for key in query.only.get(SORT) or tuple(SORTS)}
    total = sum(counts.total[measure] for measure in sorts.values())
    if SORT not in query.by:
        whole = {key: sum(sums[measure] for measure in sorts.values()) for key, sums in counts.cells.items()}
        return counts.axes, whole, total
    position = query.by.index(SORT)
    labels = {TARGET_KEY: _("target group"), PARTNER_KEY: _("partners")}
    members = tuple(Member(key, labels[key], colour) for colour, key in enumerate(SORTS) if key in sorts)
    axis = Axis(SOURCES[SORT].dimension, members)
    axes = (*counts.axes[:position], axis, *counts.axes[position:])
    cells = {
        (*key[:position], sort, *key[position:]): sums[measure]
        for key, sums in counts.cells.items()
        for sort, measure in sorts.items()
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


def _answer(question: Question) -> tuple[dict[tuple[int, ...], list[int]], Sums]:
    sql = statement(question)
    cells: dict[tuple[int, ...], list[int]] = {}
    whole = [0] * len(question.measures)
    total_part = 1 if question.needs_own_total else 0
    with connection.cursor() as cursor:
        cursor.execute(sql.text, sql.values)
        for part, *row in cursor.fetchall():
            values = [int(value) for value in row[MOST_DIMENSIONS:]]
            if part == 0:
                key = tuple(row[: len(question.by)])
                cells[key] = _added(cells[key], values) if key in cells else values
            if part == total_part:
                whole = _added(whole, values)
    return cells, dict(zip(question.measures, whole, strict=True))


def _added(one: list[int], other: list[int]) -> list[int]:
    return [a + b for a, b in zip(one, other, strict=True)]


def _named(
    question: Question, cells: Mapping[tuple[int, ...], list[int]], lexicon: Lexicon
) -> tuple[tuple[Axis, ...], dict[tuple[str, ...], Sums]]:
    today = timezone.localdate()
    members = [
        members_of(source, {key[position] for key in cells}, lexicon, question.window, today)
        for position, source in enumerate(question.sources)
    ]
    keys = [{number: member.key for number, member in listed} for listed in members]
    added: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0] * len(question.measures))
    for ids, sums in cells.items():
        key = tuple(keys[position][number] for position, number in enumerate(ids))
        added[key] = _added(added[key], sums)
    axes = tuple(
        Axis(source.dimension, tuple({member.key: member for _id, member in listed}.values()))
        for source, listed in zip(question.sources, members, strict=True)
    )
    return axes, {key: dict(zip(question.measures, sums, strict=True)) for key, sums in added.items()}


def combinations(axes: tuple[Axis, ...]) -> Iterator[tuple[str, ...]]:
    """Every combination of members of the axes."""
    return product(*(tuple(member.key for member in axis.members) for axis in axes))
