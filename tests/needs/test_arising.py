"""Needs that arise at the tables of events and from referrals that nobody took on, and how they are counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.casework.events import ReferralFailed
from kimwerk.casework.referral_types import Failure
from kimwerk.events.models import Event, GroupResult
from kimwerk.events.services.holding import keep_group, keep_result
from kimwerk.events.services.planning import plan_event
from kimwerk.events.types import EventFacts, EventKind, GroupFacts, ResultFacts
from kimwerk.kernel.events import announce
from kimwerk.kernel.figures import FigureQuery
from kimwerk.kernel.periods import Period
from kimwerk.needs.models import Need
from kimwerk.needs.selectors.arising import open_results
from kimwerk.needs.selectors.matrix import matrix_for
from kimwerk.needs.services import check_need, open_gap, report_need, take_over
from kimwerk.needs.types import GapFacts, Level, NeedFacts, Origin, Severity
from kimwerk.reporting.catalogue import figure
from tests.cast import Cast

Act = Callable[[Actor], Actor]
COUNTY = "Rhein-Sieg-Kreis"
DAY = date(2022, 3, 9)
YEAR = Period(date(2022, 1, 1), date(2023, 1, 1))


@pytest.fixture
def kim(cast: Cast, act_as: Act) -> Actor:
    return act_as(cast.actor("kim"))


def kick_off(kim: Actor, cast: Cast, *named: str) -> Event:
    facts = EventFacts(
        EventKind.KICK_OFF, "Auftakt Siegburg", datetime(2022, 3, 9, 9, tzinfo=UTC),
        municipality_id=cast.municipalities["Siegburg"],
    )  # fmt: skip
    event = plan_event(actor=kim, organisation_id=cast.organisations[COUNTY], facts=facts)
    table = keep_group(actor=kim, event=event, facts=GroupFacts("Wohnen", topic_id=cast.categories["wohnen"]))
    for title in named:
        keep_result(actor=kim, group=table, facts=ResultFacts(title, topic_id=cast.categories["wohnen"]))
    return event


def failed(cast: Cast, **changes: object) -> None:
    known: dict[str, object] = {
        "organisation_id": cast.organisations[COUNTY], "recipient_id": cast.organisations["Jobcenter Rhein-Sieg"],
        "target_id": cast.categories["mbe"], "municipality_id": cast.municipalities["Siegburg"], "language": "ukr",
        "age_band": "28-39", "reason": "no_capacity", "failed_on": DAY,
    }  # fmt: skip
    announce(ReferralFailed(Failure(**(known | changes))))  # type: ignore[arg-type]  # as the test names them


def test_what_a_table_named_becomes_a_need_once(kim: Actor, cast: Cast) -> None:
    event = kick_off(kim, cast, "Wohnraum fehlt", "Ansprechperson fehlt")
    first, second = open_results(kim, event)
    (need,) = take_over(actor=kim, event=event, result_ids=[first.pk])
    assert (need.origin, need.occasion, need.named_on) == (Origin.EVENT, "Auftakt Siegburg", DAY)
    assert (need.municipality_id, need.topic_id) == (cast.municipalities["Siegburg"], cast.categories["wohnen"])
    assert list(open_results(kim, event)) == [second]
    assert take_over(actor=kim, event=event, result_ids=[first.pk]) == []


def test_a_failed_referral_is_counted_as_a_need_without_anybody_in_it(
    kim: Actor, cast: Cast, sign_in: Callable[[str], Client]
) -> None:
    set_actor(cast.accounts["tina"])  # whoever declines works elsewhere
    failed(cast)
    set_actor(None)  # and nobody acts when the time for an answer is over
    failed(cast)
    failed(cast, reason="not_responsible")
    set_actor(kim.account_id)
    need = Need.objects.get()
    assert (need.origin, need.times, need.reported_by_id) == (Origin.REFERRAL, 2, None)
    assert need.title == "Niemand übernimmt: Migrationsberatung für Erwachsene (keine Kapazität)"
    page = sign_in("kim").get(reverse("needs:need", args=[need.pk])).content.decode()
    assert "weniger als 3" in page
    assert "ukr" not in page
    check_need(actor=kim, need=need)
    failed(cast)
    need.refresh_from_db()
    assert need.times == 3


def test_the_matrix_leaves_out_what_few_single_cases_gave(kim: Actor, cast: Cast) -> None:
    event = kick_off(kim, cast, "Wohnraum fehlt", "Ansprechperson fehlt")
    take_over(actor=kim, event=event, result_ids=list(GroupResult.objects.values_list("pk", flat=True)))
    siegburg, wohnen = cast.municipalities["Siegburg"], cast.categories["wohnen"]
    for number in range(2):
        facts = NeedFacts(f"Fall {number}", Origin.COUNSELLING, DAY, municipality_id=siegburg, topic_id=wohnen)
        report_need(actor=kim, organisation_id=cast.organisations[COUNTY], facts=facts)
    matrix = matrix_for(kim, [])
    assert (matrix.counts[siegburg, wohnen], matrix.total, matrix.is_short) == (2, 2, True)
    report_need(actor=kim, organisation_id=cast.organisations[COUNTY], facts=facts)
    matrix = matrix_for(kim, [])
    assert (matrix.of_place(siegburg), matrix.of_topic(wohnen), matrix.is_short) == (5, 5, False)


def test_figures_count_needs_and_gaps(kim: Actor, cast: Cast) -> None:
    event = kick_off(kim, cast, "Wohnraum fehlt", "Ansprechperson fehlt")
    found = take_over(actor=kim, event=event, result_ids=list(GroupResult.objects.values_list("pk", flat=True)))
    facts = GapFacts("Wohnraum", Level.COUNTY, Severity.HIGH)
    open_gap(actor=kim, organisation_id=cast.organisations[COUNTY], facts=facts, need_ids=[found[0].pk])
    named = figure("needs_named").compute(kim, FigureQuery(YEAR, ("need_topic", "need_state")))
    wohnen = str(cast.categories["wohnen"])
    assert named.cells == {(wohnen, "bundled"): 1, (wohnen, "reported"): 1}
    by_time = figure("needs_named").compute(kim, FigureQuery(YEAR, ("need_topic", "need_state", "year")))
    assert sum(int(count or 0) for count in by_time.cells.values()) == named.total == 2
    today = timezone.localdate()
    now = Period(today, today + timedelta(days=1))
    gaps = figure("gaps_opened").compute(kim, FigureQuery(now, ("gap_level",)))
    assert (gaps.cells, gaps.total) == ({("county",): 1}, 1)
    assert figure("gaps_by_topic").compute(kim, FigureQuery(now, ("gap_topic",))).cells == {(wohnen,): 1}
    assert Decimal(str(figure("gaps_opened").compute(kim, FigureQuery(YEAR)).total)) == 0


def test_the_coordination_takes_over_on_a_page_and_reads_the_matrix(
    kim: Actor,
    cast: Cast,
    sign_in: Callable[[str], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    event = kick_off(kim, cast, "Wohnraum fehlt", "Ansprechperson fehlt")
    office = sign_in("kim")
    offered = reverse("needs:from_event", args=[event.pk])
    assert offered in office.get(reverse("events:event", args=[event.pk])).content.decode()
    results = [str(result.pk) for result in open_results(kim, event)]
    office.post(offered, {"results": results})
    assert Need.objects.count() == 2
    assert offered not in office.get(reverse("events:event", args=[event.pk])).content.decode()
    with django_assert_max_num_queries(14):
        page = office.get(reverse("needs:matrix")).content.decode()
    link = f"?municipality={cast.municipalities['Siegburg']}&amp;topic={cast.categories['wohnen']}"
    assert link in page
    file = office.get(reverse("needs:matrix_export")).content.decode("utf-8-sig").splitlines()
    assert (file[0], file[-1]) == ("Kommune;Wohnen;Summe", "Summe;2;2")
    assert sign_in("frieda").get(offered).status_code == 404
