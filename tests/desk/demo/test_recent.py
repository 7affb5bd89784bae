"""The last weeks before today."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kimwerk.desk.demo.county import the_county
from kimwerk.desk.demo.recent import plan_recent

COUNTY = the_county()
TODAYS = st.dates(min_value=date(2022, 7, 1), max_value=date(2060, 1, 1))


@settings(max_examples=10, deadline=None)
@given(TODAYS)
def test_everybody_who_logs_has_logged_lately_and_nobody_today(today: date) -> None:
    entries = plan_recent(COUNTY, 2022, today)
    assert {entry.person for entry in entries} >= {person.key for person in COUNTY.case_managers} | {"karin", "tomasz"}
    assert today - timedelta(days=42) <= min(entry.day for entry in entries)
    assert max(entry.entered_at.date() for entry in entries) < today


@settings(max_examples=10, deadline=None)
@given(TODAYS)
def test_a_day_keeps_its_entries_when_today_moves_on(today: date) -> None:
    tomorrow = today + timedelta(days=1)
    later = [entry for entry in plan_recent(COUNTY, 2022, tomorrow) if entry.day < today]
    earlier = [entry for entry in plan_recent(COUNTY, 2022, today) if entry.day > today - timedelta(days=42)]
    assert later == earlier


def test_nothing_falls_into_the_window_of_the_source() -> None:
    assert all(entry.day > COUNTY.last_day for entry in plan_recent(COUNTY, 2022, date(2026, 1, 1)))
