"""The one statement that counts. SQL is composed of our own names; every value is a parameter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kimwerk.activities.counting.dimensions import MUNICIPALITY, SOURCES, WEEK, WEEKDAY, Shape, Source
from kimwerk.activities.counting.question import (
    MONDAY_ZERO,
    Measure,
    Question,
    day_codes,
    rims,
    whole_months,
)
from kimwerk.activities.types import MISSING_ID
from kimwerk.kernel.figures import MOST_DIMENSIONS

Parameter = int | date | list[int] | list[date]

COUNTED_PAIRS = (
    *(
        (name, MUNICIPALITY)
        for name in (
            "channel", "kind", "site", "staff", "referral_target", WEEKDAY, "topic", "target_group", "legal_circle",
            "partner",
        )
    ),
    *((name, "kind") for name in (
        "channel", "site", "staff", "referral_target", "topic", "target_group", "legal_circle",
    )),
    ("kind", WEEK),
)  # fmt: skip
"""The pairs of dimensions along which months are counted ahead; small ones first."""

_SUMS = {
    Measure.ACTIVITIES: "count(*)",
    Measure.TARGET: "sum(a.participants_target)",
    Measure.PARTNER: "sum(a.participants_partner)",
    Measure.MINUTES: "coalesce(sum(a.minutes), 0)",
    Measure.TIMED: "count(a.minutes)",
}


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL with the values for its placeholders."""

    text: str
    values: tuple[Parameter, ...] = ()

    @staticmethod
    def joined(separator: str, pieces: Iterable[Sql]) -> Sql:
        """Pieces one after the other."""
        listed = tuple(pieces)
        return Sql(separator.join(piece.text for piece in listed), tuple(v for piece in listed for v in piece.values))


def statement(question: Question) -> Sql:
    """Rows of (part, member, member, member, sum, ...): part 0 holds cells, part 1 the whole if it is not their sum.

    The same members may come in several rows, which are to be added.
    """
    parts = [question.by, ()] if question.needs_own_total else [question.by]
    pairs = [_counted_pair(question, by) for by in parts]
    known = [pair for pair in pairs if pair is not None]
    if len(known) < len(parts) or not question.reach.organisations:
        return _from_diary(question)
    selects = [
        select
        for number, (by, pair) in enumerate(zip(parts, known, strict=True))
        for select in _mostly_counted(number, question, by, pair)
    ]
    return Sql.joined(" ", (_freshness(question), Sql.joined(" union all ", selects)))


def is_counted_ahead(question: Question) -> bool:
    """Whether counted months can answer most of the question."""
    return bool(question.reach.organisations) and _counted_pair(question, question.by) is not None


def _from_diary(question: Question) -> Sql:
    """One reading of the diary, from which the whole comes too."""
    entries = _grouped(question, question.by, Sql("activities_activity a"), _window(question), _within(question))
    selects = [_unfolded(0, question, question.by, Sql("entries b"))]
    if question.needs_own_total:
        selects.append(_unfolded(1, question, (), Sql("entries b")))
    return Sql.joined(
        " ", (Sql("with entries as materialized ("), entries, Sql(")"), Sql.joined(" union all ", selects))
    )


def _mostly_counted(number: int, question: Question, by: tuple[str, ...], pair: tuple[str, str]) -> list[Sql]:
    """From counted months where they hold, from the diary where they do not, and what lies outside of them."""
    parts = [_counted(number, question, by, pair), _select(number, question, by, _GAPS)]
    is_all_inside = question.organisation is not None and question.organisation in question.reach.organisations
    if question.reach.has_outside and not is_all_inside:
        outside = Sql.joined(" and ", (_not_inside(question), _outside(question)))
        parts.append(_select(number, question, by, Sql("activities_activity a"), _window(question), outside))
    return parts


def _counted_pair(question: Question, by: tuple[str, ...]) -> tuple[str, str] | None:
    """Where counted months hold the answer; None if only the diary does.

    Members of an array that are chosen, but not told apart, may meet in one entry: two of them cannot be added.
    """
    needed = set()
    for key in {*by, *question.only}:
        source = SOURCES[key]
        if source.shape is Shape.SEVERAL and key not in by and len(question.only[key]) > 1:
            return None
        if source.counted_as or key == WEEK:
            needed.add(source.counted_as or key)
    return next((pair for pair in COUNTED_PAIRS if needed <= set(pair)), None)


