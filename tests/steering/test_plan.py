"""The programme plan: what is late says so, and the drawing tells the same as the table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.steering.models import PlanEntry
from kimwerk.steering.services.plans import keep_entry
from kimwerk.steering.types import PlanFacts, PlanKind, PlanState, SteeringProblem, SteeringRefused
from kimwerk.steering.web.timeline import LEFT, WIDTH, timeline_of
from tests.cast import Cast
from tests.steering.bodies import COUNTY

Act = Callable[[Actor], Actor]
SPRING, AUTUMN = date(2022, 3, 1), date(2022, 10, 31)
PHASE = PlanFacts(PlanKind.PHASE, "Steuerung", "Konzept", SPRING, AUTUMN, "Koordination", begun_on=SPRING)


def entry(**changes: object) -> PlanEntry:
    known: dict[str, object] = {"kind": "phase", "planned_from": SPRING, "planned_until": AUTUMN, "title": "Konzept"}
    return PlanEntry(strand="Steuerung", **(known | changes))


def test_a_phase_is_late_when_it_should_have_begun_or_ended() -> None:
    assert entry().state(date(2022, 2, 1)) is PlanState.AHEAD
    assert entry().state(date(2022, 3, 2)) is PlanState.LATE
    assert entry(begun_on=SPRING).state(date(2022, 3, 2)) is PlanState.RUNNING
    assert entry(begun_on=SPRING).state(date(2022, 11, 1)) is PlanState.LATE
    assert entry(begun_on=SPRING, ended_on=date(2023, 1, 1)).state(date(2023, 1, 2)) is PlanState.DONE


def test_a_milestone_has_one_day_and_nothing_ends_before_it_begins(cast: Cast, act_as: Act) -> None:
    kim, home = act_as(cast.actor("kim")), cast.organisations[COUNTY]
    reached = PlanFacts(PlanKind.MILESTONE, "Steuerung", "Beschluss", SPRING, AUTUMN, ended_on=AUTUMN)
    kept = keep_entry(actor=kim, organisation_id=home, facts=reached)
    assert (kept.planned_until, kept.begun_on) == (SPRING, AUTUMN)
    for days, problem in (
        ({"planned_from": AUTUMN, "planned_until": SPRING}, SteeringProblem.ENDS_BEFORE),
        ({"begun_on": AUTUMN, "ended_on": SPRING}, SteeringProblem.ENDED_BEFORE),
    ):
        facts = PlanFacts(**({"kind": PlanKind.PHASE, "strand": "A", "title": "B", "planned_from": SPRING,
                              "planned_until": AUTUMN} | days))  # fmt: skip
        with pytest.raises(SteeringRefused) as refused:
            keep_entry(actor=kim, organisation_id=home, facts=facts)
        assert refused.value.problem is problem


@given(st.lists(st.tuples(st.dates(date(2019, 1, 1), date(2025, 1, 1)), st.integers(0, 900)), min_size=1, max_size=8))
def test_every_bar_lies_inside_the_drawing(stretches: list[tuple[date, int]]) -> None:
    entries = [
        entry(planned_from=first, planned_until=date.fromordinal(first.toordinal() + days), begun_on=first)
        for first, days in stretches
    ]
    drawn = timeline_of(entries, date(2022, 5, 1), "")
    assert drawn is not None
    bars = [bar for line in drawn.lines for bar in (line.planned, line.actual) if bar]
    assert all(bar.x >= LEFT and bar.x + bar.width <= WIDTH + 2 for bar in bars)
    assert len(drawn.lines) == len(entries)


def test_the_plan_says_in_words_what_it_draws(cast: Cast, act_as: Act, sign_in: Callable[[str], Client]) -> None:
    keep_entry(actor=act_as(cast.actor("kim")), organisation_id=cast.organisations[COUNTY], facts=PHASE)
    page = sign_in("lena").get(reverse("steering:plan")).content.decode()
    assert "Verspätet: Konzept" in page
    assert 'role="img"' in page
    assert "01.03.2022 – 31.10.2022" in page
    assert "Konzept" not in sign_in("klaus").get(reverse("steering:plan")).content.decode()
