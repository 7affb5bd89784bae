"""Committees: who sits in them, who reads them, and how standing orders come into force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.steering.models import Committee, Seat, StandingOrders, Term
from kimwerk.steering.selectors.committees import orders_in_force, orders_of, seats_on
from kimwerk.steering.services.committees import appoint, change_committee, end_term, give_up_seat, keep_seat
from kimwerk.steering.services.orders import draft_orders, rewrite_orders, take_step
from kimwerk.steering.types import CommitteeFacts, Quorum, SeatFacts, SteeringProblem, SteeringRefused, TermFacts
from kimwerk.steering.types import OrdersStepKind as S
from tests.cast import Cast, as_owner
from tests.steering.bodies import AUTUMN, GROUP, seat_of, steering_group, stefans_group

Act = Callable[[Actor], Actor]


@pytest.fixture
def kim(cast: Cast, act_as: Act) -> Actor:
    return act_as(cast.actor("kim"))


def refused(problem: SteeringProblem) -> pytest.RaisesExc[SteeringRefused]:
    return pytest.RaisesExc(SteeringRefused, check=lambda error: error.problem is problem)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 100))
def test_a_quorum_is_met_by_its_share_of_the_seats_and_never_by_nobody(present: int, seats: int, percent: int) -> None:
    quorum = Quorum(present, seats, percent)
    assert quorum.is_met == (present > 0 and present * 100 >= seats * percent)


def test_who_sits_in_a_committee_reads_it_and_nobody_else_of_the_same_role(kim: Actor, cast: Cast, act_as: Act) -> None:
    committee = stefans_group(cast, kim)
    other = steering_group(cast, kim, name="Krisenstab")
    stefan = act_as(cast.actor("stefan"))
    assert list(Committee.objects.visible_to(stefan)) == [committee]
    assert list(Committee.objects.order_by("pk")) == [committee], "the wall says the same as the query"
    assert Term.objects.count() == 2, "with everybody who sits there"
    for character in ("frieda", "tina", "klara"):
        assert not Committee.objects.visible_to(act_as(cast.actor(character))).exists()
        assert not Committee.objects.exists()
    assert other in Committee.objects.visible_to(act_as(cast.actor("karin")))


def test_whoever_leaves_reads_nothing_any_more(kim: Actor, cast: Cast, act_as: Act) -> None:
    committee = stefans_group(cast, kim)
    term = Term.objects.get(name="Stefan Steuerung")
    end_term(actor=kim, term=term, last_day=timezone.localdate() - timedelta(days=1))
    assert not Committee.objects.visible_to(act_as(cast.actor("stefan"))).exists()
    assert not Committee.objects.filter(pk=committee.pk).exists()


def test_a_seat_is_held_once_at_a_time_with_one_deputy_beside_it(kim: Actor, cast: Cast) -> None:
    committee = stefans_group(cast, kim)
    seat = Seat.objects.get(function="Schulamt")
    appoint(actor=kim, seat=seat, facts=TermFacts("Erste Beispiel", AUTUMN, last_day=date(2022, 3, 31)))
    appoint(actor=kim, seat=seat, facts=TermFacts("Vera Vertretung", AUTUMN, is_deputy=True))
    appoint(actor=kim, seat=seat, facts=TermFacts("Zweiter Beispiel", date(2022, 4, 1)))
    with refused(SteeringProblem.SEAT_HELD):
        appoint(actor=kim, seat=seat, facts=TermFacts("Dritte Beispiel", date(2022, 3, 1)))
    line = next(line for line in seats_on(committee, date(2022, 4, 1)) if line.seat == seat)
    assert (str(line.member), str(line.deputy)) == ("Zweiter Beispiel", "Vera Vertretung")


def test_there_is_one_chair_and_each_function_once(kim: Actor, cast: Cast) -> None:
    committee = stefans_group(cast, kim)
    with refused(SteeringProblem.CHAIR_TAKEN):
        seat_of(cast, kim, committee, "Jugendamt", is_chair=True)
    with refused(SteeringProblem.NAME_TAKEN):
        seat_of(cast, kim, committee, "Schulamt")
    give_up_seat(actor=kim, seat=Seat.objects.get(function="Schulamt"), last_day=timezone.localdate())
    assert seat_of(cast, kim, committee, "Schulamt").pk


def test_a_working_group_becomes_a_crisis_staff(kim: Actor, cast: Cast) -> None:
    staff = steering_group(cast, kim, name="Krisenstab Ukraine")
    group = steering_group(cast, kim, name="AG Ukraine")
    with refused(SteeringProblem.GOES_ON):
        change_committee(actor=kim, committee=group, facts=_ukraine(staff, None))
    change_committee(actor=kim, committee=group, facts=_ukraine(staff, date(2022, 3, 31)))
    group.refresh_from_db()
    assert (group.successor, group.valid.upper) == (staff, date(2022, 4, 1))


def _ukraine(staff: Committee, last_day: date | None) -> CommitteeFacts:
    return replace(GROUP, name="AG Ukraine", successor_id=staff.pk, last_day=last_day)


def test_only_the_office_changes_anything(kim: Actor, cast: Cast, act_as: Act) -> None:
    committee = stefans_group(cast, kim)
    facts = SeatFacts(cast.organisations["Kreis Kleve"], "Gast")
    for character in ("stefan", "karin", "lena", "klara"):
        with pytest.raises(PermissionDenied):
            keep_seat(actor=act_as(cast.actor(character)), committee=committee, facts=facts)


def test_standing_orders_come_into_force_step_by_step_and_then_never_change(kim: Actor, cast: Cast) -> None:
    committee = stefans_group(cast, kim)
    orders = draft_orders(actor=kim, committee=committee, text="§ 1 Aufgaben", on_day=date(2021, 11, 1))
    rewrite_orders(actor=kim, orders=orders, text="§ 1 Aufgaben und Ziele")
    take_step(actor=kim, orders=orders, kind=S.NOTED, on_day=date(2022, 3, 16), by="Ausschuss")
    with refused(SteeringProblem.STEP_TOO_EARLY):
        take_step(actor=kim, orders=orders, kind=S.AGREED, on_day=date(2022, 3, 17))
    take_step(actor=kim, orders=orders, kind=S.AGREED, on_day=date(2022, 2, 1))
    assert orders_in_force(orders_of(committee), date(2022, 3, 31)) is None
    take_step(actor=kim, orders=orders, kind=S.ADOPTED, on_day=date(2022, 3, 30))
    with refused(SteeringProblem.STEP_TAKEN):
        take_step(actor=kim, orders=orders, kind=S.ADOPTED, on_day=date(2022, 3, 30))
    with refused(SteeringProblem.FROZEN):
        rewrite_orders(actor=kim, orders=orders, text="§ 1 Anders")
    draft_orders(actor=kim, committee=committee, text="§ 1 Neu", reason="Turnus", on_day=date(2022, 5, 1))
    in_force = orders_in_force(orders_of(committee), date(2022, 5, 2))
    assert in_force is not None
    assert in_force.orders.number == 1, "a version that is on its way does not replace the one in force"


def test_the_database_keeps_adopted_orders_whoever_writes(kim: Actor, cast: Cast) -> None:
    committee = stefans_group(cast, kim)
    orders = draft_orders(actor=kim, committee=committee, text="§ 1", on_day=date(2021, 11, 1))
    take_step(actor=kim, orders=orders, kind=S.ADOPTED, on_day=date(2022, 3, 30))
    with pytest.raises(IntegrityError, match="adopted"), transaction.atomic():
        StandingOrders.objects.filter(pk=orders.pk).update(text="§ 2")
    with as_owner():
        StandingOrders.objects.filter(pk=orders.pk).update(text="§ 1")


def test_a_committee_is_set_up_on_its_pages(sign_in: Callable[[str], Client], cast: Cast) -> None:
    client = sign_in("kim")
    sent = client.post(
        reverse("steering:found"),
        {
            "name": "Lenkungsgruppe", "kind": "steering_group", "rhythm": "quarterly", "quorum_percent": "50",
            "notice_days": "14", "first_day": "2021-10-01",
        },
    )  # fmt: skip
    committee = Committee.objects.get()
    assert sent.headers["Location"] == reverse("steering:committee", args=[committee.pk])
    body = str(cast.organisations["Jobcenter Rhein-Sieg"])
    client.post(
        reverse("steering:add_seat", args=[committee.pk]),
        {"organisation": body, "function": "Leitung", "has_vote": "on"},
    )
    seat = Seat.objects.get()
    client.post(reverse("steering:appoint", args=[seat.pk]), {"name": "Jana Jobbeispiel", "first_day": "2021-10-01"})
    page = client.get(sent.headers["Location"]).content.decode()
    assert "Jana Jobbeispiel" in page
    assert "1 Sitz mit Stimme" in page