def _freshness(question: Question) -> Sql:
    """Which months of which organisations are counted and unchanged since, and which stretches are not."""
    months = whole_months(question.window)
    edges = rims(question.window)
    organisations = sorted(question.reach.organisations)
    return Sql(
        "with fresh as materialized ("
        " select c.organisation_id, c.month from activities_countedmonth c"
        " where c.organisation_id = any(%s::bigint[]) and c.month = any(%s::date[])"
        " and c.dimension = 'kind' and c.across = 'municipality' and not exists ("
        " select from activities_stalemonth s where s.organisation_id = c.organisation_id and s.month = c.month)"
        "), gaps as materialized ("
        " select o.id as organisation_id, m.first, m.after from unnest(%s::bigint[]) o(id)"
        " cross join unnest(%s::date[], %s::date[]) m(first, after)"
        " where not exists (select from fresh f where f.organisation_id = o.id and f.month = m.first)"
        " union all select o.id, e.first, e.after from unnest(%s::bigint[]) o(id)"
        " cross join unnest(%s::date[], %s::date[]) e(first, after))",
        (
            organisations, [month.start for month in months],
            organisations, [month.start for month in months], [month.end for month in months],
            organisations, [edge.start for edge in edges], [edge.end for edge in edges],
        ),
    )  # fmt: skip


_GAPS = Sql(
    "gaps g cross join lateral (select * from activities_activity x"
    " where x.organisation_id = g.organisation_id and x.day >= g.first and x.day < g.after offset 0) a"
)
"""Entries of the stretches that are not counted yet; the offset keeps the search by organisation and day."""


def _counted(number: int, question: Question, by: tuple[str, ...], pair: tuple[str, str]) -> Sql:
    columns = ", ".join(f"c.{measure.value}" for measure in question.measures)
    names = ", ".join(measure.value for measure in question.measures)
    sums = ", ".join(f"sum(u.{measure.value})" for measure in question.measures)
    members = [_counted_member(SOURCES[key], pair, question) for key in by]
    filters = [
        Sql(f"{member.text} = any(%s::bigint[])", (*member.values, list(ids)))
        for key, ids in question.only.items()
        for member in (_counted_member(SOURCES[key], pair, question),)
    ]
    return Sql.joined(
        " ",
        (
            _head(number, members, sums),
            Sql(
                "from fresh f join activities_countedmonth c on c.organisation_id = f.organisation_id"
                f" and c.month = f.month and c.dimension = '{pair[0]}' and c.across = '{pair[1]}'"
                f" cross join lateral unnest(c.members, c.crossed, {columns}) u(member, crossed, {names})"
            ),
            _where(filters),
            _BY_MEMBERS,
        ),
    )


def _counted_member(source: Source, pair: tuple[str, str], question: Question) -> Sql:
    name = source.counted_as or source.key
    if source.shape is not Shape.DAY or source.key == WEEKDAY:
        return Sql("u.member" if name == pair[0] else "u.crossed")
    day = f"greatest(date '{MONDAY_ZERO}' + u.crossed::int, c.month)" if source.key == WEEK else "c.month"
    return _slice_of_day(source, question, day)


def _slice_of_day(source: Source, question: Question, day: str) -> Sql:
    """The slice of a day, looked up in a list: quicker than the calendar of the database, and the same as ours."""
    codes = day_codes(source, question.window)
    return Sql(f"((select %s::int[]))[{day} - %s::date + 1]", (codes, question.window.start))


def _select(number: int, question: Question, by: tuple[str, ...], entries: Sql, *conditions: Sql) -> Sql:
    grouped = _grouped(question, by, entries, *conditions)
    return _unfolded(number, question, by, Sql(f"({grouped.text}) b", grouped.values))


def _grouped(question: Question, by: tuple[str, ...], entries: Sql, *conditions: Sql) -> Sql:
    """Entries summed up by what they hold. Arrays stay folded: many entries hold the same ones."""
    sums = Sql(", ".join(f"{_SUMS[measure]} as {measure.value}" for measure in question.measures))
    columns = [_column(SOURCES[key], question) for key in by]
    named = (Sql(f"{column.text} as m{place}", column.values) for place, column in enumerate(columns))
    filters = (_filter(SOURCES[key], ids, question) for key, ids in question.only.items())
    group = Sql("group by " + ", ".join(str(place) for place in range(1, len(by) + 1)) if by else "")
    head = Sql.joined(", ", (*named, sums))
    where = _where((*conditions, Sql("a.removed_at is null"), *filters))
    return Sql.joined(" ", (Sql("select"), head, Sql("from"), entries, where, group))


