"""Cases in the Land's access paths and closure reasons: nothing is lost, and each day has its own mapping."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse

from kimwerk.access.actors import Actor
from kimwerk.activities.types import LAND_SCHEME
from kimwerk.casework.land_figures import FIGURES
from kimwerk.casework.models import Choice, ChoiceMapping
from kimwerk.casework.services import close_case
from kimwerk.casework.services.mapping import map_choice
from kimwerk.casework.types import Attainment, ChoiceList, ClosingFacts
from kimwerk.kernel.figures import Counted, FigureQuery, QueryError, QueryProblem
from kimwerk.kernel.periods import Period
from tests.casework.cases import choice, opened, running
from tests.cast import Cast, as_owner

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]
BY_KEY = {figure.key: figure for figure in FIGURES}
YEAR_2022 = Period.year(2022)
APRIL = date(2022, 4, 1)


@pytest.fixture
def karin(cast: Cast, act_as: Act) -> Actor:
    """Four cases of Frieda's in March and May by three paths, one of them closed in June."""
    frieda = act_as(cast.actor("frieda"))
    for path, day in (("aufsuchend", date(2022, 3, 3)), ("veranstaltung", date(2022, 5, 4)), ("kommune", APRIL)):
        opened(cast, frieda, access_path_id=choice(ChoiceList.ACCESS_PATH, path), opened_on=day)
    reason = choice(ChoiceList.CLOSURE_REASON, "doppelerfassung")
    close_case(
        actor=frieda, case=running(cast, frieda), facts=ClosingFacts(date(2022, 6, 15), reason, Attainment.PARTLY)
    )
    return act_as(cast.actor("karin"))


def asked(actor: Actor, key: str, *by: str, window: Period = YEAR_2022, **only: tuple[str, ...]) -> Counted:
    return BY_KEY[key].compute(actor, FigureQuery(window, by, only))


def told(counted: Counted) -> dict[str, int]:
    (axis,) = counted.axes
    names = {member.key: member.label for member in axis.members}
    return {names[key]: int(value or 0) for (key,), value in counted.cells.items()}


def entry(code: str, of: ChoiceList = ChoiceList.ACCESS_PATH) -> Choice:
    return Choice.objects.get(pk=choice(of, code))


def test_every_installation_begins_with_the_proposal(cast: Cast) -> None:
    mapped = {row.choice.code: row.label for row in ChoiceMapping.objects.select_related("choice")}
    assert mapped["aufsuchend"] == mapped["veranstaltung"] == "Aufsuchende Arbeit und Veranstaltungen"
    assert mapped["abschiebung"] == "Wegzug oder Ausreise"
    assert "doppelerfassung" not in mapped


def test_the_proposal_can_be_taken_out_and_brought_in_again(cast: Cast) -> None:
    migration = import_module("kimwerk.casework.migrations.0024_first_choice_mappings")
    before = set(ChoiceMapping.objects.values_list("choice", "scheme", "code", "label"))
    with as_owner(), connection.schema_editor() as editor:
        migration.take_out(apps, editor)
        assert not ChoiceMapping.objects.exists()
        migration.bring_in(apps, editor)
    assert set(ChoiceMapping.objects.values_list("choice", "scheme", "code", "label")) == before


def test_own_paths_are_summed_up_to_those_of_the_land(karin: Actor) -> None:
    counted = asked(karin, "land_cases_opened", "land_access_path")
    found = told(counted)
    assert found["Aufsuchende Arbeit und Veranstaltungen"] == 2
    assert sum(found.values()) == counted.total == 4
    assert asked(karin, "land_cases_opened").total == 4


def test_what_is_mapped_to_nothing_stands_under_its_own_name(karin: Actor) -> None:
    assert told(asked(karin, "land_cases_closed", "land_closure_reason")) == {"ohne Zuordnung: Doppelt erfasst": 1}


def test_the_mapping_of_the_day_is_the_one_that_counts(cast: Cast, karin: Actor, act_as: Act) -> None:
    kim = act_as(cast.actor("kim"))
    map_choice(actor=kim, choice=entry("veranstaltung"), label="Veranstaltungen", since=APRIL)
    map_choice(actor=kim, choice=entry("aufsuchend"), label="Veranstaltungen", since=APRIL)
    act_as(karin)
    found = told(asked(karin, "land_cases_opened", "land_access_path"))
    assert (found["Aufsuchende Arbeit und Veranstaltungen"], found["Veranstaltungen"]) == (1, 1)


