"""What if: the same plan under other assumptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kimwerk.finance.calculation.lines import Amount, Assumptions, Line, Side, amount_of
from kimwerk.finance.calculation.posts import Held, Rise
from kimwerk.finance.calculation.table import YearTable, table_of
from kimwerk.kernel.money import Money
from kimwerk.kernel.periods import Period
from kimwerk.staffing.reckoning import PostKind, without


@dataclass(frozen=True, slots=True)
class Changes:
    """What a scenario changes.

    `ceilings` are for personnel, by kind of post. `rates` hold for lines in every year. Who is in `vacant` does
    not work on these days; `is_full_year` fills every post throughout before that. `removed` and `added` are
    shares of posts. A plan without changes is the plan itself.
    """

    rises: tuple[Rise, ...] = ()
    ceilings: Mapping[PostKind, Money] = field(default_factory=dict)
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    vacant: Mapping[str, tuple[Period, ...]] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    added: tuple[Held, ...] = ()
    is_full_year: bool = False

    @property
    def singled_out(self) -> int:
        """How many shares of posts are changed one by one; a difference between tables would tell their cost."""
        return len(set(self.vacant) | self.removed)


def assumed(given: Assumptions, changes: Changes, years: Sequence[int]) -> Assumptions:
    """The assumptions of the scenario."""
    whole = Period(Period.year(min(years)).start, Period.year(max(years)).end)
    held = tuple(_held(each, changes, whole) for each in given.held if each.key not in changes.removed)
    return replace(
        given,
        held=held + changes.added,
        rules=given.rules.with_ceilings(changes.ceilings),
        rises=given.rises + changes.rises,
    )


def _held(held: Held, changes: Changes, whole: Period) -> Held:
    """The share as the scenario has it: the very same one where nothing changes, with what is computed of it."""
    if not changes.is_full_year and held.key not in changes.vacant:
        return held
    occupied = (whole,) if changes.is_full_year else held.occupied
    return replace(held, occupied=without(occupied, changes.vacant.get(held.key, ())))


def changed_lines(lines: Sequence[Line], changes: Changes) -> tuple[Line, ...]:
    """The lines with the scenario's rates."""
    return tuple(
        replace(line, rates=dict.fromkeys(line.rates, changes.rates[line.key])) if line.key in changes.rates else line
        for line in lines
    )


def tables_of(
    years: Sequence[int], lines: Sequence[Line], given: Assumptions, changes: Changes | None = None
) -> tuple[YearTable, ...]:
    """All years of the plan under the changes."""
    if changes is not None:
        lines, given = changed_lines(lines, changes), assumed(given, changes, years)
    return tuple(table_of(year, lines, given) for year in years)


@dataclass(frozen=True, slots=True)
class Movement:
    """How far the balance of all years moves when one assumption moves."""

    what: str
    by: Money


SENSITIVITY_PERCENT = Decimal(1)
"""What the view of sensitivity moves: every rate by this percentage of itself."""


def sensitivity(
    years: Sequence[int], lines: Sequence[Line], given: Assumptions, tables: Sequence[YearTable] | None = None
) -> tuple[Movement, ...]:
    """What moves the balance most when a line's rate rises by one percent of itself; the largest first.

    `tables` are those of the plan, where they are computed already.
    """
    tables = tables_of(years, lines, given) if tables is None else tables
    moved = [
        Movement(line.key, Money.sum(_moved(line, table, given) for table in tables))
        for line in lines
        if line.basis.needs_rate
    ]
    return tuple(sorted(moved, key=lambda movement: abs(movement.by), reverse=True))


def _moved(line: Line, table: YearTable, given: Assumptions) -> Money:
    """How far the year's balance moves with the line's rate: the line and the percentages of it are computed anew."""
    raised = replace(line, rates={table.year: line.rates[table.year] * (1 + SENSITIVITY_PERCENT / 100)})
    by, above, moving = Money(0), list[Amount](), {line.key}
    for amount in table.amounts:
        if amount.line.key == line.key or not moving.isdisjoint(amount.line.of):
            moving.add(amount.line.key)
            anew = amount_of(raised if amount.line.key == line.key else amount.line, table.year, above, given)
            by += _in_balance(anew) - _in_balance(amount)
        else:
            anew = amount
        above.append(anew)
    return by


def _in_balance(amount: Amount) -> Money:
    """What the amount adds to the balance."""
    if amount.line.side is Side.SHOWN:
        return Money(0)
    return amount.amount if amount.line.side is Side.EXPENDITURE else -amount.amount
