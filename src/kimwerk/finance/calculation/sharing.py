"""Who bears which cost of the programme and who has the benefit, as a matrix that adds up to the cent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm

from kimwerk.kernel.money import Money, Rounding
from kimwerk.kernel.periods import MONTHS_OF_YEAR, Period
from kimwerk.staffing.reckoning import months


class Bearer(StrEnum):
    """Who bears a cost, or has the benefit, in the order of the columns."""

    LAND = "land"
    COUNTY = "county"
    MUNICIPALITIES = "municipalities"
    AGENCIES = "agencies"
    OTHERS = "others"


class ShareRole(StrEnum):
    """What an entry says of a bearer."""

    BEARS = "bears"
    BENEFITS = "benefits"


@dataclass(frozen=True, slots=True)
class SharedRow:
    """One kind of cost or benefit with its amount by bearer; `is_computed` ones nobody entered."""

    title: str
    amounts: Mapping[Bearer, Money]
    is_computed: bool

    @property
    def total(self) -> Money:
        """All bearers together."""
        return Money.sum(self.amounts.values())


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows over bearers."""

    rows: tuple[SharedRow, ...]

    @property
    def total(self) -> Money:
        """Everything together."""
        return Money.sum(row.total for row in self.rows)

    def of(self, bearer: Bearer) -> Money:
        """What a bearer has over all rows."""
        return Money.sum(row.amounts.get(bearer, Money(0)) for row in self.rows)


def entered_rows(entries: Iterable[tuple[str, Bearer, Money]]) -> tuple[SharedRow, ...]:
    """Entries of the same title as one row."""
    rows: dict[str, dict[Bearer, Money]] = {}
    for title, bearer, amount in entries:
        row = rows.setdefault(title, {})
        row[bearer] = row.get(bearer, Money(0)) + amount
    return tuple(SharedRow(title, amounts, is_computed=False) for title, amounts in rows.items())


def by_weight(amount: Money, weights: Mapping[Bearer, Fraction]) -> Mapping[Bearer, Money]:
    """An amount divided by weights; the parts are the amount to the cent."""
    common = lcm(*(weight.denominator for weight in weights.values()))
    parts = amount.allocate([int(weight * common) for weight in weights.values()])
    return dict(zip(weights, parts, strict=True))


class MoveKind(StrEnum):
    """What happened with money that is passed on."""

    ADVANCE = "advance"
    PROOF = "proof"
    RECALL = "recall"


@dataclass(frozen=True, slots=True)
class PassedOn:
    """How a contract of passing on stands: what is agreed, paid out, proven and got back."""

    agreed: Money
    advanced: Money
    proven: Money
    recalled: Money
    is_proven: bool

    @property
    def to_recall(self) -> Money:
        """What has to come back: advances that the proof does not cover, less what came back already."""
        if not self.is_proven:
            return Money(0)
        return max(self.advanced - min(self.proven, self.agreed) - self.recalled, Money(0))

    @property
    def to_pay(self) -> Money:
        """What is still owed: what is proven within the agreement, and not paid out yet."""
        return max(min(self.proven, self.agreed) - (self.advanced - self.recalled), Money(0))


def passed_on(yearly: Money, days: Period, window: Period, moves: Iterable[tuple[MoveKind, Money]]) -> PassedOn:
    """The state of a contract over a window; what is agreed counts by months and is rounded once."""
    sums = dict.fromkeys(MoveKind, Money(0))
    kinds = set()
    for kind, amount in moves:
        sums[kind] += amount
        kinds.add(kind)
    exact = Fraction(yearly.amount) * months((days,), window) / MONTHS_OF_YEAR
    return PassedOn(
        Money.rounded(exact, Rounding.HALF_UP), sums[MoveKind.ADVANCE], sums[MoveKind.PROOF], sums[MoveKind.RECALL],
        MoveKind.PROOF in kinds,
    )  # fmt: skip
