"""A flat file of persons or events as a figure: what its columns hold, and in which bands ages are counted.

What cannot be read counts as unknown and is named row by row; nothing is left out of a sum.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.kernel import german
from kimwerk.kernel.age_bands import OLDEST, UNKNOWN, AgeBand, AgeBands, AgeBandsError, AgeBandsProblem, age_on
from kimwerk.kernel.counting import GroupedCount, Rows
from kimwerk.kernel.figures import MISSING, Counted, Dimension, Figure, FigureQuery, Member, Unit, WindowKind
from kimwerk.kernel.german import DayError
from kimwerk.kernel.periods import Period
from kimwerk.ui.slices import TIME, members_on, members_within

ROOM = "data_set"
MOST_VALUES = 200
"""Different values of a column beyond which it is no category: names and numbers of files are none."""

FEW_VALUES = 40
"""Up to so many, a column is proposed as a category."""

LONGEST_VALUE = 120
_BAND = re.compile(r"(?:(\d{1,3})\s*[-–]\s*(\d{1,3})|(\d{1,3})\s*(\+?))")


class ColumnKind(StrEnum):
    """What a column holds."""

    UNUSED = "unused"
    CATEGORY = "category"
    AGE = "age"  # in completed years on the reference date
    BIRTH_DATE = "birth_date"
    BIRTH_YEAR = "birth_year"
    DAY = "day"  # when it happened

    @property
    def is_used(self) -> bool:
        """Whether anything is counted by it; what is not used is forgotten."""
        return self is not ColumnKind.UNUSED

    @property
    def is_of_age(self) -> bool:
        """Whether bands are made of it."""
        return self in {ColumnKind.AGE, ColumnKind.BIRTH_DATE, ColumnKind.BIRTH_YEAR}


class ValueProblem(StrEnum):
    """Why a value counts as unknown."""

    NOT_AN_AGE = "not_an_age"
    NOT_A_DAY = "not_a_day"
    NOT_A_YEAR = "not_a_year"
    AFTER_THE_DATE = "after_the_date"  # born after the reference date


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file under its heading."""

    title: str
    kind: ColumnKind = ColumnKind.UNUSED


@dataclass(frozen=True, slots=True)
class Schema:
    """What is declared of a file. `merges` says per column which value stands for which other one."""

    columns: tuple[Column, ...]
    reference_date: date
    bands: AgeBands | None = None
    merges: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """A value that counts as unknown: in which row of the file, in which column, and why. Never the value itself."""

    row: int
    column: str
    problem: ValueProblem


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file: its number there, and the texts of its cells."""

    number: int
    cells: tuple[str, ...]


def parse_bands(text: str) -> AgeBands:
    """Bands from what is typed: "0, 6, 18" or "0-5; 6-17; 18+". AgeBandsError if somebody would count twice or not."""
    parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    found = [_BAND.fullmatch(part) for part in parts]
    if not found or None in found:
        raise AgeBandsError(AgeBandsProblem.EMPTY)
    matches = [match for match in found if match]
    if not any(match[1] or match[4] for match in matches):
        return AgeBands.from_bounds(int(match[3]) for match in matches)
    return AgeBands(tuple(_band(match) for match in matches))


def _band(match: re.Match[str]) -> AgeBand:
    if match[1]:
        return AgeBand(int(match[1]), int(match[2]))
    age = int(match[3])
    return AgeBand(age, None if match[4] else age)


def text_of(cell: object) -> str:
    """A cell as text: days as 2022-03-07, whole numbers without decimals."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())[:LONGEST_VALUE]


def proposed(title: str, values: Sequence[str]) -> ColumnKind:
    """What the values look like; a column of names or numbers is left unused."""
    filled = [value for value in values if value]
    if not filled:
        return ColumnKind.UNUSED
    if all(_day(value) for value in filled):
        is_birth = "geb" in title.casefold() or "birth" in title.casefold()
        return ColumnKind.BIRTH_DATE if is_birth else ColumnKind.DAY
    if all(value.isdecimal() for value in filled):
        if all(1900 <= int(value) <= 2100 for value in filled):
            return ColumnKind.BIRTH_YEAR
        if "alter" in title.casefold() and all(int(value) <= OLDEST for value in filled):
            return ColumnKind.AGE
    return ColumnKind.CATEGORY if len(set(filled)) <= FEW_VALUES else ColumnKind.UNUSED


def judged(schema: Schema, rows: Sequence[Row]) -> Iterator[Remark]:
    """Every value that counts as unknown although something stands there."""
    for at, column in enumerate(schema.columns):
        read = _READERS.get(column.kind)
        if read is None:
            continue
        for row in rows:
            problem = read(row.cells[at], schema.reference_date)[1] if row.cells[at] else None
            if problem:
                yield Remark(row.number, column.title, problem)


def too_many_values(schema: Schema, rows: Sequence[Row]) -> tuple[str, ...]:
    """The categories that are none, because almost every row has a value of its own."""
    return tuple(
        column.title
        for at, column in enumerate(schema.columns)
        if column.kind is ColumnKind.CATEGORY and len({row.cells[at] for row in rows}) > MOST_VALUES
    )


