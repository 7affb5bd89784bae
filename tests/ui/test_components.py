"""The values behind the components."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.ui.components import Badge, Cell, Column, Moment, Progress, Row, Table, Tone


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_progress_stays_between_nothing_and_all(done: int, total: int) -> None:
    progress = Progress(done, total)
    assert 0 <= progress.percent <= 100
    assert progress.is_finished or progress.percent < 100


def test_time_left_is_rounded_up_to_minutes() -> None:
    assert Progress(1, 9, seconds_left=61).minutes_left == 2
    assert Progress(1, 9, seconds_left=60).minutes_left == 1
    assert Progress(1, 9).minutes_left is None


def test_a_row_has_as_many_cells_as_the_table_has_columns() -> None:
    table = Table("Orte", (Column("Ort"), Column("Zahl")), (Row((Cell("Musterstadt"),)),))
    with pytest.raises(ValueError, match="shorter"):
        list(next(iter(table.lines)))


def test_a_table_without_sums_has_no_last_line() -> None:
    assert Table("Orte", (Column("Ort"),), ()).foot_cells == ()


def test_a_cell_with_only_a_badge_is_not_empty() -> None:
    assert Cell().is_empty
    assert not Cell(badge=Badge("fällig", Tone.WARNING)).is_empty
    assert not Cell(note="x").is_empty


def test_a_moment_knows_whether_the_hour_is_known() -> None:
    assert Moment(datetime(2026, 4, 1, 8, tzinfo=UTC), "x").has_time
    assert not Moment(date(2026, 4, 1), "x").has_time