def test_the_dimensions_stand_in_the_order_in_which_they_are_asked(karin: Actor) -> None:
    counted = asked(karin, "land_cases_opened", "month", "land_access_path")
    assert [axis.dimension.key for axis in counted.axes] == ["month", "land_access_path"]
    assert counted.cells[("2022-04", "kommunale-aemter")] == 1
    assert len(counted.axes[0].members) == 12


def test_a_question_can_be_narrowed_to_what_the_land_calls_it(karin: Actor) -> None:
    (axis,) = asked(karin, "land_cases_opened", "land_access_path").axes
    (key,) = (member.key for member in axis.members if member.label.startswith("Aufsuchende"))
    counted = asked(karin, "land_cases_opened", "case_kind", land_access_path=(key,))
    assert counted.total == sum(int(value or 0) for value in counted.cells.values()) == 2


@pytest.mark.parametrize("by", [("access_path",), ("land_closure_reason",)])
def test_a_question_without_sense_is_refused(karin: Actor, by: tuple[str, ...]) -> None:
    with pytest.raises(QueryError) as refused:
        asked(karin, "land_cases_opened", *by)
    assert refused.value.problem is QueryProblem.UNKNOWN_DIMENSION


def labels(of: Choice) -> list[tuple[str, date | None, date | None]]:
    rows = ChoiceMapping.objects.filter(choice=of, scheme=LAND_SCHEME).order_by("valid")
    return [(row.label, row.valid.lower, row.valid.upper) for row in rows]


def test_a_mapping_is_corrected_or_followed_by_another_and_keeps_its_past(cast: Cast, act_as: Act) -> None:
    kim, ended, may = act_as(cast.actor("kim")), entry("ehrenamt"), date(2022, 5, 1)
    map_choice(actor=kim, choice=ended, label="Ehrenamt")
    assert labels(ended) == [("Ehrenamt", None, None)]
    map_choice(actor=kim, choice=ended, label="Engagement", since=APRIL)
    assert labels(ended) == [("Ehrenamt", None, APRIL), ("Engagement", APRIL, None)]
    map_choice(actor=kim, choice=ended, label="", since=may)
    assert labels(ended)[1] == ("Engagement", APRIL, may)
    map_choice(actor=kim, choice=ended, label="Wieder da", since=APRIL)
    assert labels(ended)[1:] == [("Engagement", APRIL, may), ("Wieder da", may, None)]


def test_no_day_has_two_mappings_and_none_holds_on_no_day() -> None:
    of = entry("ehrenamt")
    for valid, broken in (
        (DateRange(APRIL, None), "choice_is_mapped_once_at_a_time"),
        (DateRange(empty=True), "choice_mapping_holds_some_day"),
    ):
        with as_owner(), pytest.raises(IntegrityError, match=broken), transaction.atomic():
            ChoiceMapping.objects.create(choice=of, scheme=LAND_SCHEME, code="x", label="X", valid=valid)


@pytest.mark.parametrize("who", ["frieda", "lena"])
def test_only_those_who_keep_the_lists_map_them(cast: Cast, act_as: Act, who: str) -> None:
    with pytest.raises(PermissionDenied):
        map_choice(actor=act_as(cast.actor(who)), choice=entry("ehrenamt"), label="Engagement")


def test_the_list_tells_the_name_and_leads_to_where_it_is_changed(cast: Cast, sign_in: SignIn) -> None:
    client, of = sign_in("kim"), entry("ehrenamt")
    page = client.get(reverse("casework:choices", args=["access_path"])).content.decode()
    assert "für das Land: Migrationsfachdienste" in page
    url = reverse("casework:map_choice", args=[of.pk])
    assert url in page
    answer = client.post(url, {"label": "Engagement", "since": ""}, follow=True).content.decode()
    assert "für das Land: Engagement" in answer
    aspect = Choice.objects.of(ChoiceList.LIFE_DOMAIN).first()
    assert aspect
    assert client.get(reverse("casework:map_choice", args=[aspect.pk])).status_code == 404
