"""Shares of posts."""

from __future__ import annotations

import json
import operator
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.kernel.fte import Fte, FteError, FteProblem
from kimwerk.kernel.german import NumberError

shares = st.builds(Fte, st.decimals(min_value=0, max_value=10**6, places=4))


def test_the_posts_of_the_first_evaluation_sum_to_12_61() -> None:
    posts = [Fte.from_german(text) for text in ("0,5", "2,5", "2,66", "6,95")]
    assert Fte.sum(posts) == Fte("12.61")
    assert Fte.sum(posts).german() == "12,61"


def test_no_posts_are_0() -> None:
    assert Fte.sum([]) == Fte(0)
    assert not Fte(0)
    assert Fte("0.0001")


def test_equal_shares_are_equal_however_they_were_written() -> None:
    assert Fte("1.50") == Fte(Decimal("1.5")) == Fte.from_german("1,5")
    assert hash(Fte("1.50")) == hash(Fte("1.5"))
    assert str(Fte("1.50").posts) == "1.5"
    assert str(Fte(Decimal("2E+1")).posts) == "20"


def test_more_posts_compare_as_more() -> None:
    assert Fte("0.5") < Fte("2.5") <= Fte("2.50")
    assert max(Fte("2.66"), Fte("6.95")) == Fte("6.95")


def test_a_negative_share_does_not_exist() -> None:
    with pytest.raises(FteError) as caught:
        Fte("-0.5")
    assert caught.value.problem is FteProblem.NEGATIVE
    assert str(Fte("-0").posts) == "0"


def test_a_fifth_decimal_place_is_refused() -> None:
    assert Fte("0.12340") == Fte("0.1234")
    with pytest.raises(FteError) as caught:
        Fte("0.12345")
    assert caught.value.problem is FteProblem.TOO_MANY_PLACES


def test_a_float_is_no_share() -> None:
    with pytest.raises(TypeError):
        Fte(json.loads("0.1"))


def test_shares_are_added_only_to_shares() -> None:
    with pytest.raises(TypeError):
        operator.add(Fte(1), Decimal(2))


def test_the_german_text_takes_as_many_places_as_asked_for() -> None:
    assert Fte("0.5").german(places=2) == "0,50"
    assert Fte("0.125").german(places=2) == "0,13"
    assert f"{Fte('2.66')}" == "2,66"


def test_a_text_that_is_no_number_is_no_share() -> None:
    with pytest.raises(NumberError):
        Fte.from_german("2.66")


@given(shares)
def test_a_written_share_reads_back_as_itself(share: Fte) -> None:
    assert Fte.from_german(share.german()) == share


@given(st.lists(shares))
def test_a_sum_is_exact_in_any_order_and_precision(several: list[Fte]) -> None:
    units = sum(int(share.posts * 10_000) for share in several)
    with localcontext(prec=3):
        assert Fte.sum(several) == Fte.sum(reversed(several))
        total = Fte.sum(several)
    assert int(total.posts * 10_000) == units
