"""Age bands count everybody once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.kernel.age_bands import (
    OLDEST,
    UNKNOWN,
    AgeBand,
    AgeBands,
    AgeBandsError,
    AgeBandsProblem,
    age_on,
)
from kimwerk.kernel.figures import MISSING

SCHOOL = AgeBands.from_bounds([0, 2, 6, 15, 18, 30, 60])
TODAY = date(2022, 8, 15)

bands = st.sets(st.integers(min_value=1, max_value=120)).map(lambda begins: AgeBands.from_bounds([0, *sorted(begins)]))


def test_bands_are_named_by_their_first_and_last_age() -> None:
    assert [band.key for band in SCHOOL.all] == [
        "0-1", "2-5", "6-14", "15-17", "18-29", "30-59", "60+", MISSING,
    ]  # fmt: skip
    assert AgeBand(5, 5).key == "5"


def test_a_border_belongs_to_one_band_only() -> None:
    assert SCHOOL.of_age(17).key == "15-17"
    assert SCHOOL.of_age(18).key == "18-29"
    assert SCHOOL.of_age(0).key == "0-1"
    assert SCHOOL.of_age(99).key == "60+"


@pytest.mark.parametrize("age", [None, -1, OLDEST + 1])
def test_an_age_that_is_not_known_or_cannot_be_is_a_band_of_its_own(age: int | None) -> None:
    assert SCHOOL.of_age(age) is UNKNOWN


@pytest.mark.parametrize(
    ("made", "problem"),
    [
        ((), AgeBandsProblem.EMPTY),
        ((AgeBand(0, 18), AgeBand(18, None)), AgeBandsProblem.OVERLAP),
        ((AgeBand(0, 15), AgeBand(16, 18), AgeBand(18, 25), AgeBand(26, None)), AgeBandsProblem.OVERLAP),
        ((AgeBand(0, None), AgeBand(60, None)), AgeBandsProblem.OVERLAP),
        ((AgeBand(0, None), UNKNOWN), AgeBandsProblem.OVERLAP),
        ((AgeBand(18, 35), AgeBand(36, None)), AgeBandsProblem.GAP),
        ((AgeBand(0, 17), AgeBand(19, None)), AgeBandsProblem.GAP),
        ((AgeBand(0, 17), AgeBand(18, 60)), AgeBandsProblem.NOT_OPEN_ENDED),
        ((AgeBand(0, 17), AgeBand(18, 10), AgeBand(11, None)), AgeBandsProblem.BACKWARDS),
        ((AgeBand(-1, 17), AgeBand(18, None)), AgeBandsProblem.NEGATIVE),
    ],
)
def test_bands_that_count_twice_or_not_at_all_are_refused(made: tuple[AgeBand, ...], problem: AgeBandsProblem) -> None:
    with pytest.raises(AgeBandsError) as caught:
        AgeBands(made)
    assert caught.value.problem is problem


@pytest.mark.parametrize("bounds", [[], [18, 36], [0, 18, 18], [0, 18, 6], [-5, 0]])
def test_bounds_must_rise_from_0(bounds: list[int]) -> None:
    with pytest.raises(AgeBandsError):
        AgeBands.from_bounds(bounds)


@given(bands, st.integers(min_value=0, max_value=OLDEST))
def test_every_age_stands_in_exactly_one_band(made: AgeBands, age: int) -> None:
    holding = [
        band
        for band in made.known
        if band.youngest is not None and band.youngest <= age and (band.oldest is None or age <= band.oldest)
    ]
    assert [made.of_age(age)] == holding


@given(bands)
def test_bands_are_made_again_from_their_bounds(made: AgeBands) -> None:
    assert AgeBands.from_bounds(made.bounds) == made


@given(bands)
def test_no_two_bands_have_the_same_key(made: AgeBands) -> None:
    keys = [band.key for band in made.all]
    assert len(set(keys)) == len(keys)


def test_a_child_grows_into_the_next_band_on_its_birthday() -> None:
    born = date(2016, 8, 15)
    assert SCHOOL.of_birth_date(born, date(2022, 8, 14)).key == "2-5"
    assert SCHOOL.of_birth_date(born, date(2022, 8, 15)).key == "6-14"


def test_a_birth_year_gives_the_age_reached_within_the_year() -> None:
    assert SCHOOL.of_birth_year(2016, TODAY).key == "6-14"
    assert SCHOOL.of_birth_year(2017, TODAY).key == "2-5"
    assert SCHOOL.of_birth_year(2022, TODAY).key == "0-1"


def test_unknown_and_future_births_are_unknown() -> None:
    assert SCHOOL.of_birth_date(None, TODAY) is UNKNOWN
    assert SCHOOL.of_birth_date(date(2022, 8, 16), TODAY) is UNKNOWN
    assert SCHOOL.of_birth_year(None, TODAY) is UNKNOWN
    assert SCHOOL.of_birth_year(2023, TODAY) is UNKNOWN


def test_whoever_is_born_on_29_february_is_older_on_1_march() -> None:
    born = date(2004, 2, 29)
    assert age_on(born, date(2022, 2, 28)) == 17
    assert age_on(born, date(2022, 3, 1)) == 18
    assert age_on(born, date(2024, 2, 29)) == 20


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(min_value=0, max_value=900))
def test_on_the_first_day_of_a_year_of_life_one_is_that_old(born: date, years: int) -> None:
    leap_day = (born.month, born.day) == (2, 29)
    birthday = date(born.year + years, 3, 1) if leap_day else born.replace(year=born.year + years)
    assert age_on(born, birthday) == years
    assert years == 0 or age_on(born, date(born.year + years, 1, 1)) <= years