def _unfolded(number: int, question: Question, by: tuple[str, ...], entries: Sql) -> Sql:
    """Grouped entries with every array told apart into its members, each member once."""
    members, laterals, conditions = [], "", []
    for place, source in enumerate(SOURCES[key] for key in by):
        if source.shape is not Shape.SEVERAL:
            members.append(Sql(f"b.m{place}"))
            continue
        members.append(Sql(f"t{place}.member"))
        laterals += (
            f" cross join lateral unnest(case when cardinality(b.m{place}) = 0 then '{{{MISSING_ID}}}'"
            f" else b.m{place} end) with ordinality as t{place}(member, place)"
        )
        conditions.append(
            Sql(f"(t{place}.place = array_position(b.m{place}, t{place}.member) or cardinality(b.m{place}) = 0)")
        )
        if source.key in question.only:
            conditions.append(Sql(f"t{place}.member = any(%s::bigint[])", (list(question.only[source.key]),)))
    sums = ", ".join(f"coalesce(sum(b.{measure.value}), 0)" for measure in question.measures)
    head = _head(number, members, sums)
    return Sql.joined(" ", (head, Sql("from"), entries, Sql(laterals), _where(conditions), _BY_MEMBERS))


def _head(number: int, members: list[Sql], sums: str) -> Sql:
    told = (Sql(f"({member.text})::bigint", member.values) for member in members)
    none = (Sql("0::bigint"),) * (MOST_DIMENSIONS - len(members))
    return Sql.joined(", ", (Sql(f"select {number}"), *told, *none, Sql(sums)))


_BY_MEMBERS = Sql("group by " + ", ".join(str(column) for column in range(2, MOST_DIMENSIONS + 2)))


def _where(conditions: Iterable[Sql]) -> Sql:
    listed = tuple(conditions)
    return Sql.joined(" ", (Sql("where"), Sql.joined(" and ", listed))) if listed else Sql("")


def _column(source: Source, question: Question) -> Sql:
    if source.shape is Shape.DAY:
        return _slice_of_day(source, question, "a.day")
    if source.shape is Shape.SEVERAL:
        return Sql(f"a.{source.column}")
    return Sql(f"coalesce(a.{source.column}, {MISSING_ID})")


def _filter(source: Source, ids: tuple[int, ...], question: Question) -> Sql:
    if source.shape is Shape.SEVERAL:
        known = [member for member in ids if member != MISSING_ID]
        or_none = f" or cardinality(a.{source.column}) = 0" if MISSING_ID in ids else ""
        return Sql(f"(a.{source.column} && %s::bigint[]{or_none})", (known,))
    member = _column(source, question)
    return Sql(f"{member.text} = any(%s::bigint[])", (*member.values, list(ids)))


def _window(question: Question) -> Sql:
    return Sql("a.day >= %s and a.day < %s", (question.window.start, question.window.end))


def _within(question: Question) -> Sql:
    inside = Sql("a.organisation_id = any(%s::bigint[])", (sorted(question.reach.organisations),))
    if not question.reach.has_outside:
        return inside
    either = Sql.joined(" or ", (inside, _outside(question)))
    return Sql(f"({either.text})", either.values)


def _not_inside(question: Question) -> Sql:
    return Sql("a.organisation_id <> all(%s::bigint[])", (sorted(question.reach.organisations),))


def _outside(question: Question) -> Sql:
    """Entries of single municipalities, and one's own."""
    reach = question.reach
    conditions = [Sql("(a.organisation_id = %s and a.municipality_id = %s)", place) for place in sorted(reach.places)]
    if reach.own is not None and question.organisation is not None:
        conditions.append(Sql("(a.done_by_id = %s and a.organisation_id = %s)", (reach.own, question.organisation)))
    elif reach.own is not None:
        conditions.append(Sql("a.done_by_id = %s", (reach.own,)))
    either = Sql.joined(" or ", conditions)
    return Sql(f"({either.text})", either.values) if conditions else Sql("false")
