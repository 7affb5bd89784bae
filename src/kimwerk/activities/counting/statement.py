"""The one statement that counts. SQL is composed of our own names; every value is a parameter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kimwerk.activities.counting.dimensions import DAY, SOURCES, Shape, Source
from kimwerk.activities.counting.question import Measure, Question, day_codes, months_of
from kimwerk.activities.types import MISSING_ID
from kimwerk.kernel.figures import MOST_DIMENSIONS

Parameter = int | date | list[int] | list[date] | list[str]

CELLS, WHOLE, COLUMN = range(3)
"""What a row of the answer is: sums for a combination of members, sums over all, or a counted column of a month."""

DAY_ZERO = date(2000, 1, 1)

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
    """Rows of (part, member, member, member, sum, ..., numbers, sizes); the part says how a row is to be read.

    The same members may come in several rows, which are to be added. Without rows of the part WHOLE the whole is the
    sum of the cells. A counted column has its organisation, its month in days since `DAY_ZERO` and its place among
    `columns_of(question)` as members, and the number of its entries as first sum.
    """
    entries = [_grouped(question, _GAPS)]
    is_all_inside = question.organisation is not None and question.organisation in question.reach.organisations
    if question.reach.has_outside and not is_all_inside:
        outside = (_window(question), _not_inside(question), _outside(question))
        entries.append(_grouped(question, Sql("activities_activity a"), *outside))
    selects = [_columns(question), _unfolded(CELLS, question, question.by)]
    if question.needs_own_total:
        selects.append(_unfolded(WHOLE, question, ()))
    pieces = (
        _freshness(question),
        Sql(", entries as materialized ("),
        Sql.joined(" union all ", entries),
        Sql(")"),
        Sql.joined(" union all ", selects),
    )
    return Sql.joined(" ", pieces)


def _freshness(question: Question) -> Sql:
    """Which months of which organisations are counted and unchanged since, and which stretches are not."""
    organisations = sorted(question.reach.organisations)
    months = [part.period.start for part in months_of(question.window)]
    covered = [part.covered for part in months_of(question.window)]
    return Sql(
        "with fresh as materialized ("
        " select c.organisation_id, c.month from activities_countedcolumn c"
        f" where c.organisation_id = any(%s::bigint[]) and c.month = any(%s::date[]) and c.name = '{DAY}'"
        " and not exists ("
        " select from activities_stalemonth s where s.organisation_id = c.organisation_id and s.month = c.month)"
        "), gaps as materialized ("
        " select organisation_id, min(first) as first, max(after) as after from ("
        "  select o.id as organisation_id, m.first, m.after,"
        "   m.place - row_number() over (partition by o.id order by m.place) as stretch from unnest(%s::bigint[]) o(id)"
        "  cross join unnest(%s::date[], %s::date[], %s::date[]) with ordinality m(month, first, after, place)"
        "  where not exists (select from fresh f where f.organisation_id = o.id and f.month = m.month)) missing"
        " group by organisation_id, stretch)",
        (
            organisations, months,
            organisations, months, [stretch.start for stretch in covered], [stretch.end for stretch in covered],
        ),
    )  # fmt: skip


_GAPS = Sql(
    "gaps g cross join lateral (select * from activities_activity x"
    " where x.organisation_id = g.organisation_id and x.day >= g.first and x.day < g.after offset 0) a"
)
"""Entries of the stretches that are not counted yet; the offset keeps the search by organisation and day."""


def columns_of(question: Question) -> tuple[str, ...]:
    """The counted columns from which the question is answered: at least one, which tells how many entries there are."""
    sources = [SOURCES[key] for key in dict.fromkeys((*question.by, *question.only))]
    asked = [source.counted_as for source in sources if source.shape is not Shape.DAY]
    summed = [measure.value for measure in question.measures if measure is not Measure.ACTIVITIES]
    if question.is_by_days or not (asked or summed):
        asked.append(DAY)
    return tuple(dict.fromkeys((*asked, *summed)))


def _columns(question: Question) -> Sql:
    names = list(columns_of(question))
    others = ", 0::bigint" * (len(question.measures) - 1)
    return Sql(
        f"select {COLUMN}, c.organisation_id, (c.month - %s::date)::bigint,"
        f" array_position(%s::text[], c.name::text) - 1, c.entries::bigint{others}, c.numbers, c.sizes"
        " from fresh f join activities_countedcolumn c"
        " on c.organisation_id = f.organisation_id and c.month = f.month and c.name = any(%s::text[])",
        (DAY_ZERO, names, names),
    )


def _slice_of_day(source: Source, question: Question, day: str) -> Sql:
    """The slice of a day, looked up in a list: quicker than the calendar of the database, and the same as ours."""
    codes = day_codes(source, question.window)
    return Sql(f"((select %s::int[]))[{day} - %s::date + 1]", (codes, question.window.start))


def _grouped(question: Question, entries: Sql, *conditions: Sql) -> Sql:
    """Entries summed up by what they hold. Arrays stay folded: many entries hold the same ones."""
    sums = Sql(", ".join(f"{_SUMS[measure]} as {measure.value}" for measure in question.measures))
    columns = [_column(SOURCES[key], question) for key in question.by]
    named = (Sql(f"{column.text} as m{place}", column.values) for place, column in enumerate(columns))
    filters = (_filter(SOURCES[key], ids, question) for key, ids in question.only.items())
    places = ", ".join(str(place) for place in range(1, len(question.by) + 1))
    group = Sql(f"group by {places}" if places else "")
    head = Sql.joined(", ", (*named, sums))
    where = _where((*conditions, Sql("a.removed_at is null"), *filters))
    return Sql.joined(" ", (Sql("select"), head, Sql("from"), entries, where, group))


def _unfolded(part: int, question: Question, by: tuple[str, ...]) -> Sql:
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
    sums = ", ".join(f"coalesce(sum(b.{measure.value}), 0)::bigint" for measure in question.measures)
    head = _head(part, members, f"{sums}, ''::bytea, ''::bytea")
    return Sql.joined(" ", (head, Sql("from entries b"), Sql(laterals), _where(conditions), _BY_MEMBERS))


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
