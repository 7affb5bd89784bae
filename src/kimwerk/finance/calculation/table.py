"""A cost plan year by year: the lines, their sums and the balance that the county carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kimwerk.finance.calculation.lines import Amount, Assumptions, Line, Side, amount_of
from kimwerk.finance.calculation.posts import CannotCompute, Held
from kimwerk.kernel.fte import Fte
from kimwerk.kernel.money import Money


class PostTwice(CannotCompute):
    """The same share of a post stands in the plan twice, so that it would be funded twice."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class YearTable:
    """One year of a plan with the shares of posts held in it. Sums are sums of the rounded lines."""

    year: int
    amounts: tuple[Amount, ...]
    counted: tuple[Held, ...]

    def on(self, side: Side) -> tuple[Amount, ...]:
        """The lines of one side, in the order of the plan."""
        return tuple(amount for amount in self.amounts if amount.line.side is side)

    def shares_by_group(self) -> dict[str, Fte]:
        """The shares of posts held in the year, added up by group."""
        shares: dict[str, list[Fte]] = {}
        for held in self.counted:
            shares.setdefault(held.group, []).append(held.share)
        return {group: Fte.sum(each) for group, each in shares.items()}

    @property
    def expenditure(self) -> Money:
        """The sum of what is spent."""
        return Money.sum(amount.amount for amount in self.on(Side.EXPENDITURE))

    @property
    def income(self) -> Money:
        """The sum of what others pay."""
        return Money.sum(amount.amount for amount in self.on(Side.INCOME))

    @property
    def balance(self) -> Money:
        """What is left to the county; negative if others pay more than is spent."""
        return self.expenditure - self.income

    @property
    def own_share(self) -> Decimal | None:
        """The balance as a share of the expenditure; None where nothing is spent."""
        return self.balance.ratio_to(self.expenditure) if self.expenditure else None

    def amount(self, key: str) -> Amount:
        """The line of that key; KeyError if there is none."""
        for amount in self.amounts:
            if amount.line.key == key:
                return amount
        raise KeyError(key)


def table_of(year: int, lines: Sequence[Line], given: Assumptions) -> YearTable:
    """Compute a year. CannotCompute where that is impossible."""
    seen = set[str]()
    for held in given.held:
        if held.key in seen:
            raise PostTwice(held.key)
        seen.add(held.key)
    amounts: list[Amount] = []
    for line in lines:
        amounts.append(amount_of(line, year, amounts, given))
    return YearTable(year, tuple(amounts), given.present(year))
