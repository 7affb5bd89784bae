"""What a reader of a cost table should know: cents cut off, subsidies above their ceiling, mixed bases.

The program does not correct a plan; it says what it finds, with the numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from kimwerk.finance.calculation.funding import award
from kimwerk.finance.calculation.lines import Amount, Assumptions, Basis, Side
from kimwerk.finance.calculation.rules import Grant
from kimwerk.finance.calculation.table import YearTable
from kimwerk.kernel.money import Money, Rounding

KGST_MATERIAL = Money(6_250)
KGST_EQUIPMENT = Money(3_450)
KGST_OVERHEAD_PERCENT = Decimal(20)
"""Cost of an office workplace (KGSt, July 2021): material per workplace, equipment, and overhead on personnel."""


class FindingKind(StrEnum):
    """What was found, the weightiest first."""

    CENT_CUT_OFF = "cent_cut_off"
    ABOVE_CEILING = "above_ceiling"
    BELOW_CEILING = "below_ceiling"
    BELOW_KGST = "below_kgst"
    BASES_MIXED = "bases_mixed"
    NO_RISE = "no_rise"
    NO_RULE = "no_rule"
    NOT_DERIVED = "not_derived"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; `amounts` are those that its sentence names, in its order."""

    kind: FindingKind
    year: int
    line: str
    amounts: tuple[Money, ...] = ()


def findings_of(tables: Sequence[YearTable], given: Assumptions) -> tuple[Finding, ...]:
    """All findings of a plan, by year."""
    found = [finding for table in tables for finding in _of_year(table, given)]
    found += [finding for before, after in pairwise(tables) for finding in _rises(before, after)]
    return tuple(sorted(found, key=lambda finding: finding.year))


def _of_year(table: YearTable, given: Assumptions) -> Iterator[Finding]:
    for amount in table.amounts:
        yield from _cut_off(table.year, amount)
        if amount.line.basis is Basis.GIVEN:
            yield Finding(FindingKind.NOT_DERIVED, table.year, amount.line.key)
            if amount.line.side is Side.INCOME and amount.line.is_personnel:
                yield from _against_ceiling(table.year, amount, given)
        yield from _below_kgst(table.year, amount, given)
    yield from _mixed_bases(table)


def _cut_off(year: int, amount: Amount) -> Iterator[Finding]:
    half_up = Money.rounded(amount.exact, Rounding.HALF_UP)
    if amount.line.rounding is Rounding.CUT_OFF and half_up != amount.amount:
        yield Finding(FindingKind.CENT_CUT_OFF, year, amount.line.key, (amount.amount, half_up))


def ceiling_of(year: int, amount: Amount, given: Assumptions) -> tuple[Money, Fraction]:
    """What the rules allow at most for the posts of a line in a year, and the months of posts without a rule."""
    counted = given.counted(amount.line, year)
    awards = [award(held, Grant.PERSONNEL, year, given.rules, None) for held in counted]
    return Money.sum(each.ceiling for each in awards), sum((each.unruled for each in awards), Fraction(0))


def _against_ceiling(year: int, amount: Amount, given: Assumptions) -> Iterator[Finding]:
    ceiling, unruled = ceiling_of(year, amount, given)
    if unruled:
        yield Finding(FindingKind.NO_RULE, year, amount.line.key, ())
    elif amount.amount > ceiling:
        yield Finding(FindingKind.ABOVE_CEILING, year, amount.line.key, (amount.amount - ceiling, ceiling))
    elif amount.amount < ceiling:
        yield Finding(FindingKind.BELOW_CEILING, year, amount.line.key, (ceiling - amount.amount, ceiling))


def _mixed_bases(table: YearTable) -> Iterator[Finding]:
    bases = {amount.line.basis for amount in table.amounts}
    counted = {Basis.PER_HEAD, Basis.PERCENT} & bases
    if len(counted) == 2 and bases & {Basis.PER_FTE, Basis.WORKPLACE_FUNDING}:
        yield Finding(FindingKind.BASES_MIXED, table.year, "")


def _below_kgst(year: int, amount: Amount, given: Assumptions) -> Iterator[Finding]:
    """A percentage on personnel, held against the lump sums of the KGSt for the same people."""
    line = amount.line
    if line.basis is not Basis.PERCENT or line.side is not Side.EXPENDITURE or amount.base is None:
        return
    heads = given.heads(line, year)
    kgst = KGST_MATERIAL.times(heads, Rounding.HALF_UP) + amount.base.share(KGST_OVERHEAD_PERCENT, Rounding.HALF_UP)
    if heads and amount.amount < kgst:
        yield Finding(FindingKind.BELOW_KGST, year, line.key, (kgst - amount.amount, kgst))


def _rises(before: YearTable, after: YearTable) -> Iterator[Finding]:
    for earlier, later in zip(before.amounts, after.amounts, strict=True):
        is_cost = later.line.is_personnel and later.line.side is Side.EXPENDITURE
        if is_cost and earlier.amount == later.amount:
            yield Finding(FindingKind.NO_RISE, after.year, later.line.key, (later.amount,))
