"""What the Land pays for one post in a year, and why: the lower of ceiling and cost, month by month."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from kimwerk.finance.calculation.posts import Held
from kimwerk.finance.calculation.rules import Entitlement, FundingRule, Grant, RuleBook, Step
from kimwerk.kernel.money import Money
from kimwerk.kernel.periods import Period


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
class Award:
    """What is paid for a post in a year, with all that led to it.

    `unruled` are months without a rule, `gaps` their days; `below` is a rule whose least share the post does not reach.
    """

    held: Held
    grant: Grant
    year: int
    steps: tuple[Step, ...]
    ceiling: Money
    cost: Money | None
    paid: Money
    reason: Reason
    unruled: Fraction
    gaps: tuple[Period, ...]
    below: FundingRule | None


def award(held: Held, grant: Grant, year: int, rules: RuleBook, cost: Money | None) -> Award:
    """What the rules pay for the share in the year: the lower of ceiling and cost."""
    found = held.entitlement(rules, grant, year)
    return Award(
        held, grant, year, found.steps, found.ceiling, cost, _lower(found.ceiling, cost),
        _reason(held, year, found, cost), found.unruled, found.gaps, found.below,
    )  # fmt: skip


def paid_for(held: Held, grant: Grant, year: int, rules: RuleBook, cost: Money | None) -> Money:
    """The amount of the award alone, where nobody asks how it came about."""
    return _lower(held.entitlement(rules, grant, year).ceiling, cost)


def _lower(ceiling: Money, cost: Money | None) -> Money:
    return ceiling if cost is None or ceiling <= cost else cost


def _reason(held: Held, year: int, found: Entitlement, cost: Money | None) -> Reason:
    if found.steps:
        if cost is None:
            return Reason.COST_UNKNOWN
        return Reason.COST if cost < found.ceiling else Reason.CEILING
    if not held.days_in(year):
        return Reason.NOT_OCCUPIED
    if not held.eligible_in(year):
        return Reason.FUNDED_ELSEWHERE
    return Reason.BELOW_LEAST_SHARE if found.is_ruled else Reason.NO_RULE
