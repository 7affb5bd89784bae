"""Cases of the first two years: for the evaluation of 2024 to count, and never in the window of the first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from kimwerk.desk.demo.caseload import Story, the_caseload
from kimwerk.desk.demo.county import the_county
from kimwerk.desk.demo.earlier import plan_earlier
from tests.desk.conftest import TODAY

Ask = Callable[[str], list[tuple[object, ...]]]
COUNTY = the_county()
EARLIER = plan_earlier(COUNTY, 2022, TODAY)
SECOND_WINDOW = date(2023, 12, 31)


def opened(story: Story) -> date:
    return TODAY - timedelta(days=story.ago)


def test_they_begin_after_the_window_of_the_source_and_leave_out_no_month_until_2024() -> None:
    months = {(opened(story).year, opened(story).month) for story in EARLIER.cases}
    assert months == {(2022, month) for month in range(5, 13)} | {(2023, month) for month in range(1, 13)}
    assert min(map(opened, EARLIER.cases)) > COUNTY.last_day


def test_all_are_closed_after_their_contacts_and_after_somebody_had_arrived() -> None:
    for story in EARLIER.cases:
        assert story.closing
        assert story.ago >= max(each.ago for each in story.contacts)
        assert min(each.ago for each in story.contacts) >= story.closing.ago >= 0
        assert EARLIER.people[story.person].arrived <= opened(story)


def test_nobody_who_has_cases_today_had_them() -> None:
    assert not {story.manager for story in EARLIER.cases} & {story.manager for story in the_caseload().cases}


def test_the_same_seed_invents_the_same_people() -> None:
    assert plan_earlier(COUNTY, 7, TODAY) == plan_earlier(COUNTY, 7, TODAY) != plan_earlier(COUNTY, 8, TODAY)


def test_the_evaluation_of_2024_counts_them_and_that_of_2022_none(demo: Ask) -> None:
    began = sum(opened(story) <= SECOND_WINDOW for story in EARLIER.cases)
    ended = sum(TODAY - timedelta(days=story.closing.ago) <= SECOND_WINDOW for story in EARLIER.cases if story.closing)
    compared = demo(
        "select c.value->>'figure', (c.value->>'before')::int, (c.value->>'after')::int"
        " from reporting_edition e, jsonb_array_elements(e.content->'changes') c"
        " where e.title = 'Evaluation KIM 2024' and c.value->>'kind' = 'compared' and c.value->>'what' = ''"
        " and c.value->>'figure' like '%e Fälle nach %' order by 1 desc"
    )
    assert compared == [("Eröffnete Fälle nach Monat", 0, began), ("Abgeschlossene Fälle nach Grund", 0, ended)]
