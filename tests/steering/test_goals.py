"""Goals, measures and indicators: what stands under what, what is counted, and what a resolution has changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.access.roles import Role
from kimwerk.access.walls import maintenance
from kimwerk.accounts.models import Membership
from kimwerk.directory.models import District, Municipality, Organisation
from kimwerk.documents.models import Template
from kimwerk.documents.services.library import keep_template
from kimwerk.documents.types import Licence, TemplateFacts, TemplateKind
from kimwerk.kernel import german
from kimwerk.kernel.figures import FigureQuery
from kimwerk.kernel.periods import Period
from kimwerk.needs.services import open_gap
from kimwerk.needs.types import GapFacts, GapState, Level, Severity
from kimwerk.reporting.catalogue import figure
from kimwerk.steering.due import due_items
from kimwerk.steering.models import Committee, Goal, Indicator, InForce, Measure, Reading, Term
from kimwerk.steering.selectors.goals import goals_for, measure_line
from kimwerk.steering.services.agenda import take_up
from kimwerk.steering.services.committees import appoint, end_term
from kimwerk.steering.services.effects import check_effect, end_in_force, measure_effect, put_into_force
from kimwerk.steering.services.goals import (
    bind_indicator,
    count_indicator,
    keep_goal,
    keep_measure,
    settle_measure,
    stretches,
)
from kimwerk.steering.services.meetings import close_minutes, plan_meeting
from kimwerk.steering.services.minutes import note_attendance
from kimwerk.steering.services.resolutions import resolve
from kimwerk.steering.tasks import count_indicators
from kimwerk.steering.types import (
    Aim,
    GoalFacts,
    GoalKind,
    IndicatorFacts,
    Light,
    MeasureFacts,
    MeetingFacts,
    Outcome,
    Presence,
    ResolutionFacts,
    SteeringProblem,
    SteeringRefused,
    TermFacts,
    Turn,
    WorkState,
)
from tests.cast import Cast
from tests.steering.bodies import stefans_group

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]
MAY = datetime(2022, 5, 4, 14, tzinfo=UTC)
DAY = date(2022, 5, 4)
MEETINGS = IndicatorFacts("meetings_held", Turn.YEAR, date(2021, 6, 1), Aim.AT_LEAST, Decimal(4), Decimal(1))


@pytest.fixture
def kim(cast: Cast, act_as: Act) -> Actor:
    return act_as(cast.actor("kim"))


@pytest.fixture
def group(cast: Cast, kim: Actor) -> Committee:
    return stefans_group(cast, kim)


@pytest.fixture
def goal(kim: Actor, group: Committee) -> Goal:
    home = group.organisation_id
    roof = keep_goal(actor=kim, organisation_id=home, facts=GoalFacts(GoalKind.ROOF, "Gemeinsame Aufgabe"))
    under_it = GoalFacts(GoalKind.GUIDING, "Einheitlich handeln", parent_id=roof.pk)
    guiding = keep_goal(actor=kim, organisation_id=home, facts=under_it)
    action = GoalFacts(GoalKind.ACTION, "Vorlagen vereinheitlichen", parent_id=guiding.pk)
    return keep_goal(actor=kim, organisation_id=home, facts=action)


@pytest.fixture
def measure(kim: Actor, goal: Goal) -> Measure:
    return keep_measure(actor=kim, goal=goal, facts=MeasureFacts("Vorlagen abstimmen", DAY))


def hold(kim: Actor, group: Committee, at: datetime) -> None:
    close_minutes(actor=kim, meeting=plan_meeting(actor=kim, committee=group, facts=MeetingFacts(at)))


def test_an_action_goal_stands_under_a_guiding_goal_and_nowhere_else(kim: Actor, goal: Goal) -> None:
    assert [line.goal.title for line in goals_for(kim)] == ["Gemeinsame Aufgabe"]
    assert goals_for(kim)[0].children[0].children[0].goal == goal
    for parent in (goal.pk, None):
        facts = GoalFacts(GoalKind.ACTION, "Anderes", parent_id=parent)
        with pytest.raises(SteeringRefused) as refused:
            keep_goal(actor=kim, organisation_id=goal.organisation_id, facts=facts)
        assert refused.value.problem is SteeringProblem.UNDER_ANOTHER


def test_an_indicator_is_counted_from_its_first_year_on_and_judged_by_the_last_whole_one(
    kim: Actor, group: Committee, measure: Measure
) -> None:
    for at in (datetime(2021, 11, 3, 14, tzinfo=UTC), datetime(2021, 12, 1, 14, tzinfo=UTC), MAY):
        hold(kim, group, at)
    bind_indicator(actor=kim, measure=measure, facts=MEETINGS)
    line = measure_line(kim, measure.pk)
    assert line is not None
    assert {each.first_day.year: each.value for each in line.indicators[0].readings}.items() >= {
        2021: 2,
        2022: 1,
    }.items()
    assert line.light is Light.RED  # the last whole year had none


def test_the_indicator_moves_when_the_figure_does_and_whole_years_stay(
    kim: Actor, group: Committee, measure: Measure
) -> None:
    indicator = bind_indicator(actor=kim, measure=measure, facts=MEETINGS)
    hold(kim, group, MAY)
    past = date(2022, 1, 1)
    assert count_indicator(actor=kim, indicator=indicator) == 1, "the year that runs, and no other"
    assert Reading.objects.get(indicator=indicator, first_day=past).value == 0
    Reading.objects.filter(indicator=indicator, first_day=past).update(counted_on=date(2022, 6, 1))
    count_indicator(actor=kim, indicator=indicator)
    assert Reading.objects.get(indicator=indicator, first_day=past).value == 1


@given(st.sampled_from(Aim), st.decimals(0, 99, places=1), st.decimals(0, 99, places=1), st.decimals(0, 99, places=1))
def test_green_is_never_worse_than_amber_nor_amber_than_red(
    aim: Aim, green: Decimal, amber: Decimal, step: Decimal
) -> None:
    best, middle = (
        (max(green, amber), min(green, amber)) if aim is Aim.AT_LEAST else (min(green, amber), max(green, amber))
    )
    indicator = Indicator(aim=aim.value, green_at=best, amber_at=middle)
    better = [Light.RED, Light.AMBER, Light.GREEN]
    sign = 1 if aim is Aim.AT_LEAST else -1
    lights = [indicator.light_of(Reading(value=middle + sign * move)) for move in (-step, 0, step)]
    assert [better.index(light) for light in lights] == sorted(better.index(light) for light in lights)
    assert indicator.light_of(Reading(value=best)) is Light.GREEN
    assert indicator.light_of(Reading(value=None)) is Light.NONE


@given(st.sampled_from(Turn), st.dates(date(2019, 1, 1), date(2024, 1, 1)), st.integers(0, 900))
def test_stretches_follow_each_other_without_a_hole(turn: Turn, first: date, days: int) -> None:
    today = date.fromordinal(first.toordinal() + days)
    found = list(stretches(turn, first, today))
    assert found[0].start <= first
    assert found[-1].start <= today < found[-1].end
    assert all(one.end == other.start for one, other in pairwise(found))


def test_a_gap_that_is_resolved_leads_to_a_measure_and_ends_with_its_effect(
    kim: Actor, group: Committee, goal: Goal
) -> None:
    facts = GapFacts("Kein Wohnraum", Level.COUNTY, Severity.HIGH)
    gap = open_gap(actor=kim, organisation_id=group.organisation_id, facts=facts)
    meeting = plan_meeting(actor=kim, committee=group, facts=MeetingFacts(MAY))
    take_up(actor=kim, meeting=meeting, keys=[f"gap-{gap.pk}"])
    seats = {seat.pk: (Presence.PRESENT, "") for seat in group.seats.all()}
    note_attendance(actor=kim, meeting=meeting, seats=seats, guests="")
    item = meeting.items.get(source="gap")
    decided = ResolutionFacts("Wohnraum", Outcome.ADOPTED, DAY, effective_on=DAY)
    resolution = resolve(actor=kim, committee=group, facts=decided, text="Anlaufstelle", item=item)
    measure = MeasureFacts("Anlaufstelle", DAY, gap_id=gap.pk, resolution_id=resolution.pk)
    keep_measure(actor=kim, goal=goal, facts=measure)
    gap.refresh_from_db()
    assert gap.state == GapState.IMPLEMENTED

    hold(kim, group, datetime(2022, 5, 9, 14, tzinfo=UTC))
    effect = measure_effect(actor=kim, resolution=resolution, figure_key="meetings_held", days=30)
    assert (effect.before, effect.after, effect.days) == (0, 1, 30)
    check_effect(actor=kim, effect=effect, finding="Es wird häufiger getagt.")
    gap.refresh_from_db()
    assert gap.state == GapState.EFFECT_CHECKED


def test_no_effect_is_looked_for_before_a_resolution_holds(kim: Actor, group: Committee) -> None:
    facts = ResolutionFacts("Später", Outcome.ADOPTED, DAY, effective_on=date(2100, 1, 1))
    resolution = resolve(actor=kim, committee=group, facts=facts, text="Später")
    with pytest.raises(SteeringRefused) as refused:
        measure_effect(actor=kim, resolution=resolution, figure_key="meetings_held", days=30)
    assert refused.value.problem is SteeringProblem.NO_EFFECTIVE_DAY


def test_what_holds_in_a_municipality_is_read_by_those_who_work_there_and_by_nobody_elsewhere(
    kim: Actor, group: Committee, sign_in: SignIn
) -> None:
    facts = ResolutionFacts("Eine Einwilligung", Outcome.ADOPTED, DAY, effective_on=DAY)
    resolution = resolve(actor=kim, committee=group, facts=facts, text="Überall dieselbe.")
    siegburg = Municipality.objects.get(name="Siegburg")
    put_into_force(
        actor=kim, resolution=resolution, procedure="Einwilligung, Fassung 2", municipality_ids=[siegburg.pk],
        from_day=DAY,
    )  # fmt: skip
    assert "Einwilligung, Fassung 2" in sign_in("frieda").get(reverse("steering:in_force")).content.decode()
    assert "Einwilligung, Fassung 2" not in sign_in("klaus").get(reverse("steering:in_force")).content.decode()


def test_a_template_tells_where_resolutions_have_put_it_into_force(
    cast: Cast, kim: Actor, group: Committee, sign_in: SignIn
) -> None:
    template = in_library(kim, "Ein Bogen für alle", cast.organisations["Rhein-Sieg-Kreis"])
    facts = ResolutionFacts("Ein Bogen", Outcome.ADOPTED, DAY, effective_on=DAY)
    resolution = resolve(actor=kim, committee=group, facts=facts, text="Überall derselbe.")
    url = reverse("documents:template", args=[template.pk])
    assert "In Kraft ab" not in sign_in("kim").get(url).content.decode()
    towns = Municipality.objects.filter(name__in=("Siegburg", "Hennef (Sieg)"))
    put_into_force(
        actor=kim, resolution=resolution, procedure="Ein Bogen", municipality_ids=[town.pk for town in towns],
        from_day=DAY, template_id=template.pk,
    )  # fmt: skip
    page = sign_in("kim").get(url).content.decode()
    assert f"In Kraft ab {german.day(DAY)} in" in page
    assert "Hennef (Sieg), Siegburg" in page
    ended = InForce.objects.get(municipality__name="Siegburg")
    end_in_force(actor=kim, rule=ended, last_day=DAY)
    assert "Hennef (Sieg), Siegburg" not in sign_in("kim").get(url).content.decode()


def in_library(actor: Actor, title: str, organisation_id: int) -> Template:
    facts = TemplateFacts(title, TemplateKind.DECLARATION, Licence.BY)
    return keep_template(actor=actor, organisation_id=organisation_id, facts=facts)


def test_who_keeps_many_sets_a_goal_for_the_organisation_they_look_at(cast: Cast, sign_in: SignIn) -> None:
    district = District.objects.get(key="05382")
    with maintenance():
        homes = [
            Organisation.objects.create(
                name=f"Beispielamt {number}", sort_key=f"beispielamt {number}", kind="county", district=district,
                is_controller=True,
            )
            for number in range(5)
        ]  # fmt: skip
        for home in homes:
            Membership.objects.create(
                account_id=cast.accounts["kim"], organisation=home, role=Role.KIM_COORDINATION.value,
                valid=DateRange(date(2021, 1, 1), None),
            )  # fmt: skip
    kim, chosen = sign_in("kim"), homes[3]
    here = f"{reverse('steering:goals')}?home={chosen.pk}"
    page = kim.get(here).content.decode()
    assert f'<option value="{chosen.pk}" selected>' in page
    to_form = f"{reverse('steering:new_goal')}?home={chosen.pk}"
    assert f'href="{to_form}"' in page
    answer = kim.post(to_form, {"kind": GoalKind.ROOF.value, "title": "Dach über allem"})
    assert answer.headers["location"] == here
    with maintenance():
        assert Goal.objects.get(title="Dach über allem").organisation == chosen


def test_a_template_of_the_library_opens_from_where_it_holds(
    cast: Cast, kim: Actor, group: Committee, sign_in: SignIn
) -> None:
    facts = ResolutionFacts("Eine Einwilligung", Outcome.ADOPTED, DAY, effective_on=DAY)
    resolution = resolve(actor=kim, committee=group, facts=facts, text="Überall dieselbe.")
    template = in_library(kim, "Einwilligung und Hinweise", group.organisation_id)
    siegburg = Municipality.objects.get(name="Siegburg")

    def let_hold(template_id: int | None) -> None:
        put_into_force(
            actor=kim, resolution=resolution, procedure="Einwilligung", municipality_ids=[siegburg.pk], from_day=DAY,
            template_id=template_id,
        )  # fmt: skip

    let_hold(template.pk)
    to_template = f'href="{reverse("documents:template", args=[template.pk])}"'
    assert to_template in sign_in("frieda").get(reverse("steering:in_force")).content.decode()
    assert to_template in sign_in("kim").get(reverse("steering:resolution", args=[resolution.pk])).content.decode()
    let_hold(None)
    assert to_template not in sign_in("frieda").get(reverse("steering:in_force")).content.decode()


def test_the_template_of_somebody_else_does_not_come_into_force(cast: Cast, kim: Actor, group: Committee) -> None:
    facts = ResolutionFacts("Eine Einwilligung", Outcome.ADOPTED, DAY, effective_on=DAY)
    resolution = resolve(actor=kim, committee=group, facts=facts, text="Überall dieselbe.")
    siegburg = Municipality.objects.get(name="Siegburg")
    with pytest.raises(PermissionDenied):
        put_into_force(
            actor=kim, resolution=resolution, procedure="Einwilligung", municipality_ids=[siegburg.pk], from_day=DAY,
            template_id=2**40,
        )  # fmt: skip
    assert not InForce.objects.exists()


def test_the_pages_of_goals_ask_few_questions_and_say_how_a_measure_stands(
    kim: Actor, measure: Measure, sign_in: SignIn
) -> None:
    bind_indicator(actor=kim, measure=measure, facts=MEETINGS)
    tree = sign_in("stefan").get(reverse("steering:goals")).content.decode()
    assert "rot: handeln" in tree
    page = sign_in("stefan").get(reverse("steering:measure", args=[measure.pk])).content.decode()
    assert "Grün bei mindestens 4" in page
    assert "Jetzt zählen" not in page
    assert "Bis heute zählen" in sign_in("kim").get(reverse("steering:measure", args=[measure.pk])).content.decode()


def test_the_office_is_told_of_a_red_light_and_the_night_counts_it_afresh(
    kim: Actor, group: Committee, measure: Measure
) -> None:
    indicator = bind_indicator(actor=kim, measure=measure, facts=MEETINGS)
    red = [item for item in due_items(kim) if "steht auf Rot" in str(item.title)]
    assert [(str(item.detail), item.is_urgent) for item in red] == [("Vorlagen abstimmen", True)]
    for month in (2, 3, 4, 5):
        hold(kim, group, datetime(timezone.localdate().year - 1, month, 2, 14, tzinfo=UTC))
    Reading.objects.filter(indicator=indicator).delete()
    count_indicators(timestamp=0)
    assert not [item for item in due_items(kim) if "steht auf Rot" in str(item.title)]
    Indicator.objects.update(counted_by=None)
    Reading.objects.filter(indicator=indicator).delete()
    count_indicators(timestamp=0)
    assert not indicator.readings.exists(), "nobody in whose name it could be counted"


def test_the_office_is_told_of_terms_that_end_with_nobody_to_follow(kim: Actor, group: Committee) -> None:
    term = Term.objects.get(seat__committee=group, name="Jana Jobbeispiel")
    last = timezone.localdate() + timedelta(days=30)
    end_term(actor=kim, term=term, last_day=last)
    ending = [item for item in due_items(kim) if "Amtszeit" in str(item.title)]
    assert [(str(item.title), item.due_on) for item in ending] == [("Die Amtszeit von Jana Jobbeispiel endet", last)]
    appoint(actor=kim, seat=term.seat, facts=TermFacts("Jens Jobmuster", last + timedelta(days=1)))
    assert not [item for item in due_items(kim) if "Amtszeit" in str(item.title)]


def test_a_measure_counts_while_it_runs_with_the_light_of_today(kim: Actor, measure: Measure) -> None:
    bind_indicator(actor=kim, measure=measure, facts=MEETINGS)
    under_way = figure("measures_under_way")
    counted = under_way.compute(kim, FigureQuery(Period.year(measure.starts_on.year), ("light", "measure_state")))
    assert counted.cells == {("red", "open"): 1}
    assert under_way.compute(kim, FigureQuery(Period.year(measure.starts_on.year - 1))).total == 0
    settle_measure(actor=kim, measure=measure, state=WorkState.DONE)
    assert under_way.compute(kim, FigureQuery(Period.year(timezone.localdate().year + 1))).total == 0
