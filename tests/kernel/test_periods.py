"""Stretches of days and their slices by the calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.kernel.periods import Period, PeriodError, PeriodProblem, Slice

Cut = Callable[[Period], Iterator[Slice]]

CUTS: list[Cut] = [Period.months, Period.iso_weeks, Period.quarters, Period.years]

days = st.dates(min_value=date(1, 1, 1), max_value=date(9990, 1, 1))
periods = st.builds(
    lambda start, length: Period(start, start + timedelta(days=length)),
    days,
    st.integers(min_value=1, max_value=1500),
)


def test_a_period_ends_before_its_end_date() -> None:
    april = Period(date(2022, 4, 1), date(2022, 5, 1))
    assert april.contains(date(2022, 4, 1))
    assert april.contains(date(2022, 4, 30))
    assert not april.contains(date(2022, 5, 1))
    assert not april.contains(date(2022, 3, 31))
    assert (april.first_day, april.last_day) == (date(2022, 4, 1), date(2022, 4, 30))


def test_a_period_of_days_holds_its_last_day() -> None:
    period = Period.of_days(date(2022, 4, 21), date(2022, 4, 21))
    assert period == Period(date(2022, 4, 21), date(2022, 4, 22))
    assert period.days == 1


@pytest.mark.parametrize("end", [date(2022, 4, 1), date(2022, 3, 31)])
def test_a_period_without_days_does_not_exist(end: date) -> None:
    with pytest.raises(PeriodError) as caught:
        Period(date(2022, 4, 1), end)
    assert caught.value.problem is PeriodProblem.NO_DAYS


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (datetime(2022, 4, 1, 12), date(2022, 5, 1)),
        (date(2022, 4, 1), datetime(2022, 5, 1, 12)),
    ],
)
def test_an_instant_is_no_day(start: date, end: date) -> None:
    with pytest.raises(PeriodError) as caught:
        Period(start, end)
    assert caught.value.problem is PeriodProblem.NOT_A_DAY


def test_periods_are_ordered_by_start_then_by_end() -> None:
    long, short, late = Period.year(2022), Period.month(2022, 1), Period.month(2022, 2)
    assert sorted([late, long, short]) == [short, long, late]


def test_neighbours_do_not_overlap() -> None:
    march, april = Period.month(2022, 3), Period.month(2022, 4)
    assert not march.overlaps(april)
    assert not april.overlaps(march)
    assert march.intersection(april) is None


def test_what_two_periods_have_in_common_is_their_intersection() -> None:
    assert Period.year(2022).intersection(Period.iso_week(2021, 52)) == Period.of_days(
        date(2022, 1, 1), date(2022, 1, 2)
    )


@given(periods, periods, days)
def test_a_day_of_both_is_a_day_of_the_intersection(one: Period, other: Period, day: date) -> None:
    common = one.intersection(other)
    assert common == other.intersection(one)
    assert (common is not None) == one.overlaps(other) == other.overlaps(one)
    for probe in (day, one.first_day, one.last_day, other.first_day, other.last_day):
        in_both = one.contains(probe) and other.contains(probe)
        assert (common is not None and common.contains(probe)) == in_both


@given(periods)
def test_days_and_weeks_count_what_lies_between_first_and_last(period: Period) -> None:
    assert Period.of_days(period.first_day, period.last_day) == period
    assert period.days == period.last_day.toordinal() - period.first_day.toordinal() + 1
    assert abs(period.weeks * 7 - period.days) < Decimal("1e-20")


def test_weeks_may_be_broken() -> None:
    assert Period.iso_week(2022, 15).weeks == 1
    assert round(Period.year(2022).weeks, 4) == Decimal("52.1429")


@pytest.mark.parametrize(("year", "last"), [(2022, 28), (2024, 29), (1900, 28), (2000, 29)])
def test_february_is_as_long_as_the_year_wants(year: int, last: int) -> None:
    assert Period.month(year, 2).last_day == date(year, 2, last)


def test_quarters_and_years_begin_and_end_with_their_months() -> None:
    assert Period.quarter(2022, 2) == Period.of_days(date(2022, 4, 1), date(2022, 6, 30))
    assert Period.quarter(2022, 4) == Period.of_days(date(2022, 10, 1), date(2022, 12, 31))
    assert Period.year(2024).days == 366


def test_weeks_run_from_monday_to_sunday_across_the_turn_of_the_year() -> None:
    assert Period.iso_week(2022, 15) == Period.of_days(date(2022, 4, 11), date(2022, 4, 17))
    assert Period.iso_week(2020, 53) == Period.of_days(date(2020, 12, 28), date(2021, 1, 3))
    assert Period.iso_week(2025, 1).first_day == date(2024, 12, 30)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Period.month(2022, 0),
        lambda: Period.month(2022, 13),
        lambda: Period.quarter(2022, 0),
        lambda: Period.quarter(2022, 5),
        lambda: Period.iso_week(2022, 0),
        lambda: Period.iso_week(2022, 53),
        lambda: Period.year(0),
        lambda: Period.year(9999),
        lambda: Period.month(9999, 12),
        lambda: Period.iso_week(9999, 52),
        lambda: Period.of_days(date(2022, 1, 1), date.max),
    ],
)
def test_units_that_are_in_no_calendar_do_not_exist(make: Callable[[], Period]) -> None:
    with pytest.raises(PeriodError) as caught:
        make()
    assert caught.value.problem is PeriodProblem.NOT_IN_CALENDAR


def test_the_first_evaluation_of_contacts_touches_five_months() -> None:
    window = Period.of_days(date(2022, 4, 21), date(2022, 8, 15))
    slices = list(window.months())
    assert [part.key for part in slices] == ["2022-04", "2022-05", "2022-06", "2022-07", "2022-08"]
    assert [part.is_complete for part in slices] == [False, True, True, True, False]
    assert slices[0].period == Period.month(2022, 4)
    assert slices[0].covered == Period.of_days(date(2022, 4, 21), date(2022, 4, 30))


def test_a_week_belongs_to_the_year_of_its_thursday() -> None:
    turn = Period.of_days(date(2021, 12, 31), date(2022, 1, 3))
    assert [part.key for part in turn.iso_weeks()] == ["2021-W52", "2022-W01"]
    assert [part.key for part in turn.months()] == ["2021-12", "2022-01"]
    assert [part.key for part in turn.quarters()] == ["2021-Q4", "2022-Q1"]
    assert [part.key for part in turn.years()] == ["2021", "2022"]


def test_a_whole_unit_is_one_complete_slice() -> None:
    assert list(Period.quarter(2022, 2).quarters()) == [
        Slice(Period.quarter(2022, 2), Period.quarter(2022, 2), "2022-Q2")
    ]
    assert all(part.is_complete for part in Period.year(2024).months())
    assert len(list(Period.year(2024).months())) == 12


@pytest.mark.parametrize("cut", CUTS)
@given(period=periods)
def test_slices_cover_a_period_without_gap_or_overlap(cut: Cut, period: Period) -> None:
    slices = list(cut(period))
    assert slices[0].covered.start == period.start
    assert slices[-1].covered.end == period.end
    for before, after in pairwise(slices):
        assert before.covered.end == after.covered.start
        assert before.period.end == after.period.start
    assert sum(part.covered.days for part in slices) == period.days


@pytest.mark.parametrize("cut", CUTS)
@given(period=periods)
def test_slices_are_the_covered_days_of_whole_units(cut: Cut, period: Period) -> None:
    slices = list(cut(period))
    for part in slices:
        assert part.period.intersection(period) == part.covered
        assert part.is_complete == (part.covered.days == part.period.days)
    assert all(part.is_complete for part in slices[1:-1])
    keys = [part.key for part in slices]
    assert keys == sorted(set(keys))


@given(days)
def test_each_day_lies_in_the_unit_its_key_names(day: date) -> None:
    single = Period.of_days(day, day)
    (month,) = single.months()
    (week,) = single.iso_weeks()
    assert month.period == Period.month(int(month.key[:4]), int(month.key[5:]))
    assert week.period == Period.iso_week(int(week.key[:4]), int(week.key[6:]))
    assert week.period.first_day.isoweekday() == 1
    assert week.period.days == 7


def test_slices_come_one_by_one_so_that_far_ends_do_no_harm() -> None:
    endless = Period(date(2022, 4, 21), date.max)
    assert next(endless.months()).key == "2022-04"
