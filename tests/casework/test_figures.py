"""What casework counts, and for whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from kimwerk.access.actors import Actor
from kimwerk.casework.figures import FIGURES
from kimwerk.casework.selectors.households import households
from kimwerk.casework.services import close_case
from kimwerk.casework.services.contacting import log_contact
from kimwerk.casework.types import Attainment, ChoiceList, ClosingFacts, ContactFacts
from kimwerk.kernel.figures import FigureQuery, QueryError
from kimwerk.kernel.periods import Period
from kimwerk.persons.models import HouseholdMember
from tests.casework.cases import choice, opened, running
from tests.cast import Cast, as_owner

Act = Callable[[Actor], Actor]
YEAR_2022 = Period.of_days(date(2022, 1, 1), date(2022, 12, 31))
BY_KEY = {figure.key: figure for figure in FIGURES}


@pytest.fixture
def counted_cases(cast: Cast, act_as: Act) -> None:
    """Two cases of Frieda's, one of them closed after 100 days with a contact, and one of Klaus at Kleve."""
    frieda = act_as(cast.actor("frieda"))
    opened(cast, frieda)
    case = running(cast, frieda)
    log_contact(actor=frieda, case=case, facts=ContactFacts(date(2022, 4, 1), cast.categories["workshop"], None, 30))
    reason = choice(ChoiceList.CLOSURE_REASON, "ziele-erreicht")
    close_case(actor=frieda, case=case, facts=ClosingFacts(date(2022, 6, 15), reason, Attainment.PARTLY))
    klaus = act_as(cast.actor("klaus"))
    opened(cast, klaus, "Kreis Kleve", municipality_id=cast.municipalities["Kleve"])


@pytest.mark.parametrize(
    ("key", "by", "total", "cells"),
    [
        ("cases_opened", "case_kind", 2, {("individual_advice",): 1, ("case_management",): 1}),
        ("cases_opened_by_month", "month", 2, {("2022-03",): 2}),
        ("cases_closed", "closure_reason", 1, {("ziele-erreicht",): 1}),
        ("goal_attainment", "goal_attainment", 1, {("partly",): 1}),
        ("cases_open", "municipality", 1, {("05382060",): 1}),
        ("persons_counselled", "", 2, {(): 2}),
        ("case_contacts", "month", 1, {("2022-04",): 1}),
        ("case_duration", "case_kind", Decimal(100), {("case_management",): Decimal(100)}),
    ],
)
def test_a_figure_counts_what_it_says(
    cast: Cast, act_as: Act, counted_cases: None, key: str, by: str, total: object, cells: object
) -> None:
    kim = act_as(cast.actor("kim"))
    counted = BY_KEY[key].compute(kim, FigureQuery(YEAR_2022, (by,) if by else ()))
    assert (counted.total, dict(counted.cells)) == (total, cells)


def test_nobody_counts_the_cases_of_another_employer(cast: Cast, act_as: Act, counted_cases: None) -> None:
    for character, expected in (("kim", 2), ("klara", 1), ("frieda", 2), ("mehmet", 0), ("tomasz", 0)):
        actor = act_as(cast.actor(character))
        assert BY_KEY["cases_opened"].compute(actor, FigureQuery(YEAR_2022)).total == expected, character


def test_whoever_may_not_count_gets_nothing(cast: Cast, act_as: Act, counted_cases: None) -> None:
    for character in ("anton", "fiona", "arno", "sam", "doris"):
        actor = act_as(cast.actor(character))
        assert all(not figure.compute(actor, FigureQuery(YEAR_2022)).total for figure in FIGURES), character


def test_whoever_may_not_count_gets_nothing_by_any_breakdown_either(
    cast: Cast, act_as: Act, counted_cases: None
) -> None:
    actor = act_as(cast.actor("anton"))
    for figure in FIGURES:
        for dimension in figure.dimensions:
            counted = figure.compute(actor, FigureQuery(YEAR_2022, (dimension.key,)))
            assert not counted.total, (figure.key, dimension.key)


def test_an_unknown_breakdown_is_refused(cast: Cast, act_as: Act) -> None:
    with pytest.raises(QueryError):
        BY_KEY["cases_opened"].compute(act_as(cast.actor("kim")), FigureQuery(YEAR_2022, ("person",)))


def test_people_who_live_together_are_one_household(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    father, mother = opened(cast, frieda), running(cast, frieda)
    grandmother, neighbour, gone = (opened(cast, frieda) for _ in range(3))
    with as_owner():
        for one, other, lives_here in ((mother, father, True), (grandmother, mother, True), (neighbour, gone, False)):
            HouseholdMember.objects.create(
                person=one.person, relation="partner", given_names="Erfunden", lives_here=lives_here, file=other.person
            )
    kim = act_as(cast.actor("kim"))
    counted = BY_KEY["households_counselled"].compute(kim, FigureQuery(YEAR_2022, ("case_kind",)))
    assert counted.total == 3
    assert dict(counted.cells) == {("individual_advice",): 3, ("case_management",): 1}
    assert BY_KEY["persons_counselled"].compute(kim, FigureQuery(YEAR_2022)).total == 5
    assert set(households()) == {father.person_id, mother.person_id, grandmother.person_id}
    act_as(cast.actor("klara"))
    assert not households()
    act_as(cast.actor("anton"))
    assert not households()
