"""Euro to the cent."""

from __future__ import annotations

import json
import operator
from copy import deepcopy
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.kernel.fte import Fte
from kimwerk.kernel.german import NumberError
from kimwerk.kernel.money import Money, MoneyError, MoneyProblem, Rounding
from kimwerk.kernel.rounding import DecimalError

amounts = st.builds(Money, st.decimals(min_value=-(10**9), max_value=10**9, places=2))
factors = st.decimals(min_value=-1000, max_value=1000, places=4)
weights = st.lists(st.decimals(min_value=0, max_value=1000, places=4), min_size=1).filter(any)
roundings = st.sampled_from(Rounding)


def euro(text: str) -> Money:
    return Money.from_german(text)


def test_21_percent_of_the_staff_cost_of_2022_differ_by_a_cent() -> None:
    staff = euro("424.856,23")
    assert staff.share(Decimal(21), Rounding.HALF_UP) == euro("89.219,81")
    assert staff.share(Decimal(21), Rounding.CUT_OFF) == euro("89.219,80")


def test_21_percent_of_the_staff_cost_of_2023_do_not_differ() -> None:
    staff = euro("429.307,06")
    assert staff.share(Decimal(21), Rounding.HALF_UP) == euro("90.154,48")
    assert staff.share(Decimal(21), Rounding.CUT_OFF) == euro("90.154,48")


def test_the_expenditure_of_the_first_evaluation_sums_with_the_overheads_cut_off() -> None:
    staff, on_site = euro("424.856,23"), euro("412.472,21")
    equipment = euro("3.450,00").times(16, Rounding.HALF_UP)
    overheads = staff.share(21, Rounding.CUT_OFF)
    expenditure = Money.sum([staff, on_site, equipment, overheads])
    assert expenditure == euro("981.748,24")
    assert expenditure - euro("725.113,86") == euro("256.634,38")


def test_the_workplaces_of_the_first_evaluation_are_three_posts() -> None:
    assert euro("9.700").times(Fte("2.5") + Fte("0.5"), Rounding.HALF_UP) == euro("29.100,00")


def test_the_average_cost_of_a_post_in_the_first_evaluation() -> None:
    staff = euro("424.856,23") + euro("412.472,21")
    assert staff.per(Fte("12.61"), Rounding.HALF_UP) == euro("66.401,94")


def test_the_share_of_cost_that_the_district_bears() -> None:
    assert round(euro("256.634,38").ratio_to(euro("981.748,24")), 4) == Decimal("0.2614")


def test_an_amount_always_has_two_decimal_places() -> None:
    assert [str(Money(value).amount) for value in (5, "5", Decimal("5.0"), Decimal("5.0000"))] == ["5.00"] * 4
    assert str(Money("-0.00").amount) == "0.00"


@pytest.mark.parametrize("value", ["0.001", "89219.8083", "-1.005"])
def test_a_third_decimal_place_needs_a_rounding(value: str) -> None:
    with pytest.raises(MoneyError) as caught:
        Money(value)
    assert caught.value.problem is MoneyProblem.TOO_MANY_PLACES


def test_rounding_says_how_the_third_decimal_place_goes() -> None:
    assert Money.rounded(Decimal("1.005"), Rounding.HALF_UP) == Money("1.01")
    assert Money.rounded(Decimal("1.009"), Rounding.CUT_OFF) == Money("1.00")
    assert Money.rounded(Decimal("-1.005"), Rounding.HALF_UP) == Money("-1.01")


def test_a_float_is_no_amount() -> None:
    with pytest.raises(TypeError):
        Money(json.loads("0.1"))


@pytest.mark.parametrize("value", ["1.000,00", "abc", "1e3"])
def test_text_that_is_not_plain_is_no_amount(value: str) -> None:
    with pytest.raises(DecimalError):
        Money(value)


def test_an_amount_does_not_change() -> None:
    amount = Money(5)
    with pytest.raises(AttributeError):
        setattr(amount, "amount", Decimal(6))  # noqa: B010
    assert amount == Money(5)


def test_an_amount_survives_copying() -> None:
    assert deepcopy(Money("12.34")) == Money("12.34")


def test_amounts_compare_only_with_amounts() -> None:
    assert Money(1) < Money(2) <= Money("2.00")
    assert Money(5) != Decimal(5)
    with pytest.raises(TypeError):
        operator.lt(Money(1), Decimal(2))


def test_amounts_are_added_and_subtracted_only_with_amounts() -> None:
    assert Money(5) + Money(1) - Money(2) == Money(4)
    with pytest.raises(TypeError):
        operator.add(5, Money(6))
    with pytest.raises(TypeError):
        operator.sub(Money(5), 1)


def test_only_zero_is_false() -> None:
    assert not Money(0)
    assert Money("-0.01")
    assert abs(Money("-0.01")) == Money("0.01")


