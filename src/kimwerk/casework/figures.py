"""What casework counts: cases, persons, contacts. Nothing sealed is opened, and no row is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Aggregate, Avg, Count, DurationField, ExpressionWrapper, F, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncMonth, TruncQuarter, TruncYear
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.casework import counting
from kimwerk.casework.models import Case, CaseQuerySet, Choice
from kimwerk.casework.selectors.households import households
from kimwerk.casework.types import Attainment, CaseKind, ChoiceList
from kimwerk.casework.words import ATTAINMENTS, KINDS
from kimwerk.directory.models import Municipality
from kimwerk.kernel.figures import (
    MISSING,
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
    WindowKind,
)
from kimwerk.kernel.periods import Period
from kimwerk.ui.slices import MONTH, QUARTER, SLICES, TIME, YEAR, members_within, slice_key

ROOM = "casework"
MOST_DAYS = 366 * 30
KIND = Dimension("case_kind", _("Kind of case"))
MUNICIPALITY = Dimension("municipality", _("Municipality"), MemberKind.PLACE)
ACCESS = Dimension("access_path", _("Access path"))
REASON = Dimension("closure_reason", _("Closure reason"))
ATTAINMENT = Dimension("goal_attainment", _("Goal attainment"))
FRAME = (KIND, MUNICIPALITY, ACCESS)
COLUMNS = {
    KIND.key: ("kind", "kind"),
    MUNICIPALITY.key: ("municipality_id", "municipality__ags"),
    ACCESS.key: ("access_path_id", "access_path__code"),
    REASON.key: ("closure_reason_id", "closure_reason__code"),
    ATTAINMENT.key: ("goal_attainment", "goal_attainment"),
}
"""Where a dimension stands on a case, and where the key of its member: numbers are grouped quicker than texts."""

CODED: Mapping[str, Mapping[str, Text]] = {
    KIND.key: {code.value: KINDS[code] for code in CaseKind},
    ATTAINMENT.key: {code.value: ATTAINMENTS[code] for code in Attainment},
}
TRUNCATED = {MONTH.key: TruncMonth, QUARTER.key: TruncQuarter, YEAR.key: TruncYear}


@dataclass(frozen=True, slots=True)
class CaseCount:
    """A figure over cases: `day` is the column by which time is told, `within` the window."""

    within: Callable[[Period], Q]
    day: str
    along: tuple[Dimension, ...]
    value: Aggregate

    def __call__(self, actor: Actor, query: FigureQuery) -> Counted:
        by = asked_for(query, self.along)
        condition = self.within(query.window) & _narrowing(query)
        found = Case.objects.countable_by(actor).filter(condition)
        if not by:
            total = self._whole(found)
            return Counted((), {(): total}, total)
        columns = {f"by_{place}": self._column(dimension) for place, dimension in enumerate(by)}
        grouped = self._grouped(found.annotate(**columns), tuple(columns))
        met = [_met(d, {row[f"by_{place}"] for row in grouped}) for place, d in enumerate(by)]
        cells: dict[tuple[str, ...], Value] = {
            tuple(each[row[f"by_{place}"]].key for place, each in enumerate(met)): rounded(row["value"])
            for row in grouped
        }
        axes = tuple(Axis(d, _ordered(d, each, query.window)) for d, each in zip(by, met, strict=True))
        total = whole_of(self.value, cells.values())
        if total is None:
            total = self._whole(found)
        return Counted(axes, cells, total)

    def met(self, actor: Actor, query: FigureQuery, persons: Iterable[int]) -> Iterator[tuple[tuple[str, ...], int]]:
        """Where in the table each of these persons stands who is counted, each place once. Not for slices of time."""
        by = asked_for(query, self.along)
        columns = [COLUMNS[dimension.key][1] for dimension in by]
        counted = Case.objects.countable_by(actor).filter(self.within(query.window) & _narrowing(query))
        found = counted.filter(person__in=list(persons))
        for *place, number in found.values_list(*columns, "person").distinct().order_by():
            yield tuple(key_of(dimension, value) for dimension, value in zip(by, place, strict=True)), number

    def _whole(self, found: CaseQuerySet) -> Value:
        if self.value is EACH_PERSON:
            return found.order_by().values("person").distinct().count()
        return rounded(found.aggregate(value=self.value)["value"])

    def _grouped(self, found: CaseQuerySet, columns: tuple[str, ...]) -> list[dict[str, object]]:
        """A row for each group. Persons are told apart before they are counted: that is hashed, and not sorted."""
        if self.value is not EACH_PERSON:
            return [dict(row) for row in found.values(*columns).annotate(value=self.value).order_by()]
        try:
            text, values = found.order_by().values(*columns, "person").distinct().query.sql_with_params()
        except EmptyResultSet:  # nothing may be counted, and there is no SQL for that
            return []
        names = ", ".join(columns)
        with connection.cursor() as cursor:
            cursor.execute(f"select {names}, count(*) from ({text}) told group by {names}", values)
            return [dict(zip((*columns, "value"), row, strict=True)) for row in cursor.fetchall()]

    def _column(self, dimension: Dimension) -> Combinable:
        if dimension.kind is MemberKind.TIME:
            return TRUNCATED[dimension.key](self.day)
        return F(COLUMNS[dimension.key][0])


@dataclass(frozen=True, slots=True)
class _ContactCount:
    """The figure over contacts, which are so many that months of them are counted ahead."""

    along: tuple[Dimension, ...]

    def __call__(self, actor: Actor, query: FigureQuery) -> Counted:
        by = asked_for(query, self.along)
        question = counting.Question(
            window=query.window,
            by=tuple(dimension.key for dimension in by),
            only={key: _ids(key, members) for key, members in query.only.items() if members},
            slices={d.key: _places(d, query.window) for d in by if d.kind is MemberKind.TIME},
            organisation=query.organisation,
        )
        tally = counting.count_contacts(actor, question)
        counted = tally.cells()
        met = [_met_by_contacts(d, {ids[place] for ids in counted}, query.window) for place, d in enumerate(by)]
        cells: dict[tuple[str, ...], Value] = {
            tuple(each[number].key for each, number in zip(met, ids, strict=True)): value
            for ids, (value,) in counted.items()
        }
        axes = tuple(Axis(d, _ordered(d, each, query.window)) for d, each in zip(by, met, strict=True))
        (total,) = tally.whole
        return Counted(axes, cells if by else {(): total}, total)


def _ids(key: str, members: tuple[str, ...]) -> tuple[int, ...]:
    """The members of these keys as contacts are counted by them; what does not exist is nowhere."""
    if key == KIND.key:
        return tuple(counting.KINDS.index(member) for member in members if member in counting.KINDS)
    if key == MUNICIPALITY.key:
        return tuple(Municipality.objects.filter(ags__in=members).values_list("pk", flat=True))
    return tuple(Choice.objects.of(ChoiceList.ACCESS_PATH).filter(code__in=members).values_list("pk", flat=True))


def _places(dimension: Dimension, window: Period) -> list[int]:
    """For every day of the window the place of its month, quarter or year among those that the window touches."""
    slices = enumerate(SLICES[dimension.key](window))
    return [place for place, part in slices for _day in range(part.covered.days)]


def _met_by_contacts(dimension: Dimension, numbers: set[int], window: Period) -> Mapping[object, Member]:
    """The members by the numbers by which contacts were counted."""
    if dimension.kind is MemberKind.TIME:
        return dict(enumerate(members_within(dimension, window)))
    if dimension is KIND:
        return {number: Member(counting.KINDS[number], "") for number in numbers}
    return _met(dimension, {*numbers})


def _met(dimension: Dimension, values: set[object]) -> Mapping[object, Member]:
    """The members by what stands in the column of a dimension. Codes of the program get their names later."""
    ids = [value for value in values if isinstance(value, int)]
    none = {value: Member(MISSING, "") for value in values if value is None}
    if dimension is MUNICIPALITY:
        towns = Municipality.objects.filter(pk__in=ids).values_list("pk", "ags", "name")
        return none | {pk: Member(ags, name) for pk, ags, name in towns}
    if dimension in (ACCESS, REASON):
        chosen = Choice.objects.filter(pk__in=ids).values_list("pk", "code", "label")
        return none | {pk: Member(code, label) for pk, code, label in chosen}
    return {value: Member(key_of(dimension, value), "") for value in values}


def _ordered(dimension: Dimension, met: Mapping[object, Member], window: Period) -> tuple[Member, ...]:
    return members_of(dimension, {member.key: member.label for member in met.values()}, window)


def asked_for(query: FigureQuery, along: tuple[Dimension, ...]) -> tuple[Dimension, ...]:
    """The dimensions by which is asked, if the figure can answer. QueryError if not."""
    known = {dimension.key: dimension for dimension in along}
    for key in (*query.by, *query.only):
        if key not in known or (key in query.only and known[key].kind is MemberKind.TIME):
            raise QueryError(QueryProblem.UNKNOWN_DIMENSION, key)
    if len(query.by) > MOST_DIMENSIONS or len(set(query.by)) < len(query.by):
        raise QueryError(QueryProblem.TOO_MANY_DIMENSIONS)
    if query.window.days > MOST_DAYS:
        raise QueryError(QueryProblem.WINDOW_TOO_LONG)
    return tuple(known[key] for key in query.by)


def _narrowing(query: FigureQuery) -> Q:
    condition = Q() if query.organisation is None else Q(organisation=query.organisation)
    for key, members in query.only.items():
        if members:
            condition &= Q(**{f"{COLUMNS[key][1]}__in": list(members)})
    return condition


@dataclass(frozen=True, slots=True)
class _Households:
    """Households instead of persons: of people who live together all but one are taken off."""

    persons: CaseCount

    @property
    def along(self) -> tuple[Dimension, ...]:
        """The dimensions of the persons."""
        return self.persons.along

    def __call__(self, actor: Actor, query: FigureQuery) -> Counted:
        counted = self.persons(actor, query)
        together = households()
        if not together:
            return counted
        met = list(self.persons.met(actor, query, together))
        cells = dict(counted.cells)
        if query.by:
            standing: dict[tuple[str, ...], list[int]] = defaultdict(list)
            for key, person in met:
                standing[key].append(person)
            cells |= {key: _fewer(cells[key], persons, together) for key, persons in standing.items()}
        total = _fewer(counted.total, {person for _key, person in met}, together)
        return Counted(counted.axes, cells if query.by else {(): total}, total)


def _fewer(persons: Value, met: Collection[int], together: Mapping[int, int]) -> Value:
    """So many households are so many persons, of whom these live together."""
    return None if persons is None else persons - len(met) + len({together[person] for person in met})


def key_of(dimension: Dimension, value: object) -> str:
    """The key of a member: of a slice of time the one its period has."""
    if isinstance(value, date):
        return slice_key(dimension, value)
    return str(value or MISSING)


def members_of(
    dimension: Dimension, met: Mapping[str, str], window: Period, coded: Mapping[str, Text] | None = None
) -> tuple[Member, ...]:
    """The members that occur, in order; of time all that the window touches, "not recorded" last.

    `coded` names the codes of a dimension that are words of the program, in their order.
    """
    if dimension.kind is MemberKind.TIME:
        return members_within(dimension, window)
    codes = coded or CODED.get(dimension.key)
    if codes:
        known = [Member(code, str(label)) for code, label in codes.items() if code in met]
    else:
        known = [Member(key, label) for key, label in sorted(met.items(), key=lambda item: item[1]) if key]
    return (*known, Member(MISSING, gettext("not recorded"))) if MISSING in met else tuple(known)


def rounded(value: object) -> Value:
    """A count as it is; a mean number of days as a number; nothing where there is nothing to tell."""
    if isinstance(value, timedelta):
        return Decimal(value.days) + Decimal(value.seconds) / 86_400
    return value if isinstance(value, int | Decimal) else None


def whole_of(value: Aggregate, cells: Iterable[Value]) -> int | None:
    """The sum of the cells where that is the whole: of rows that are counted. Of persons and means it is not."""
    if value is not EACH_ROW:
        return None
    return sum(int(cell) for cell in cells if cell is not None)


def _during(column: str) -> Callable[[Period], Q]:
    return lambda window: Q(**{f"{column}__gte": window.start, f"{column}__lt": window.end})


def _open_at_the_end(window: Period) -> Q:
    """Cases that were open when the last day of the window ended."""
    return Q(opened_on__lt=window.end) & (Q(closed_on__isnull=True) | Q(closed_on__gte=window.end))


def _counselled(window: Period) -> Q:
    """Cases that were open on at least one day of the window."""
    return Q(opened_on__lt=window.end) & (Q(closed_on__isnull=True) | Q(closed_on__gte=window.start))


ALL_CASES = _("All cases of the organisation; anonymous short advice is no case and is counted in the diary.")
LASTED = ExpressionWrapper(F("closed_on") - F("opened_on"), output_field=DurationField())
CLOSED = (*FRAME, REASON, ATTAINMENT, *TIME)


def _figure(
    key: str,
    title: Text,
    unit: Unit,
    counts: Text,
    compute: CaseCount | _ContactCount | _Households,
    *by: str,
    is_stock: bool = False,
    part_of: str = "",
) -> Figure[Actor]:
    return Figure(
        key, title, unit, counts, ALL_CASES, compute.along, ROOM, compute,
        window_kind=WindowKind.REFERENCE_DATE if is_stock else WindowKind.WINDOW,
        is_additive=unit not in {Unit.DAYS, Unit.PERSONS, Unit.HOUSEHOLDS}, by=by, rows="casework:list",
        part_of=part_of,
    )  # fmt: skip


EACH_ROW = Count("pk")
EACH_PERSON = Count("person", distinct=True)
COUNSELLED = CaseCount(_counselled, "opened_on", FRAME, EACH_PERSON)
OPENED = CaseCount(_during("opened_on"), "opened_on", (*FRAME, *TIME), EACH_ROW)
ENDED = CaseCount(_during("closed_on"), "closed_on", CLOSED, EACH_ROW)

FIGURES: tuple[Figure[Actor], ...] = (
    _figure("cases_opened", _("Cases opened"), Unit.CASES, _("Every case counts once, on the day it was opened."),
            OPENED, "case_kind"),
    _figure("cases_opened_by_month", _("Cases opened by month"), Unit.CASES,
            _("Every case counts once, on the day it was opened."), OPENED, "month"),
    _figure("cases_opened_by_access_path", _("Cases opened by access path"), Unit.CASES,
            _("Every case counts once, on the day it was opened."), OPENED, "access_path"),
    _figure("cases_closed", _("Cases closed by reason"), Unit.CASES,
            _("Every case counts once, on the day it was closed."), ENDED, "closure_reason"),
    _figure("goal_attainment", _("Goal attainment of closed cases"), Unit.CASES,
            _("Every case counts once, on the day it was closed, with how far its goals were reached."),
            ENDED, "goal_attainment"),
    _figure("cases_open", _("Open cases"), Unit.CASES,
            _("Every case counts once that was open at the end of the last day."),
            CaseCount(_open_at_the_end, "opened_on", FRAME, EACH_ROW), "municipality", is_stock=True),
    _figure("persons_counselled", _("Persons counselled"), Unit.PERSONS,
            _("Every person counts once who had an open case on at least one day, however many cases."),
            COUNSELLED, "case_kind"),
    _figure("households_counselled", _("Households counselled"), Unit.HOUSEHOLDS,
            _("Every household counts once in which somebody had an open case on at least one day; people with files of"
              " their own are one household where a file says that they live together."),
            _Households(COUNSELLED), "case_kind", part_of="persons_counselled"),
    _figure("case_contacts", _("Contacts in cases"), Unit.CONTACTS,
            _("Every contact counts once, on its day. Each of them stands in the diary too."),
            _ContactCount((*FRAME, *TIME)), "month", part_of="activities"),
    _figure("case_duration", _("Duration of closed cases"), Unit.DAYS,
            _("Mean number of days from the opening to the closing of the cases that were closed."),
            CaseCount(_during("closed_on"), "closed_on", CLOSED, Avg(LASTED)), "case_kind"),
)  # fmt: skip


def count_contacts_ahead(*, most: int = 200) -> int:
    """Count contacts of up to `most` months of organisations in which something changed; returns how many it were.

    Nothing but speed depends on it. 0 means that nothing is left, or that somebody is at it already.
    """
    with connection.cursor() as cursor:
        cursor.execute("select casework_count_contacts(%s)", [most])
        row: tuple[int] | None = cursor.fetchone()
        return row[0] if row else 0
