"""Levels, numbers and the moving of sections."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.reporting.plan import moved, numbers_of, stepped_levels
from kimwerk.reporting.types import Direction

levels = st.lists(st.integers(1, 5), min_size=1, max_size=12).map(tuple)


def test_headings_are_numbered_as_they_are_printed() -> None:
    assert numbers_of((1, 2, 2, 1, 2, 3)) == ("1", "1.1", "1.2", "2", "2.1", "2.1.1")


def test_a_level_that_skips_a_step_is_raised() -> None:
    assert stepped_levels((3, 1, 3, 5)) == (1, 1, 2, 3)


@given(levels)
def test_stepped_levels_never_skip_and_stay_where_they_need_not_change(given_levels: tuple[int, ...]) -> None:
    stepped = stepped_levels(given_levels)
    assert stepped[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(stepped))
    assert stepped_levels(stepped) == stepped


@given(levels)
def test_no_two_headings_have_the_same_number(given_levels: tuple[int, ...]) -> None:
    numbers = numbers_of(given_levels)
    assert len(set(numbers)) == len(numbers)


CHAPTERS = (1, 2, 2, 1, 2)


@pytest.mark.parametrize(
    ("place", "direction", "order"),
    [
        (3, Direction.UP, (3, 4, 0, 1, 2)),  # a chapter passes the chapter before it, both with their parts
        (0, Direction.DOWN, (3, 4, 0, 1, 2)),
        (2, Direction.UP, (0, 2, 1, 3, 4)),  # a part passes its neighbour
        (2, Direction.DOWN, (0, 1, 3, 2, 4)),  # at the rim it goes on into the next chapter
        (4, Direction.UP, (0, 1, 2, 4, 3)),  # and into the one before
        (0, Direction.UP, (0, 1, 2, 3, 4)),
        (4, Direction.DOWN, (0, 1, 2, 3, 4)),
    ],
)
def test_sections_move_with_their_parts(place: int, direction: Direction, order: tuple[int, ...]) -> None:
    assert moved(CHAPTERS, place, direction) == order


@given(levels, st.data())
def test_moving_loses_and_doubles_nothing(given_levels: tuple[int, ...], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(given_levels) - 1))
    direction = data.draw(st.sampled_from(Direction))
    assert sorted(moved(given_levels, place, direction)) == list(range(len(given_levels)))


@given(levels, st.data())
def test_whatever_is_not_at_the_rim_moves(given_levels: tuple[int, ...], data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(given_levels) - 1)) if len(given_levels) > 1 else 0
    order = moved(given_levels, place, Direction.UP)
    assert (order.index(place) < place) == (place > 0)
