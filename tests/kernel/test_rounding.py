"""Exact decimals and their rounding."""

from __future__ import annotations

import json
from decimal import Decimal, Inexact, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.kernel.rounding import (
    DecimalError,
    DecimalProblem,
    Rounding,
    exact,
    in_places,
    rounded,
    trimmed,
)

numbers = st.decimals(min_value=-(10**14), max_value=10**14, allow_nan=False, places=6)


def test_half_a_unit_is_rounded_away_from_zero() -> None:
    assert rounded(Decimal("0.5"), 0, Rounding.HALF_UP) == 1
    assert rounded(Decimal("2.5"), 0, Rounding.HALF_UP) == 3
    assert rounded(Decimal("-2.5"), 0, Rounding.HALF_UP) == -3


def test_cutting_off_goes_towards_zero() -> None:
    assert rounded(Decimal("2.99"), 1, Rounding.CUT_OFF) == Decimal("2.9")
    assert rounded(Decimal("-2.99"), 1, Rounding.CUT_OFF) == Decimal("-2.9")


def test_rounding_to_nothing_is_zero_without_a_sign() -> None:
    assert str(rounded(Decimal("-0.001"), 2, Rounding.HALF_UP)) == "0.00"


@given(numbers, st.integers(min_value=0, max_value=5))
def test_rounding_half_up_is_off_by_half_a_unit_at_most(number: Decimal, places: int) -> None:
    result = rounded(number, places, Rounding.HALF_UP)
    assert abs(Fraction(result) - Fraction(number)) <= Fraction(1, 2 * 10**places)
    assert result.as_tuple().exponent == -places


@given(numbers, st.integers(min_value=0, max_value=5))
def test_cutting_off_takes_less_than_a_unit_and_never_adds(number: Decimal, places: int) -> None:
    lost = abs(Fraction(number)) - abs(Fraction(rounded(number, places, Rounding.CUT_OFF)))
    assert 0 <= lost < Fraction(1, 10**places)


@given(numbers)
def test_rounding_does_not_depend_on_the_precision_of_the_thread(number: Decimal) -> None:
    before = rounded(number, 2, Rounding.HALF_UP)
    with localcontext(prec=3):
        assert rounded(number, 2, Rounding.HALF_UP) == before


@pytest.mark.parametrize("text", ["", "1,5", "1.000,00", " 1", "1e5", "NaN", "+1", "١"])
def test_only_plain_text_is_an_exact_number(text: str) -> None:
    with pytest.raises(DecimalError) as caught:
        exact(text)
    assert caught.value.problem is DecimalProblem.NOT_A_NUMBER


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_what_is_not_finite_is_no_exact_number(value: str) -> None:
    with pytest.raises(DecimalError) as caught:
        exact(Decimal(value))
    assert caught.value.problem is DecimalProblem.NOT_A_NUMBER


@pytest.mark.parametrize("value", [Decimal("1E+999999"), Decimal("1E-999999"), 10**15, "-1000000000000000"])
def test_numbers_out_of_this_world_are_refused(value: Decimal | int | str) -> None:
    with pytest.raises(DecimalError) as caught:
        exact(value)
    assert caught.value.problem is DecimalProblem.TOO_LARGE


def test_a_float_is_no_exact_number() -> None:
    with pytest.raises(TypeError):
        exact(json.loads("0.1"))


def test_a_number_is_not_forced_into_too_few_places() -> None:
    assert str(in_places(Decimal("1.5"), 2)) == "1.50"
    assert str(in_places(Decimal("1.5000"), 2)) == "1.50"
    with pytest.raises(Inexact):
        in_places(Decimal("1.505"), 2)


@pytest.mark.parametrize(
    ("number", "text"),
    [("1.50", "1.5"), ("2E+2", "200"), ("200.00", "200"), ("-0.00", "0"), ("0.0010", "0.001")],
)
def test_trimming_leaves_neither_zeros_nor_exponents(number: str, text: str) -> None:
    assert str(trimmed(Decimal(number))) == text


@given(numbers)
def test_trimming_keeps_the_value(number: Decimal) -> None:
    assert trimmed(number) == number
