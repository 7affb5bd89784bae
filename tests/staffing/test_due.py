"""What of posts waits for those who keep them, on their day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.staffing.due import due_items
from kimwerk.staffing.reckoning import PostKind
from kimwerk.staffing.services.occupying import OccupancyFacts, occupy
from kimwerk.staffing.services.people import CourseFacts, add_employee, begin_onboarding, keep_course
from kimwerk.staffing.services.posts import PostFacts, add_post
from kimwerk.staffing.types import CourseState, Workplace
from tests.cast import Cast

Act = Callable[[Actor], Actor]


@pytest.fixture
def staffed(cast: Cast, act_as: Act) -> date:
    """Two people whose contracts end in a month; one with an old onboarding plan and an expired course."""
    kim, home = act_as(cast.actor("kim")), cast.organisations["Rhein-Sieg-Kreis"]
    today = timezone.localdate()
    ends = today + timedelta(days=30)
    for number in range(2):
        facts = PostFacts(f"CM {number}", PostKind.CASE_MANAGEMENT, Workplace.COUNTY, Decimal(1), date(2022, 1, 1))
        post = add_post(actor=kim, organisation_id=home, facts=facts)
        person = add_employee(actor=kim, organisation_id=home, given_name="Eva", family_name=f"Beispiel{number}")
        occupy(actor=kim, post=post, employee=person, facts=OccupancyFacts(Decimal(1), date(2022, 1, 1), ends, ends))
    begin_onboarding(actor=kim, employee=person, first_day=date(2022, 1, 1))
    course = CourseFacts("Kurs", CourseState.COMPLETED, True, date(2020, 1, 1), date(2022, 1, 1))
    keep_course(actor=kim, employee=person, facts=course)
    return ends


def test_contracts_that_end_first_weeks_and_courses_are_named(staffed: date, cast: Cast) -> None:
    found = due_items(cast.actor("kim"))
    assert [str(item.title).split()[0] for item in found] == ["2", "9", "1"]
    assert (found[0].due_on, found[0].is_urgent) == (staffed, True)


def test_it_stands_on_the_day_of_those_who_keep_posts(
    staffed: date, cast: Cast, sign_in: Callable[[str], Client]
) -> None:
    assert "2 Verträge enden am" in sign_in("anton").get(reverse("desk:today")).content.decode()
    assert "Verträge enden" not in sign_in("frieda").get(reverse("desk:today")).content.decode()


@pytest.mark.parametrize("character", ["frieda", "lena", "klara"])
def test_nothing_waits_for_others(character: str, staffed: date, cast: Cast, act_as: Act) -> None:
    assert due_items(act_as(cast.actor(character))) == ()