def test_a_part_of_nothing_cannot_be_told() -> None:
    with pytest.raises(ZeroDivisionError):
        Money(5).ratio_to(Money(0))
    with pytest.raises(ZeroDivisionError):
        Money(5).per(Fte(0), Rounding.HALF_UP)


@pytest.mark.parametrize("text", ["424.856,23", "424856,23", " 424.856,23 € ", "424.856,23€", "424.856,23 EUR"])
def test_an_amount_is_read_as_people_type_it(text: str) -> None:
    assert Money.from_german(text) == Money("424856.23")


@pytest.mark.parametrize("text", ["424,856.23", "1.5", "€", "€ 5", "fünf"])
def test_text_that_is_no_german_number_is_no_amount(text: str) -> None:
    with pytest.raises(NumberError):
        Money.from_german(text)


def test_a_written_amount_has_no_euro_sign() -> None:
    assert Money("424856.23").german() == str(Money("424856.23")) == "424.856,23"
    assert (-Money(1000)).german() == "-1.000,00"


@pytest.mark.parametrize(
    ("amount", "parts"),
    [
        ("100,00", ["33,34", "33,33", "33,33"]),
        ("-100,00", ["-33,34", "-33,33", "-33,33"]),
        ("0,02", ["0,01", "0,01", "0,00"]),
        ("0,00", ["0,00", "0,00", "0,00"]),
    ],
)
def test_the_cent_left_over_goes_to_the_first_of_equals(amount: str, parts: list[str]) -> None:
    assert [part.german() for part in euro(amount).allocate([1, 1, 1])] == parts


def test_the_cent_left_over_goes_where_most_was_cut_off() -> None:
    assert Money("0.10").allocate([Fte("0.5"), Fte("2.66"), Fte("6.95")]) == (
        Money("0.00"),
        Money("0.03"),
        Money("0.07"),
    )


def test_an_amount_is_not_allocated_to_nobody() -> None:
    for nobody in ([], [0, 0]):
        with pytest.raises(MoneyError) as caught:
            Money(5).allocate(nobody)
        assert caught.value.problem is MoneyProblem.NO_WEIGHTS
    with pytest.raises(MoneyError) as caught:
        Money(5).allocate([2, -1])
    assert caught.value.problem is MoneyProblem.NEGATIVE_WEIGHT


@given(amounts, weights)
def test_an_allocation_never_loses_a_cent(amount: Money, parts: list[Decimal]) -> None:
    allocated = amount.allocate(parts)
    assert len(allocated) == len(parts)
    assert Money.sum(allocated) == amount


@given(amounts, weights)
def test_no_part_of_an_allocation_is_a_whole_cent_off(amount: Money, parts: list[Decimal]) -> None:
    whole = sum(map(Fraction, parts))
    for weight, part in zip(parts, amount.allocate(parts), strict=True):
        assert abs(Fraction(part.amount) - Fraction(amount.amount) * Fraction(weight) / whole) < Fraction(1, 100)
        assert weight or not part


@given(st.lists(amounts))
def test_a_sum_is_exact_in_any_order_and_precision(several: list[Money]) -> None:
    cents = sum(int(amount.amount * 100) for amount in several)
    with localcontext(prec=3):
        total = Money.sum(several)
        assert total == Money.sum(reversed(several))
    assert int(total.amount * 100) == cents


@given(amounts, amounts)
def test_subtraction_undoes_addition(one: Money, other: Money) -> None:
    assert one + other - other == one
    assert one - other == -(other - one)
    assert one - one == Money(0)


@given(amounts, amounts)
def test_amounts_are_ordered_like_their_difference(one: Money, other: Money) -> None:
    assert (one < other) == ((one - other).amount < 0)


@given(amounts, factors, roundings)
def test_a_product_is_less_than_a_cent_off(amount: Money, factor: Decimal, rounding: Rounding) -> None:
    product = amount.times(factor, rounding)
    assert abs(Fraction(product.amount) - Fraction(amount.amount) * Fraction(factor)) < Fraction(1, 100)


@given(amounts, st.integers(min_value=-1000, max_value=1000), roundings)
def test_whole_multiples_are_exact(amount: Money, count: int, rounding: Rounding) -> None:
    assert amount.times(count, rounding).amount == amount.amount * count


@given(amounts, factors, roundings)
def test_a_percentage_is_a_hundredth_times_as_much(amount: Money, percent: Decimal, rounding: Rounding) -> None:
    assert amount.share(percent, rounding) == amount.times(percent / 100, rounding)


@given(amounts, st.integers(min_value=1, max_value=1000))
def test_so_many_times_the_cost_of_each_is_the_cost_but_for_rounding(amount: Money, count: int) -> None:
    each = amount.per(count, Rounding.CUT_OFF)
    assert abs(amount - each.times(count, Rounding.CUT_OFF)) < Money("0.01").times(count, Rounding.CUT_OFF)


@given(amounts)
def test_a_written_amount_reads_back_as_itself(amount: Money) -> None:
    assert Money.from_german(amount.german()) == amount
