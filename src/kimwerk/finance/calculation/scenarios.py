"""What if: the same plan under other assumptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kimwerk.finance.calculation.lines import Assumptions, Line
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
    before, moved = _balance(tables), []
    # what posts cost and are paid does not hang on rates: it is computed once
    given = replace(
        given,
        settled={
            (amount.line.key, table.year): amount.amount
            for table in tables
            for amount in table.amounts
            if not amount.line.basis.needs_rate
        },
    )
    for line in lines:
        if line.basis.needs_rate:
            factor = 1 + SENSITIVITY_PERCENT / 100
            raised = replace(line, rates={year: rate * factor for year, rate in line.rates.items()})
            others = tuple(raised if each is line else each for each in lines)
            moved.append(Movement(line.key, _balance(tables_of(years, others, given)) - before))
    return tuple(sorted(moved, key=lambda movement: abs(movement.by), reverse=True))


def _balance(tables: Sequence[YearTable]) -> Money:
    return Money.sum(table.balance for table in tables)
