"""The diary after the source: for the next edition to compare with, and never in the window of the first."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from kimwerk.desk.demo.county import the_county
from kimwerk.desk.demo.later import plan_later
from kimwerk.kernel.holidays import is_holiday

COUNTY = the_county()
LATER = plan_later(COUNTY, 2022)


def test_it_begins_on_the_day_after_the_source_and_leaves_out_no_month_until_2024() -> None:
    assert COUNTY.later[0].first == COUNTY.last_day + timedelta(days=1)
    months = {(entry.day.year, entry.day.month) for entry in LATER}
    assert months == {(2022, month) for month in range(4, 13)} | {(2023, month) for month in range(1, 13)}
    assert min(entry.day for entry in LATER) > COUNTY.last_day


def test_nobody_works_on_a_holiday() -> None:
    assert not [entry for entry in LATER if is_holiday(entry.day) or entry.day.weekday() > 4]


def test_the_people_from_ukraine_become_fewer_and_change_their_legal_circle_in_june() -> None:
    ukraine = [entry for entry in LATER if COUNTY.kinds[entry.kind].ukraine]
    years = Counter(entry.day.year for entry in ukraine)
    assert years[2023] < years[2022] / 2
    assert {circle for e in ukraine if e.day < date(2022, 6, 1) for circle in e.legal_circles} == {"asylblg"}
    assert {circle for e in ukraine if e.day >= date(2022, 6, 1) for circle in e.legal_circles} == {"sgb-ii"}


def test_the_same_seed_carries_it_on_in_the_same_way() -> None:
    assert plan_later(COUNTY, 7) == plan_later(COUNTY, 7) != plan_later(COUNTY, 8)
