"""Euro to the cent. A cent is never lost, and never rounded without saying how."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from enum import StrEnum
from fractions import Fraction

from kimwerk.kernel import german
from kimwerk.kernel.fte import Fte
from kimwerk.kernel.rounding import EXACT, Rounding, exact, in_places, rounded, rounded_ratio

__all__ = ["Factor", "Money", "MoneyError", "MoneyProblem", "Rounding"]

Factor = Decimal | int | Fte
"""What an amount may be multiplied with, divided by or weighed with."""


class MoneyProblem(StrEnum):
    """What is wrong with an amount or with a division of one."""

    TOO_MANY_PLACES = "too_many_places"
    NO_WEIGHTS = "no_weights"
    NEGATIVE_WEIGHT = "negative_weight"


class MoneyError(ValueError):
    """No amount, or no way to divide one; `problem` says why."""

    def __init__(self, problem: MoneyProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, order=True, slots=True, init=False)
class Money:
    """An amount in euro with exactly two decimal places, below 10^15, negative for what is owed or returned.

    Takes a Decimal, an int (euro) or a plain "424856.23". A third decimal other than 0 raises MoneyError:
    whoever has one says with `Money.rounded` how it goes. A float raises TypeError.
    """

    amount: Decimal

    def __init__(self, amount: Decimal | int | str) -> None:
        try:
            cents = in_places(exact(amount), 2)
        except Inexact:
            raise MoneyError(MoneyProblem.TOO_MANY_PLACES) from None
        object.__setattr__(self, "amount", cents)

    @classmethod
    def rounded(cls, value: Decimal | Fraction, rounding: Rounding) -> Money:
        """The amount nearest to the value, or the value cut off after the cent (towards zero)."""
        number = value if isinstance(value, Fraction) else exact(value)
        return cls(rounded(number, 2, rounding))

    @classmethod
    def sum(cls, amounts: Iterable[Money]) -> Money:
        """All amounts together; of none, 0.00."""
        total = Decimal(0)
        for each in amounts:
            total = EXACT.add(total, each.amount)
        return cls(total)

    @classmethod
    def from_german(cls, text: str) -> Money:
        """ "424.856,23", also with € or EUR behind. Raises german.NumberError or MoneyError."""
        return cls(german.parse_number(text.strip().removesuffix("€").removesuffix("EUR")))

    def german(self) -> str:
        """ "424.856,23", without the euro sign."""
        return german.number(self.amount, 2)

    def times(self, factor: Factor, rounding: Rounding) -> Money:
        """So many times the amount: a rate per post by the share of posts, say."""
        return Money.rounded(Fraction(self.amount) * _fraction(factor), rounding)

    def share(self, percent: Decimal | int, rounding: Rounding) -> Money:
        """So many percent of the amount; 21 is 21 %."""
        return Money.rounded(Fraction(self.amount) * _fraction(percent) / 100, rounding)

    def part(self, share: Fraction, rounding: Rounding) -> Money:
        """That part of the amount, such as seven twelfths; in whole numbers, because plans ask for thousands."""
        numerator, denominator = self.amount.as_integer_ratio()
        return Money(rounded_ratio(numerator * share.numerator, denominator * share.denominator, 2, rounding))

    def per(self, divisor: Factor, rounding: Rounding) -> Money:
        """The amount for each one of the divisor: cost per post. ZeroDivisionError for none."""
        return Money.rounded(Fraction(self.amount) / _fraction(divisor), rounding)

    def ratio_to(self, whole: Money) -> Decimal:
        """Which share of the whole this is: 1 is all of it; 28 digits. ZeroDivisionError for a whole of 0."""
        if not whole:
            raise ZeroDivisionError("a share of nothing cannot be told")
        return Context(prec=28).divide(self.amount, whole.amount)

    def allocate(self, weights: Sequence[Factor]) -> tuple[Money, ...]:
        """The amount divided by weights: the parts sum to it exactly, and none is a whole cent off.

        Cents left over go to the parts that lost most by cutting off, the earlier first (Hare-Niemeyer).
        A weight of 0 gets nothing. Raises MoneyError without weights above 0 or with one below.
        """
        shares = [_fraction(weight) for weight in weights]
        if any(share < 0 for share in shares):
            raise MoneyError(MoneyProblem.NEGATIVE_WEIGHT)
        if not any(shares):
            raise MoneyError(MoneyProblem.NO_WEIGHTS)
        cents = abs(Fraction(self.amount) * 100)
        quotas = [cents * share / sum(shares) for share in shares]
        parts = [int(quota) for quota in quotas]
        by_loss = sorted(range(len(parts)), key=lambda index: parts[index] - quotas[index])
        for index in by_loss[: int(cents) - sum(parts)]:
            parts[index] += 1
        sign = -1 if self.amount < 0 else 1
        return tuple(Money.rounded(Fraction(sign * part, 100), Rounding.CUT_OFF) for part in parts)

    def __add__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(EXACT.add(self.amount, other.amount))

    def __sub__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(EXACT.subtract(self.amount, other.amount))

    def __neg__(self) -> Money:
        return Money(EXACT.minus(self.amount))

    def __abs__(self) -> Money:
        return -self if self.amount < 0 else self

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __str__(self) -> str:
        return self.german()


def _fraction(factor: Factor) -> Fraction:
    return Fraction(factor.posts if isinstance(factor, Fte) else exact(factor))
