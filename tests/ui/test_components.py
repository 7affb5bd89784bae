"""The values behind the components."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from kimwerk.ui.components import Moment, Progress


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_progress_stays_between_nothing_and_all(done: int, total: int) -> None:
    progress = Progress(done, total)
    assert 0 <= progress.percent <= 100
    assert progress.is_finished or progress.percent < 100


def test_time_left_is_rounded_up_to_minutes() -> None:
    assert Progress(1, 9, seconds_left=61).minutes_left == 2
    assert Progress(1, 9, seconds_left=60).minutes_left == 1
    assert Progress(1, 9).minutes_left is None


def test_a_moment_knows_whether_the_hour_is_known() -> None:
    assert Moment(datetime(2026, 4, 1, 8, tzinfo=UTC), "x").has_time
    assert not Moment(date(2026, 4, 1), "x").has_time
