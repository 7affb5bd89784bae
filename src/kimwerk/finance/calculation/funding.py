"""What the Land pays for one post in a year, and why: the lower of ceiling and cost, month by month."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from kimwerk.finance.calculation.posts import Held
from kimwerk.finance.calculation.rules import FundingRule, Grant, RuleBook
from kimwerk.kernel.money import Money, Rounding
from kimwerk.kernel.periods import MONTHS_OF_YEAR, Period
from kimwerk.staffing.reckoning import months, without


class Reason(StrEnum):
    """What decided the amount."""

    CEILING = "ceiling"  # the cost is known and higher
    COST = "cost"  # the cost is lower than the ceiling
    COST_UNKNOWN = "cost_unknown"  # the ceiling, because nobody entered the cost
    BELOW_LEAST_SHARE = "below_least_share"
    NOT_OCCUPIED = "not_occupied"
    FUNDED_ELSEWHERE = "funded_elsewhere"
    NO_RULE = "no_rule"


@dataclass(frozen=True, slots=True)
class Step:
    """One rule's part of a ceiling: so many months of so much a year."""

    rule: FundingRule
    months: Fraction
    yearly: Fraction

    @property
    def ceiling(self) -> Fraction:
        """What this rule allows for its months, exact."""
        return self.yearly * self.months / MONTHS_OF_YEAR


@dataclass(frozen=True, slots=True)
class Award:
    """What is paid for a post in a year, with all that led to it. `unruled` are months without a rule."""

    held: Held
    grant: Grant
    year: int
    steps: tuple[Step, ...]
    ceiling: Money
    cost: Money | None
    paid: Money
    reason: Reason
    unruled: Fraction


def award(held: Held, grant: Grant, year: int, rules: RuleBook, cost: Money | None) -> Award:
    """What the rules pay for the share in the year. The ceiling is rounded half up, here and once."""
    window = Period.year(year)
    eligible = without(held.occupied, held.funded_elsewhere)
    touching = rules.touching(held.kind, grant, window)
    allowed = [(rule, days) for rule, days in touching if held.whole_share >= rule.least_share]
    steps = tuple(
        Step(rule, counted, rule.yearly(held.share))
        for rule, days in allowed
        if (counted := months(eligible, days, rule.months))
    )
    ceiling = Money.rounded(sum((step.ceiling for step in steps), Fraction(0)), Rounding.HALF_UP)
    paid = ceiling if cost is None else min(ceiling, cost)
    unruled = months(without(eligible, [days for _, days in touching]), window)
    return Award(
        held, grant, year, steps, ceiling, cost, paid,
        _reason(held, window, eligible, touching, steps, ceiling, cost), unruled,
    )  # fmt: skip


def _reason(
    held: Held,
    window: Period,
    eligible: tuple[Period, ...],
    touching: tuple[tuple[FundingRule, Period], ...],
    steps: tuple[Step, ...],
    ceiling: Money,
    cost: Money | None,
) -> Reason:
    if steps:
        if cost is None:
            return Reason.COST_UNKNOWN
        return Reason.COST if cost < ceiling else Reason.CEILING
    if not months(held.occupied, window):
        return Reason.NOT_OCCUPIED
    if not months(eligible, window):
        return Reason.FUNDED_ELSEWHERE
    return Reason.BELOW_LEAST_SHARE if touching else Reason.NO_RULE
