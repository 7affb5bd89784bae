"""A cost table laid out: the same on the page, on the command line and in files, with the origin of every amount."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from kimwerk.finance.calculation.lines import Side
from kimwerk.finance.calculation.table import YearTable
from kimwerk.finance.models import Scenario
from kimwerk.finance.selectors.plans import PlanInputs
from kimwerk.finance.wording import origin_of
from kimwerk.kernel import german
from kimwerk.kernel.fte import Fte

NOBODY = Fte(0)


class RowKind(StrEnum):
    """What a row of the table is."""

    PEOPLE = "people"
    FTE = "fte"
    GROUP = "group"
    LINE = "line"
    SUM = "sum"
    BALANCE = "balance"
    SHOWN = "shown"

    @property
    def is_money(self) -> bool:
        """Whether the row holds euro; the others count people and posts."""
        return self not in {RowKind.PEOPLE, RowKind.FTE, RowKind.GROUP}


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its values by year, None where the reader may not see them. Income is negative, as papers write it."""

    kind: RowKind
    key: str
    title: str
    values: tuple[Decimal | None, ...]
    origins: tuple[str, ...] = ()
    source: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The values as they are read."""
        return tuple(self.text(at) for at in range(len(self.values)))

    def text(self, at: int) -> str:
        """One value as it is read."""
        value = self.values[at]
        if value is None:
            return _("not shown")
        return german.number(value, 0 if self.kind is RowKind.PEOPLE else 2)


@dataclass(frozen=True, slots=True)
class Layout:
    """A table of a plan or a scenario."""

    title: str
    years: tuple[int, ...]
    rows: tuple[Row, ...]


def lay_out(
    inputs: PlanInputs,
    scenario: Scenario | None = None,
    tables: Sequence[YearTable] | None = None,
    *,
    explains: bool = True,
) -> Layout:
    """The table as this reader may see it; `tables` where they are computed already.

    Without `explains` rows do not say where their amounts come from. Raises what the calculation raises where a year
    cannot be computed.
    """
    tables = inputs.tables(scenario) if tables is None else tables
    title = f"{inputs.plan.title}: {scenario.name}" if scenario else inputs.plan.title
    return Layout(title, inputs.plan.years, tuple(_rows(inputs, tables, explains=explains)))


def _rows(inputs: PlanInputs, tables: Sequence[YearTable], *, explains: bool) -> Iterator[Row]:
    yield from _people(tables)
    for side, title in ((Side.EXPENDITURE, _("Sum of expenditure")), (Side.INCOME, _("Sum of income"))):
        yield from _lines(inputs, tables, side, RowKind.LINE, explains=explains)
        yield _sum(inputs, tables, RowKind.SUM, side.value, title)
    balance = _("Balance (cost to %(organisation)s)") % {"organisation": inputs.plan.organisation.name}
    yield _sum(inputs, tables, RowKind.BALANCE, "balance", balance)
    yield from _lines(inputs, tables, Side.SHOWN, RowKind.SHOWN, explains=explains)


def _people(tables: Sequence[YearTable]) -> Iterator[Row]:
    yield Row(RowKind.PEOPLE, "people", _("Staff"), tuple(Decimal(len(table.counted)) for table in tables))
    shares = [table.shares_by_group() for table in tables]
    together = tuple(Fte.sum(each.values()).posts for each in shares)
    yield Row(RowKind.FTE, "fte", _("Shares of posts (FTE)"), together)
    for group in dict.fromkeys(group for each in shares for group in each):
        yield Row(RowKind.GROUP, f"group-{group}", group, tuple(each.get(group, NOBODY).posts for each in shares))


def _lines(
    inputs: PlanInputs, tables: Sequence[YearTable], side: Side, kind: RowKind, *, explains: bool
) -> Iterator[Row]:
    sign = -1 if side is Side.INCOME else 1
    explains = explains and inputs.shows_lines
    for amounts in zip(*(table.on(side) for table in tables), strict=True):
        line = amounts[0].line
        yield Row(
            kind,
            line.key,
            line.title,
            tuple(sign * amount.amount.amount if inputs.shows_lines else None for amount in amounts),
            tuple(origin_of(amount) if explains else "" for amount in amounts),
            line.source,
        )


_SUMS: dict[str, Callable[[YearTable], Decimal]] = {
    Side.EXPENDITURE.value: lambda table: table.expenditure.amount,
    Side.INCOME.value: lambda table: -table.income.amount,
    "balance": lambda table: table.balance.amount,
}


def _sum(inputs: PlanInputs, tables: Sequence[YearTable], kind: RowKind, key: str, title: str) -> Row:
    values = tuple(_SUMS[key](table) if inputs.shows_lines else None for table in tables)
    return Row(kind, key, title, values, origins=tuple(_("sum of the rounded lines") for _table in tables))


def differences(before: Layout, after: Layout) -> dict[str, tuple[Decimal | None, ...]]:
    """How much each row of the second table is above the first, by key; None where a value is not shown."""
    base = {row.key: row.values for row in before.rows}
    return {
        row.key: tuple(
            None if value is None or old is None else value - old
            for value, old in zip(row.values, base.get(row.key, row.values), strict=True)
        )
        for row in after.rows
    }
