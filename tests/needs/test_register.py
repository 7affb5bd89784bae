"""Needs and gaps: reported without naming anybody, bundled, and taken through agenda and resolution to an effect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from kimwerk.access.actors import Actor
from kimwerk.needs.models import Gap, GapStep, Need
from kimwerk.needs.selectors.register import evidence_of, similar_to
from kimwerk.needs.services import check_need, move_gap, open_gap, reject_need, report_need
from kimwerk.needs.types import (
    GapFacts,
    GapState,
    Level,
    NeedFacts,
    NeedsProblem,
    NeedsRefused,
    NeedState,
    Origin,
    Severity,
)
from kimwerk.steering.models import AgendaItem, Seat
from kimwerk.steering.selectors.meetings import suggestions_for
from kimwerk.steering.services.agenda import take_up
from kimwerk.steering.services.meetings import plan_meeting
from kimwerk.steering.services.minutes import note_attendance
from kimwerk.steering.services.resolutions import resolve
from kimwerk.steering.types import MeetingFacts, Outcome, Presence, ResolutionFacts
from tests.cast import Cast
from tests.steering.bodies import COUNTY, stefans_group

Act = Callable[[Actor], Actor]
DAY = date(2022, 3, 9)
ROOMS = NeedFacts("Wohnraum für Alleinerziehende fehlt", Origin.EVENT, DAY, occasion="Auftakt Siegburg")
GAP = GapFacts("Wohnraum für Alleinerziehende", Level.COUNTY, Severity.HIGH)


@pytest.fixture
def kim(cast: Cast, act_as: Act) -> Actor:
    return act_as(cast.actor("kim"))


def reported(actor: Actor, cast: Cast, facts: NeedFacts = ROOMS) -> Need:
    return report_need(actor=actor, organisation_id=cast.organisations[COUNTY], facts=facts)


def test_a_need_names_nobody(kim: Actor, cast: Cast) -> None:
    with pytest.raises(NeedsRefused) as refused:
        reported(kim, cast, replace(ROOMS, text="Kontakt: frieda@beispiel.example"))
    assert refused.value.problem is NeedsProblem.NAMES_SOMEBODY


def test_a_gap_goes_from_kick_off_events_to_its_effect(kim: Actor, cast: Cast, act_as: Act) -> None:
    towns = ("Siegburg", "Hennef", "Troisdorf")
    found = [reported(kim, cast, replace(ROOMS, occasion=f"Auftakt {town}")) for town in towns]
    check_need(actor=kim, need=found[0])
    home = cast.organisations[COUNTY]
    gap = open_gap(actor=kim, organisation_id=home, facts=GAP, need_ids=[need.pk for need in found])
    assert [(each.origin, each.count) for each in evidence_of(kim, gap)] == [(Origin.EVENT, 3)]

    group = stefans_group(cast, kim)
    meeting = plan_meeting(actor=kim, committee=group, facts=MeetingFacts(datetime(2022, 5, 4, 14, tzinfo=UTC)))
    waiting = suggestions_for(kim, meeting)
    assert [each.title for each in waiting] == [GAP.title]
    take_up(actor=kim, meeting=meeting, keys=[waiting[0].key])
    seats = {seat.pk: (Presence.PRESENT, "") for seat in Seat.objects.all()}
    note_attendance(actor=kim, meeting=meeting, seats=seats, guests="")
    item = AgendaItem.objects.get(meeting=meeting, source="gap")
    facts = ResolutionFacts("Anlaufstelle für Wohnraum", Outcome.ADOPTED, DAY, votes=(3, 0, 0))
    resolve(actor=kim, committee=group, facts=facts, text="Der Kreis richtet sie ein.", item=item)
    gap.refresh_from_db()
    move_gap(actor=kim, gap=gap, state=GapState.IMPLEMENTED)
    with pytest.raises(NeedsRefused) as refused:
        move_gap(actor=kim, gap=gap, state=GapState.EFFECT_CHECKED)
    assert refused.value.problem is NeedsProblem.REASON_MISSING
    move_gap(actor=kim, gap=gap, state=GapState.EFFECT_CHECKED, reason="Vermittlungen verdoppelt")
    way = list(GapStep.objects.filter(gap=gap).order_by("pk").values_list("state", flat=True))
    assert way == ["bundled", "presented", "resolved", "implemented", "effect_checked"]
    with pytest.raises(NeedsRefused):
        move_gap(actor=kim, gap=gap, state=GapState.BUNDLED)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        GapStep.objects.filter(gap=gap).update(reason="Anders")


def test_few_needs_out_of_counselling_are_not_told_as_a_number(kim: Actor, cast: Cast) -> None:
    found = [reported(kim, cast, replace(ROOMS, origin=Origin.COUNSELLING)) for _ in range(2)]
    home = cast.organisations[COUNTY]
    gap = open_gap(actor=kim, organisation_id=home, facts=GAP, need_ids=[need.pk for need in found])
    assert [(each.origin, each.count) for each in evidence_of(kim, gap)] == [(Origin.COUNSELLING, None)]


def test_similar_needs_are_proposed(kim: Actor, cast: Cast) -> None:
    first = reported(kim, cast)
    same = reported(kim, cast, replace(ROOMS, title="Alleinerziehende finden keinen Wohnraum"))
    reported(kim, cast, replace(ROOMS, title="Sprachkurse am Abend"))
    assert similar_to(kim, first) == [same]


def test_each_reports_and_reads_and_only_those_who_check_judge(kim: Actor, cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    need = reported(frieda, cast)
    with pytest.raises(PermissionDenied):
        reject_need(actor=frieda, need=need, reason="nein")
    with pytest.raises(PermissionDenied):
        open_gap(actor=frieda, organisation_id=cast.organisations[COUNTY], facts=GAP)
    assert list(Need.objects.visible_to(act_as(cast.actor("mehmet")))) == [need]
    for stranger in ("klara", "tomasz", "stefan"):
        actor = act_as(cast.actor(stranger))
        assert (Need.objects.visible_to(actor).count(), Need.objects.count()) == (0, 0)
    act_as(kim)
    with pytest.raises(NeedsRefused):
        reject_need(actor=kim, need=need, reason=" ")
    assert reject_need(actor=kim, need=need, reason="Gibt es schon").state == NeedState.REJECTED


def test_the_register_is_reported_to_filtered_and_taken_out_as_a_file(
    kim: Actor,
    cast: Cast,
    sign_in: Callable[[str], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(55):
        reported(kim, cast, replace(ROOMS, title=f"Bedarf {number}", origin=Origin.OTHER))
    frieda, office = sign_in("frieda"), sign_in("kim")
    sent = {"title": "=Wohnraum fehlt", "origin": "event", "named_on": "2022-03-09"}
    frieda.post(reverse("needs:report"), sent | {"municipality": str(cast.municipalities["Siegburg"])})
    with django_assert_max_num_queries(14):
        page = office.get(reverse("needs:needs"), {"origin": "other"}).content.decode()
    assert "Bedarf 54" in page
    assert "Wohnraum" not in page
    file = office.get(reverse("needs:export"), {"origin": "event"}).content.decode("utf-8-sig")
    assert file.splitlines()[0].startswith("Was fehlt;Kommune;")
    assert "'=Wohnraum fehlt;Siegburg;" in file
    need = Need.objects.get(origin="event")
    entered = {"title": "Wohnraum", "level": "county", "severity": "high", "needs": str(need.pk)}
    office.post(reverse("needs:open_gap"), entered)
    gap = Gap.objects.get()
    shown = frieda.get(reverse("needs:need", args=[need.pk])).content.decode()
    assert reverse("needs:gap", args=[gap.pk]) in shown, "whoever reported it reads what became of it"
    assert frieda.post(reverse("needs:move_gap", args=[gap.pk])).status_code == 404
