"""What a figure is: declared once by the room that counts, shown, crossed and printed by others.

A figure names its unit, what is counted and among whom, over which window, and along which
dimensions it may be broken down. Titles are any text-like value, so that a room may declare
them in its catalogue of texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from kimwerk.kernel.periods import Period


ActorT = TypeVar("ActorT")


class Text(Protocol):
    """Anything that reads as text when shown: a string, or a text of the catalogue."""

    def __str__(self) -> str: ...


class Unit(StrEnum):
    """The units of the field. Figures of different units are never added."""

    ACTIVITIES = "activities"
    PARTICIPANTS = "participants"
    MINUTES = "minutes"
    FTE = "fte"
    ACTIVITIES_PER_FTE_AND_WEEK = "activities_per_fte_and_week"
    PARTICIPANTS_PER_ACTIVITY = "participants_per_activity"
    CASES = "cases"
    PERSONS = "persons"
    HOUSEHOLDS = "households"
    CONTACTS = "contacts"
    REFERRALS = "referrals"
    CONFERENCES = "conferences"
    MEETINGS = "meetings"
    RESOLUTIONS = "resolutions"
    MEASURES = "measures"
    AGREEMENTS = "agreements"
    NEEDS = "needs"
    GAPS = "gaps"
    ADDRESSEES = "addressees"
    ANSWERS = "answers"
    KINDERGARTENS = "kindergartens"
    ENQUIRIES = "enquiries"
    DAYS = "days"
    PUBLICATIONS = "publications"
    REACHED = "reached"
    EVENTS = "events"
    PER_THOUSAND_INHABITANTS = "per_thousand_inhabitants"
    PER_THOUSAND_FOREIGN_NATIONALS = "per_thousand_foreign_nationals"
    EURO = "euro"


class WindowKind(StrEnum):
    """Whether a figure is counted over a window (flow) or on a reference date (stock, Stichtag)."""

    WINDOW = "window"
    REFERENCE_DATE = "reference_date"


class MemberKind(StrEnum):
    """What sort of thing the members of a dimension are; decides order and drawing."""

    CATEGORY = "category"
    TIME = "time"
    PLACE = "place"
    PERSON = "person"


MOST_DIMENSIONS = 3
"""Along so many dimensions a figure may be broken down at once; more cannot be read as a table."""

ALL = "*"
"""In the key of a margin: every member of this dimension together."""

MISSING = ""
"""Key of the member that stands for "not recorded". It is a row of its own, never dropped."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to break a figure down.

    `is_multiple` says that one counted thing may stand in several members (topics), so that
    the parts may add up to more than the whole.
    """

    key: str
    title: Text
    kind: MemberKind = MemberKind.CATEGORY
    is_multiple: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """One value of a dimension: a kind, a month, a municipality, or "not recorded".

    `colour` is the slot a category keeps wherever it is drawn. `covered` is given for slices of
    time that the window covers only in part: the days that are covered. `is_sum` marks a sum among
    the members, such as the balance of a cost table, which tables print as one.
    """

    key: str
    label: str
    colour: int | None = None
    covered: Period | None = None
    is_sum: bool = False

    @property
    def is_incomplete(self) -> bool:
        """Whether the window covers this slice of time only in part."""
        return self.covered is not None


@dataclass(frozen=True, slots=True)
class Axis:
    """A dimension with the members that occur, in the order in which they are shown."""

    dimension: Dimension
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class FigureQuery:
    """One question to a figure: over which window, broken down by what, narrowed to what.

    `by` holds at most three keys of dimensions. `only` narrows to members per dimension key.
    `organisation` narrows to one organisation's work; None asks for all that the actor may see.
    `parameters` are numbers from elsewhere, such as {"fte": Decimal("6")} from the plan of posts.
    """

    window: Period
    by: tuple[str, ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    organisation: int | None = None
    parameters: Mapping[str, Decimal] = field(default_factory=dict)


class QueryProblem(StrEnum):
    """Why a figure cannot answer a question."""

    UNKNOWN_DIMENSION = "unknown_dimension"  # the figure has none such, or not for this actor
    TOO_MANY_DIMENSIONS = "too_many_dimensions"  # more than three, or one twice
    UNKNOWN_MEMBER = "unknown_member"
    WINDOW_TOO_LONG = "window_too_long"  # longer than any diary
    PARAMETER_MISSING = "parameter_missing"  # must be given, and be more than nothing
    TABLE_TOO_LARGE = "table_too_large"  # more numbers than anybody reads or a page can show


class QueryError(ValueError):
    """The question cannot be answered; `problem` says why, `subject` names the dimension or parameter.

    Of a table that is too large it tells how many numbers it would have.
    """

    def __init__(self, problem: QueryProblem, subject: str = "") -> None:
        super().__init__(f"{problem.value}: {subject}")
        self.problem = problem
        self.subject = subject


Value = int | Decimal | None
"""A cell's value. None means "cannot be told" (for example a rate without its denominator)."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a room answers: the axes asked for, the cells, and the total over the window.

    `cells` holds one value per combination of member keys; combinations that are absent are 0.
    `total` counts each thing once, so it may be less than the sum over a multiple dimension.
    `margins` gives sums that the cells do not tell, because some of them are hidden; its keys have `ALL`
    in the place of what is summed over. `telling` names the amounts (cells, and margins with `ALL`) that would tell
    what a single post or body gave: public tables do not print them. None if nobody asked.
    """

    axes: tuple[Axis, ...]
    cells: Mapping[tuple[str, ...], Value]
    total: Value
    margins: Mapping[tuple[str, ...], Value] = field(default_factory=dict)
    telling: frozenset[tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Figure(Generic[ActorT]):
    """The declaration of a figure. Adding a figure to the catalogue means adding one of these.

    `counts` says in one sentence what is counted, `population` among what. `places` is the
    number of decimals shown; rounding happens at display only. `is_additive` says whether the
    cells of a breakdown may be summed (counts may, rates may not). `rows` names the route on
    which those who may can read the rows behind a number. `by` is the breakdown in which the
    figure is shown unless another one is asked for. `choices` gives the members to which an actor
    may narrow it, per dimension; `row_links` the parts of the address of `rows` that lead to the rows
    behind each cell, for cells where that can be said. `part_of` names the figure that counts everything
    that this one counts, and more: along every dimension that both have, no cell of this one is the larger.
    Whoever publishes both publishes the rest, too.
    """

    key: str
    title: Text
    unit: Unit
    counts: Text
    population: Text
    dimensions: tuple[Dimension, ...]
    room: str
    compute: Callable[[ActorT, FigureQuery], Counted]
    window_kind: WindowKind = WindowKind.WINDOW
    places: int = 0
    is_additive: bool = True
    parameters: tuple[str, ...] = ()
    rows: str = ""
    by: tuple[str, ...] = ()
    choices: Callable[[ActorT], Mapping[str, tuple[Member, ...]]] | None = None
    row_links: Callable[[ActorT, FigureQuery, tuple[Axis, ...]], Mapping[tuple[str, ...], str]] | None = None
    part_of: str = ""

    def dimension(self, key: str) -> Dimension:
        """The dimension of that key; KeyError if the figure has none such."""
        for dimension in self.dimensions:
            if dimension.key == key:
                return dimension
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class FigureTable(Generic[ActorT]):
    """A figure with its answer to one question, taken at one instant: what pages and papers show."""

    figure: Figure[ActorT]
    query: FigureQuery
    counted: Counted
    counted_on: date
