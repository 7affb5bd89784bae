"""The lines of a cost plan: each with its basis, its source and its rounding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from kimwerk.finance.calculation.funding import paid_for
from kimwerk.finance.calculation.posts import CannotCompute, Held, Rise, raised_months
from kimwerk.finance.calculation.rules import Grant, RuleBook
from kimwerk.kernel.fte import Fte
from kimwerk.kernel.money import Money, Rounding
from kimwerk.kernel.periods import MONTHS_OF_YEAR, Period


class Side(StrEnum):
    """Where a line is summed."""

    EXPENDITURE = "expenditure"
    INCOME = "income"
    SHOWN = "shown"  # borne by others: shown, and part of no sum


class Basis(StrEnum):
    """From what the amount of a line comes."""

    GIVEN = "given"  # entered as it stands in a source that does not derive it
    LUMP_SUM = "lump_sum"
    PER_HEAD = "per_head"
    PER_FTE = "per_fte"
    PERCENT = "percent"  # of other lines
    POSTS = "posts"  # cost of the posts, one by one
    PERSONNEL_FUNDING = "personnel_funding"  # what the rules pay for the posts, one by one
    WORKPLACE_FUNDING = "workplace_funding"

    @property
    def needs_rate(self) -> bool:
        """Whether an amount or a rate is entered for every year."""
        return self not in {Basis.POSTS, Basis.PERSONNEL_FUNDING, Basis.WORKPLACE_FUNDING}


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `groups` names the groups of posts it counts (none: all), `of` the lines a percentage is of.

    Rises of the tariff move what is spent on personnel (`is_personnel`) as a whole where it is not computed from
    posts. Income that is `is_personnel` is held against the ceilings of the rules.
    """

    key: str
    title: str
    side: Side
    basis: Basis
    rates: Mapping[int, Decimal]
    source: str = ""
    rounding: Rounding = Rounding.HALF_UP
    groups: frozenset[str] = frozenset()
    of: tuple[str, ...] = ()
    is_personnel: bool = False


class RateMissing(CannotCompute):
    """A line has no amount or rate for a year."""

    def __init__(self, line: str, year: int) -> None:
        super().__init__(f"{line}: {year}")
        self.line, self.year = line, year


class UnknownLine(CannotCompute):
    """A percentage is of a line that is not above it in the plan."""

    def __init__(self, line: str, of: str) -> None:
        super().__init__(f"{line}: {of}")
        self.line, self.of = line, of


@dataclass(frozen=True, slots=True)
class Amount:
    """A line's amount in a year and how it came about.

    `exact` is the value before the only rounding; `rate` times `quantity` (heads, posts) or percent of `base`.
    """

    line: Line
    amount: Money
    exact: Fraction
    rate: Decimal | None = None
    quantity: Decimal | None = None
    base: Money | None = None

    @property
    def is_rounded(self) -> bool:
        """Whether anything was rounded away."""
        return Fraction(self.amount.amount) != self.exact


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a year is computed from besides its lines.

    `settled` are amounts of lines that are computed from the cost of single posts, by line and year, for
    readers who may know the sum and not its parts.
    """

    held: tuple[Held, ...]
    rules: RuleBook
    rises: tuple[Rise, ...] = ()
    settled: Mapping[tuple[str, int], Money] = field(default_factory=dict)
    _present: dict[int, tuple[Held, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def cost(self, held: Held, year: int) -> Money | None:
        """What the share costs in the year, with the rises."""
        return held.cost(year, self.rises)

    def counted(self, line: Line, year: int) -> tuple[Held, ...]:
        """The shares of posts that the line counts in the year: those that somebody holds on a day of it."""
        present = self.present(year)
        return tuple(held for held in present if held.group in line.groups) if line.groups else present

    def present(self, year: int) -> tuple[Held, ...]:
        """The shares of posts that somebody holds on a day of the year; looked for once, though every line asks."""
        if year not in self._present:
            self._present[year] = tuple(held for held in self.held if held.days_in(year))
        return self._present[year]

    def heads(self, line: Line, year: int) -> int:
        """How many people the line counts: everyone with a share counts as one."""
        return len(self.counted(line, year))

    def fte(self, line: Line, year: int) -> Fte:
        """How many full-time posts the line counts."""
        return Fte.sum(held.share for held in self.counted(line, year))


def amount_of(line: Line, year: int, above: Sequence[Amount], given: Assumptions) -> Amount:
    """The amount of the line; `above` are the amounts of the lines before it, for percentages."""
    if not line.basis.needs_rate:
        return _from_posts(line, year, given)
    if year not in line.rates:
        raise RateMissing(line.key, year)
    rate = line.rates[year]
    if line.basis is Basis.PERCENT:
        base = Money.sum(_found(line, key, above).amount for key in line.of)
        return _rounded(line, Fraction(base.amount) * Fraction(rate) / 100, rate=rate, base=base)
    if line.basis is Basis.PER_HEAD:
        heads = Decimal(given.heads(line, year))
        return _rounded(line, Fraction(rate) * Fraction(heads), rate=rate, quantity=heads)
    if line.basis is Basis.PER_FTE:
        posts = given.fte(line, year).posts
        return _rounded(line, Fraction(rate) * Fraction(posts), rate=rate, quantity=posts)
    exact = Fraction(rate)
    if line.is_personnel and line.side is not Side.INCOME:
        exact *= raised_months((Period.year(year),), Period.year(year), given.rises) / MONTHS_OF_YEAR
    return _rounded(line, exact, rate=rate)


def _from_posts(line: Line, year: int, given: Assumptions) -> Amount:
    settled = given.settled.get((line.key, year))
    if settled is not None:
        return Amount(line, settled, Fraction(settled.amount), quantity=Decimal(given.heads(line, year)))
    counted = given.counted(line, year)
    if line.basis is Basis.POSTS:
        amounts = [cost for held in counted if (cost := given.cost(held, year)) is not None]
    elif line.basis is Basis.PERSONNEL_FUNDING:
        amounts = [paid_for(held, Grant.PERSONNEL, year, given.rules, given.cost(held, year)) for held in counted]
    else:
        amounts = [paid_for(held, Grant.WORKPLACE, year, given.rules, None) for held in counted]
    total = Money.sum(amounts)
    return Amount(line, total, Fraction(total.amount), quantity=Decimal(len(counted)))


def _found(line: Line, key: str, above: Sequence[Amount]) -> Amount:
    for amount in above:
        if amount.line.key == key:
            return amount
    raise UnknownLine(line.key, key)


def _rounded(
    line: Line,
    exact: Fraction,
    *,
    rate: Decimal,
    quantity: Decimal | None = None,
    base: Money | None = None,
) -> Amount:
    return Amount(line, Money.rounded(exact, line.rounding), exact, rate, quantity, base)
