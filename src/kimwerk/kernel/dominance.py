"""Sums that tell what a single contributor gave: the p-percent rule.

Whoever gave the second most subtracts the own part from a sum and knows the largest one's within what all others gave.
If that is less than some percent of it, the sum tells. Sums of sums that do not tell do not tell either.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

PERCENT = 10
"""Nobody may estimate another's part more closely than that."""

Amount = int | Decimal | Fraction


def safe_from(amounts: Iterable[Amount], percent: int = PERCENT) -> Fraction:
    """What the sum of these parts, none negative, must be at least for nobody to estimate the largest too closely."""
    largest, second = (*sorted((Fraction(each) for each in amounts), reverse=True), Fraction(0), Fraction(0))[:2]
    return largest + second + largest * percent / 100


def is_telling(amounts: Iterable[Amount], percent: int = PERCENT) -> bool:
    """Whether the sum of these parts, none negative, tells its largest one to whoever gave the second most."""
    parts = [Fraction(amount) for amount in amounts]
    return any(parts) and sum(parts) < safe_from(parts, percent)
