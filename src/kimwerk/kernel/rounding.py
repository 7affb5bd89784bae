"""Exact decimals, and the two ways in which offices round them. Binary floats never come in."""

from __future__ import annotations

import re
from decimal import Context, Decimal, Inexact, InvalidOperation
from enum import StrEnum
from fractions import Fraction

LARGEST_EXPONENT = 14
"""Numbers of 10 to the power of 15 and more are typing errors in this field, and slow to compute with."""

MOST_PLACES = 50
"""More than any division of two amounts yields in the usual precision of 28 digits."""

EXACT = Context(prec=80, traps=[Inexact, InvalidOperation])
"""Computes without loss or not at all, whatever precision the calling thread has set."""

_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class Rounding(StrEnum):
    """How a surplus of decimals goes. Always said at the call, because the cent depends on it."""

    HALF_UP = "half_up"  # to the nearest; the half away from zero (kaufmännisch)
    CUT_OFF = "cut_off"  # towards zero


class DecimalProblem(StrEnum):
    """What is wrong with a number."""

    NOT_A_NUMBER = "not_a_number"
    TOO_LARGE = "too_large"


class DecimalError(ValueError):
    """The value cannot be taken as an exact number; `problem` says why."""

    def __init__(self, problem: DecimalProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def exact(value: Decimal | int | str) -> Decimal:
    """The value as a finite decimal below 10^15, or DecimalError; strings are "-12.34", never German.

    A float is a TypeError: 0.1 is not a tenth.
    """
    if isinstance(value, str) and not _PLAIN.fullmatch(value):
        raise DecimalError(DecimalProblem.NOT_A_NUMBER)
    if not isinstance(value, Decimal | int | str):
        raise TypeError(f"an exact number is a Decimal, an int or a str, not {type(value).__name__}")
    number = Decimal(value)
    if not number.is_finite():
        raise DecimalError(DecimalProblem.NOT_A_NUMBER)
    if number and (number.adjusted() > LARGEST_EXPONENT or number.adjusted() < -MOST_PLACES):
        raise DecimalError(DecimalProblem.TOO_LARGE)
    return number


def in_places(number: Decimal, places: int) -> Decimal:
    """The same number with exactly so many places; decimal.Inexact if it needs more. Never -0."""
    return EXACT.plus(EXACT.quantize(number, Decimal(1).scaleb(-places)))


def trimmed(number: Decimal) -> Decimal:
    """The same number without zeros at the end and without an exponent: 1.50 as 1.5, 2E+2 as 200, -0 as 0."""
    short = EXACT.normalize(number)
    if short == short.to_integral_value():
        short = EXACT.quantize(short, Decimal(1))
    return EXACT.plus(short)


def rounded(number: Decimal | Fraction, places: int, rounding: Rounding) -> Decimal:
    """The number with exactly so many decimal places; computed in whole numbers, in any size."""
    return rounded_ratio(*number.as_integer_ratio(), places, rounding)


def rounded_ratio(numerator: int, denominator: int, places: int, rounding: Rounding) -> Decimal:
    """The same of a numerator over a denominator above 0, which need not be in lowest terms."""
    whole, rest = divmod(abs(numerator) * 10**places, denominator)
    if rounding is Rounding.HALF_UP and 2 * rest >= denominator:
        whole += 1
    sign = "-" if numerator < 0 and whole else ""
    return Decimal(f"{sign}{whole}E-{places}")
