"""What a share of a post costs in a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from kimwerk.finance.calculation.rules import Asked, Entitlement, Grant, RuleBook
from kimwerk.kernel.fte import Fte
from kimwerk.kernel.money import Money, Rounding
from kimwerk.kernel.periods import MONTHS_OF_YEAR, Period
from kimwerk.staffing.reckoning import PostKind, months, within, without


@dataclass(frozen=True, slots=True)
class Rise:
    """A tariff rise: so many percent from a day on. Rises that follow each other multiply."""

    since: date
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Pay:
    """What a full post of a grade costs in twelve months from a day on."""

    since: date
    yearly: Money


class CannotCompute(ValueError):
    """A year of a plan cannot be computed: something is missing or stands there twice."""


class PayMissing(CannotCompute):
    """The table of pay says nothing yet for days on which the post is held."""

    def __init__(self, post: str, grade: str, year: int) -> None:
        super().__init__(f"{post}: {grade} in {year}")
        self.post, self.grade, self.year = post, grade, year


@dataclass(frozen=True)
class Held:
    """A share of a post held by one person, as the plan takes it.

    `yearly_cost` is what the share costs in twelve months before any rise of the plan, None where it is not
    known. With a `grade` the cost comes from `pay`, the table's entries by their days. `post_share` is the whole
    post's share, for the least share that is funded. On the days of `funded_elsewhere` another programme pays, so
    this one does not.
    """

    key: str
    title: str
    group: str
    kind: PostKind
    share: Fte
    occupied: tuple[Period, ...]
    yearly_cost: Money | None = None
    post_share: Fte | None = None
    funded_elsewhere: tuple[Period, ...] = ()
    grade: str = ""
    pay: tuple[Pay, ...] = ()
    _days: dict[int, tuple[Period, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)
    _entitled: dict[tuple[RuleBook, Grant, int], Entitlement] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    _costs: dict[tuple[int, tuple[Rise, ...]], Money | None] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    @property
    def whole_share(self) -> Fte:
        """The share of the post, of which this may be a part."""
        return self.post_share or self.share

    def cost(self, year: int, rises: tuple[Rise, ...]) -> Money | None:
        """What it costs in the year; computed once, though lines and scenarios ask again."""
        key = year, rises
        if key not in self._costs:
            self._costs[key] = cost_in(self, year, rises)
        return self._costs[key]

    @property
    def is_cost_known(self) -> bool:
        """Whether it is known what the share costs, as an amount or by its grade."""
        return self.yearly_cost is not None or bool(self.grade)

    def days_in(self, year: int) -> tuple[Period, ...]:
        """The days of the year on which it is held; cut once, though every line asks."""
        if year not in self._days:
            self._days[year] = within(self.occupied, Period.year(year))
        return self._days[year]

    def eligible_in(self, year: int) -> tuple[Period, ...]:
        """Those of them on which no other programme pays."""
        days = self.days_in(year)
        return without(days, self.funded_elsewhere) if self.funded_elsewhere else days

    def entitlement(self, rules: RuleBook, grant: Grant, year: int) -> Entitlement:
        """What the rules allow for it in the year; asked for once, though scenarios ask again."""
        key = rules, grant, year
        if key not in self._entitled:
            asked = Asked(self.kind, self.share, self.whole_share, year, self.eligible_in(year))
            self._entitled[key] = rules.entitlement(asked, grant)
        return self._entitled[key]


def cost_in(held: Held, year: int, rises: tuple[Rise, ...] = ()) -> Money | None:
    """What the share costs in a calendar year: by months occupied, with the rises; rounded half up, here and once."""
    if held.grade:
        return _cost_by_table(held, year, rises)
    if held.yearly_cost is None:
        return None
    counted = raised_months(held.days_in(year), Period.year(year), rises)
    if counted == MONTHS_OF_YEAR:
        return held.yearly_cost
    return held.yearly_cost.part(counted / MONTHS_OF_YEAR, Rounding.HALF_UP)


def _cost_by_table(held: Held, year: int, rises: tuple[Rise, ...]) -> Money:
    """The share's part of what the table says for each day; rounded half up, here and once."""
    window, exact = Period.year(year), Fraction(0)
    for at, pay in enumerate(held.pay):
        until = held.pay[at + 1].since if at + 1 < len(held.pay) else window.end
        if pay.since < until and (part := Period(pay.since, until).intersection(window)):
            exact += Fraction(pay.yearly.amount) * raised_months(held.occupied, part, rises)
    first = held.pay[0].since if held.pay else window.end
    if window.start < first and months(held.occupied, Period(window.start, min(first, window.end))):
        raise PayMissing(held.title, held.grade, year)
    return Money.rounded(exact * Fraction(held.share.posts) / MONTHS_OF_YEAR, Rounding.HALF_UP)


def raised_months(occupied: tuple[Period, ...], window: Period, rises: tuple[Rise, ...]) -> Fraction:
    """The months of the window that are occupied, each weighed with the rises that hold in it."""
    return _raised_months(occupied, window, rises) if rises else months(occupied, window)


@lru_cache(maxsize=8192)
def _raised_months(occupied: tuple[Period, ...], window: Period, rises: tuple[Rise, ...]) -> Fraction:
    """The same, kept: most posts of a year are held on the same days."""
    return sum(
        (months(occupied, part) * factor for part, factor in _levels(window, rises)),
        Fraction(0),
    )


def _levels(window: Period, rises: Sequence[Rise]) -> list[tuple[Period, Fraction]]:
    """The window cut at the rises, with the factor that holds in each part."""
    edges = sorted({rise.since for rise in rises if window.contains(rise.since)} | {window.start, window.end})
    parts = [Period(start, end) for start, end in pairwise(edges)]
    return [(part, _factor(rises, part.start)) for part in parts]


def _factor(rises: Sequence[Rise], day: date) -> Fraction:
    factor = Fraction(1)
    for rise in rises:
        if rise.since <= day:
            factor *= 1 + Fraction(rise.percent) / 100
    return factor
