"""Full-time equivalents and months from stretches of days."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kimwerk.kernel.fte import Fte
from kimwerk.kernel.periods import Period
from kimwerk.staffing.reckoning import (
    MonthCount,
    PostKind,
    Stint,
    average_fte,
    fte_on,
    merged,
    months,
    shown_fte,
    without,
)

FIRST = date(2019, 12, 1)
periods = st.builds(
    lambda start, length: Period(FIRST + timedelta(days=start), FIRST + timedelta(days=start + length)),
    st.integers(0, 1_000),
    st.integers(1, 500),
)
stretches = st.lists(periods, max_size=5)


def days_of(found: list[Period] | tuple[Period, ...]) -> set[date]:
    return {period.start + timedelta(days=n) for period in found for n in range(period.days)}


@given(stretches)
def test_merging_keeps_the_days_and_leaves_no_overlap(some: list[Period]) -> None:
    found = merged(some)
    assert days_of(found) == days_of(some)
    assert all(first.end < second.start for first, second in pairwise(found))


@given(stretches, stretches)
def test_taking_days_away_takes_exactly_these(some: list[Period], gone: list[Period]) -> None:
    assert days_of(without(some, gone)) == days_of(some) - days_of(gone)


@given(stretches, periods)
def test_months_are_those_of_the_days_and_never_more_than_the_window_has(some: list[Period], window: Period) -> None:
    whole = months([window], window)
    covered, started, full = (months(some, window, count) for count in MonthCount)
    assert 0 <= full <= covered <= started
    assert covered <= whole
    assert covered + months(without([window], some), window) == whole


@given(st.integers(2019, 2030))
def test_a_year_has_twelve_months_however_it_is_counted(year: int) -> None:
    window = Period.year(year)
    assert {months([window], window, count) for count in MonthCount} == {12}


def test_a_single_day_starts_a_month_and_fills_none() -> None:
    day = Period.of_days(date(2024, 2, 29), date(2024, 2, 29))
    window = Period.year(2024)
    assert months([day], window) == Fraction(1, 29)
    assert months([day], window, MonthCount.STARTED) == 1
    assert months([day], window, MonthCount.FULL) == 0


def test_two_halves_of_a_month_by_two_people_are_a_full_month() -> None:
    halves = [Period(date(2022, 3, 1), date(2022, 3, 16)), Period(date(2022, 3, 16), date(2022, 4, 1))]
    assert months(halves, Period.year(2022), MonthCount.FULL) == 1


def test_the_average_of_a_window_weighs_by_days() -> None:
    stints = [
        Stint(Fte(1), Period(date(2022, 1, 1), date(2023, 1, 1))),
        Stint(Fte("0.5"), Period(date(2022, 4, 1), date(2022, 4, 11))),
    ]
    assert fte_on(stints, date(2022, 4, 10)) == Fte("1.5")
    assert fte_on(stints, date(2022, 4, 11)) == Fte(1)
    assert average_fte(stints, Period.month(2022, 4)) == 1 + Fraction(1, 6)
    assert shown_fte(average_fte(stints, Period.month(2022, 4))).as_tuple().exponent == -2


def test_the_modules_of_the_kinds() -> None:
    assert {kind: kind.module for kind in PostKind} == {
        PostKind.COORDINATION: 1,
        PostKind.ASSISTANCE: 1,
        PostKind.CASE_MANAGEMENT: 2,
        PostKind.AUTHORITY: 3,
    }
