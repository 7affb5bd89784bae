"""A sum tells nobody's part to whoever gave the second most; nor does a sum of such sums."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from kimwerk.kernel.dominance import is_telling, safe_from

parts = st.lists(st.integers(0, 100_000), min_size=4, max_size=4)


def estimate(amounts: list[int], by: int) -> int:
    """The most that a contributor must think anybody else gave: the sum without the own part."""
    return sum(amounts) - amounts[by]


@given(parts, st.sampled_from([5, 10, 30]))
def test_nobody_estimates_another_within_the_percentage(amounts: list[int], percent: int) -> None:
    if is_telling(amounts, percent):
        return
    for of, by in permutations(range(4), 2):
        assert estimate(amounts, by) >= amounts[of] * Fraction(100 + percent, 100)


@given(parts, st.sampled_from([5, 10, 30]))
def test_what_tells_is_told_to_the_second_largest(amounts: list[int], percent: int) -> None:
    if is_telling(amounts, percent):
        largest, second = sorted(range(4), key=lambda at: -amounts[at])[:2]
        assert estimate(amounts, second) < amounts[largest] * Fraction(100 + percent, 100)


@given(st.lists(parts, min_size=2, max_size=3), st.sampled_from([5, 10, 30]))
def test_years_that_do_not_tell_do_not_tell_together(years: list[list[int]], percent: int) -> None:
    """So every sum of printed years is safe, and so is every difference of two windows."""
    if any(is_telling(year, percent) for year in years):
        return
    assert not is_telling([sum(of_post) for of_post in zip(*years, strict=True)], percent)


def test_one_alone_and_two_always_tell_and_nobody_tells_nothing() -> None:
    assert is_telling([5])
    assert is_telling([5, 5])
    assert not is_telling([5, 5, 5])
    assert not is_telling([])
    assert not is_telling([0, 0])
    assert safe_from([100, 20, 3], 10) == 130