def figure_of(key: str, title: str, unit: Unit, schema: Schema, rows: Sequence[Row]) -> Figure[Actor]:
    """The file as a figure of its owner's: every row counts once."""
    day_at = next((at for at, column in enumerate(schema.columns) if column.kind is ColumnKind.DAY), None)
    used = [
        (at, column)
        for at, column in enumerate(schema.columns)
        if column.kind is ColumnKind.CATEGORY or (column.kind.is_of_age and schema.bands)
    ]
    along = (
        *(Dimension(f"column_{at}", column.title) for at, column in used),
        *(TIME if day_at is not None else ()),
    )
    counted = _Rows(schema, rows, used, day_at)
    return Figure(
        key, title, unit, _("Every row of the file counts once."),
        _("File, reference date %(day)s; seen by you alone.") % {"day": german.day(schema.reference_date)},
        along, ROOM, _Ordered(GroupedCount(counted, along, counted.slices), schema.bands),
        window_kind=WindowKind.REFERENCE_DATE if day_at is None else WindowKind.WINDOW,
        by=tuple(dimension.key for dimension in along[:1]),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of the file with their members along every dimension."""

    schema: Schema
    rows: Sequence[Row]
    used: Sequence[tuple[int, Column]]
    day_at: int | None

    def __call__(self, _actor: Actor, query: FigureQuery) -> Rows:
        nothing = Member(MISSING, _("not recorded"))
        met = Counter(self._key(row) for row in self.rows)
        for (day, *values), count in met.items():
            if isinstance(day, date) and not query.window.contains(day):
                continue
            members = {f"column_{at}": value for (at, _column), value in zip(self.used, values, strict=True)}
            time = members_on(day) if isinstance(day, date) else {dimension.key: nothing for dimension in TIME}
            yield {key: value for key, value in members.items() if isinstance(value, Member)} | time, count

    def slices(self, dimension: Dimension, window: Period) -> tuple[Member, ...]:
        """The slices of the window; rows without a day stand behind them."""
        known = members_within(dimension, window)
        is_missing = any(self._day(row) is None for row in self.rows)
        return (*known, Member(MISSING, _("not recorded"))) if is_missing else known

    def _key(self, row: Row) -> tuple[date | Member | None, ...]:
        return (self._day(row), *(self._member(column, row.cells[at]) for at, column in self.used))

    def _day(self, row: Row) -> date | None:
        return _day(row.cells[self.day_at]) if self.day_at is not None else None

    def _member(self, column: Column, value: str) -> Member:
        if column.kind is ColumnKind.CATEGORY:
            known = self.schema.merges.get(column.title, {}).get(value, value)
            return Member(known, known or _("not recorded"))
        bands = self.schema.bands
        age = _READERS[column.kind](value, self.schema.reference_date)[0] if value else None
        band = bands.of_age(age) if bands else UNKNOWN
        return Member(band.key, band_label(band))


@dataclass(frozen=True, slots=True)
class _Ordered:
    """The answer with its bands in rising order, and "not recorded" last."""

    count: GroupedCount[Actor]
    bands: AgeBands | None

    def __call__(self, actor: Actor, query: FigureQuery) -> Counted:
        counted = self.count(actor, query)
        order = {band.key: at for at, band in enumerate(self.bands.all if self.bands else ())}
        axes = tuple(
            replace(axis, members=tuple(sorted(axis.members, key=lambda member: order.get(member.key, -1))))
            if all(member.key in order for member in axis.members)
            else axis
            for axis in counted.axes
        )
        return replace(counted, axes=axes)


def band_label(band: AgeBand) -> str:
    """A band in words."""
    if band == UNKNOWN:
        return _("not recorded")
    if band.oldest is None:
        return _("%(age)s and older") % {"age": band.youngest}
    return _("%(youngest)s to %(oldest)s") % {"youngest": band.youngest, "oldest": band.oldest}


Read = tuple[int | None, ValueProblem | None]


def _age(value: str, _on: date) -> Read:
    if value.isdecimal() and int(value) <= OLDEST:
        return int(value), None
    return None, ValueProblem.NOT_AN_AGE


def _age_of_year(value: str, on: date) -> Read:
    if not (value.isdecimal() and len(value) == 4):
        return None, ValueProblem.NOT_A_YEAR
    age = on.year - int(value)
    if age < 0:
        return None, ValueProblem.AFTER_THE_DATE
    return (age, None) if age <= OLDEST else (None, ValueProblem.NOT_A_YEAR)


def _age_of_birth(value: str, on: date) -> Read:
    born = _day(value)
    if born is None:
        return None, ValueProblem.NOT_A_DAY
    if born > on:
        return None, ValueProblem.AFTER_THE_DATE
    age = age_on(born, on)
    return (age, None) if age <= OLDEST else (None, ValueProblem.NOT_A_DAY)


def _is_day(value: str, _on: date) -> Read:
    return None, None if _day(value) else ValueProblem.NOT_A_DAY


_READERS: Mapping[ColumnKind, Callable[[str, date], Read]] = {
    ColumnKind.AGE: _age,
    ColumnKind.BIRTH_DATE: _age_of_birth,
    ColumnKind.BIRTH_YEAR: _age_of_year,
    ColumnKind.DAY: _is_day,
}


def _day(value: str) -> date | None:
    try:
        return german.parse_day(value)
    except DayError:
        return None
