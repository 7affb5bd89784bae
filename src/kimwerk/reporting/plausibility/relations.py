"""What a table claims between its cells, as equations that can be tried with another number in a cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TypeAlias

from kimwerk.reporting.plausibility.cells import Cell, State

Place: TypeAlias = tuple[int, int]
Values: TypeAlias = Mapping[Place, Decimal]

HALF = Decimal("0.5")
NOISE = Decimal("1e-9")
"""A share of the number: what binary fractions of a workbook add."""


class Kind(StrEnum):
    """What kind of relation it is."""

    ROW_SUM = "row_sum"
    COLUMN_SUM = "column_sum"
    SUBTOTAL = "subtotal"
    BALANCE = "balance"
    DIFFERENCE = "difference"
    CUMULATED = "cumulated"
    PERCENTAGE = "percentage"
    SHARE_SUM = "share_sum"
    CHANGE = "change"
    SURCHARGE = "surcharge"
    CUT_OFF = "cut_off"
    PER_HEAD = "per_head"
    PART_TOO_LARGE = "part_too_large"
    AGE_GAP = "age_gap"
    AGE_OVERLAP = "age_overlap"


def place(cell: Cell) -> Place:
    """Where the cell stands."""
    return cell.row, cell.column


def unit_of(places: int) -> Decimal:
    """One in the last decimal."""
    return Decimal(1).scaleb(-places)


def half_up(value: Decimal, places: int) -> Decimal:
    """Rounded as usual."""
    return value.quantize(unit_of(places), ROUND_HALF_UP)


def cut_off(value: Decimal, places: int) -> Decimal:
    """Without the decimals behind."""
    return value.quantize(unit_of(places), ROUND_DOWN)


@dataclass(slots=True, eq=False)
class Equation:
    """target = factor * sum of the terms, divided by the sum of `per` where there is one, plus a constant.

    With `places` the right side is rounded to so many decimals.
    """

    kind: Kind
    target: Cell
    terms: tuple[tuple[int, Cell], ...]
    per: Cell | None = None
    factor: Decimal = Decimal(1)
    constant: Decimal = Decimal(0)
    places: int | None = None
    tolerance: Decimal = Decimal(0)
    family: int = 0

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells it is about."""
        return (self.target, *(cell for _, cell in self.terms), *((self.per,) if self.per else ()))

    def exact(self, values: Values) -> Decimal | None:
        """What comes out before it is rounded; None if it would be divided by nothing."""
        total = sum((sign * values[place(cell)] for sign, cell in self.terms), Decimal(0)) * self.factor
        if self.per is not None:
            by = values[place(self.per)]
            if not by:
                return None
            total /= by
        return total + self.constant

    def expected(self, values: Values) -> Decimal | None:
        """What should stand in the target."""
        exact = self.exact(values)
        return exact if exact is None or self.places is None else half_up(exact, self.places)

    def holds(self, values: Values) -> bool:
        """Whether the target agrees, as far as shown digits tell."""
        exact = self.exact(values)
        if exact is None:
            return True
        allowed = self.tolerance + NOISE * max(abs(exact), Decimal(1))
        if self.places is not None:
            allowed += unit_of(self.places) * HALF
        return abs(values[place(self.target)] - exact) <= allowed

    def solved_for(self, cell: Cell, values: Values) -> Decimal | None:
        """What must stand in one cell if all others are right."""
        here = place(cell)
        if here == place(self.target):
            return self.expected(values)
        found = values[place(self.target)] - self.constant
        if self.per is not None and here == place(self.per):
            rest = sum((sign * values[place(each)] for sign, each in self.terms), Decimal(0))
            return self.factor * rest / found if found else None
        weight = sum(sign for sign, each in self.terms if place(each) == here)
        if not weight or not self.factor:
            return None
        found *= values[place(self.per)] if self.per is not None else 1
        others = sum((sign * values[place(each)] for sign, each in self.terms if place(each) != here), Decimal(0))
        return (found / self.factor - others) / weight


@dataclass(frozen=True, slots=True)
class Family:
    """Equations that one reading of the table claims together."""

    equations: tuple[Equation, ...]
    is_labelled: bool
    is_doubted: bool = False
    """Most numbers disagree: the label claims a sum that is none, or one of others."""
    is_guess: bool = False
    """No number agrees; only the label says so."""


def number_of(cell: Cell) -> Decimal:
    """The number in a cell; what is blank counts nothing."""
    return cell.value if cell.state is State.NUMBER else Decimal(0)
