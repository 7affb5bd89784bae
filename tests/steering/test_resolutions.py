"""Resolutions: what it takes to decide, that old texts stay, and that what is late comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import FigureQuery
from kimwerk.kernel.periods import Period
from kimwerk.reporting.catalogue import figure
from kimwerk.steering.due import due_items
from kimwerk.steering.models import AgendaItem, Committee, Resolution, ResolutionText, Seat
from kimwerk.steering.selectors.meetings import suggestions_for
from kimwerk.steering.selectors.resolutions import texts_of
from kimwerk.steering.services.agenda import add_item
from kimwerk.steering.services.meetings import close_minutes, plan_meeting
from kimwerk.steering.services.minutes import note_attendance
from kimwerk.steering.services.resolutions import resolve, reword_resolution, settle_resolution
from kimwerk.steering.types import (
    ItemFacts,
    MeetingFacts,
    Outcome,
    Presence,
    ResolutionFacts,
    SteeringProblem,
    SteeringRefused,
    WorkState,
)
from tests.cast import Cast
from tests.steering.bodies import stefans_group

Act = Callable[[Actor], Actor]
MAY = datetime(2022, 5, 4, 14, tzinfo=UTC)
DAY = date(2022, 5, 4)


@pytest.fixture
def kim(cast: Cast, act_as: Act) -> Actor:
    return act_as(cast.actor("kim"))


@pytest.fixture
def group(cast: Cast, kim: Actor) -> Committee:
    return stefans_group(cast, kim)


@pytest.fixture
def item(kim: Actor, group: Committee) -> AgendaItem:
    meeting = plan_meeting(actor=kim, committee=group, facts=MeetingFacts(MAY))
    return add_item(actor=kim, meeting=meeting, facts=ItemFacts("Leitziele"))


def gather(kim: Actor, item: AgendaItem, *functions: str) -> None:
    """These come to the meeting."""
    found = Seat.objects.filter(function__in=functions)
    seats = {seat.pk: (Presence.PRESENT, "Jemand Beispiel") for seat in found}
    note_attendance(actor=kim, meeting=item.meeting, seats=seats, guests="")


def test_nothing_is_adopted_without_a_quorum_and_what_is_deferred_comes_back(
    kim: Actor, group: Committee, item: AgendaItem
) -> None:
    gather(kim, item, "Schulamt")
    facts = ResolutionFacts("Drei Leitziele", Outcome.ADOPTED, DAY)
    with pytest.raises(SteeringRefused) as refused:
        resolve(actor=kim, committee=group, facts=facts, text="Es gelten drei Leitziele.", item=item)
    assert refused.value.problem is SteeringProblem.NO_QUORUM
    deferred = ResolutionFacts("Drei Leitziele", Outcome.DEFERRED, DAY)
    resolve(actor=kim, committee=group, facts=deferred, text="Es gelten drei Leitziele.", item=item)
    following = plan_meeting(actor=kim, committee=group, facts=MeetingFacts(MAY + timedelta(weeks=6)))
    assert [each.title for each in suggestions_for(kim, following)] == ["Drei Leitziele"]


def test_a_resolution_is_adopted_by_a_majority_on_the_day_of_the_meeting(
    kim: Actor, group: Committee, item: AgendaItem
) -> None:
    gather(kim, item, "Schulamt", "Sozialdezernat")
    lost = ResolutionFacts("Turnus", Outcome.ADOPTED, DAY, votes=(1, 1, 0))
    with pytest.raises(SteeringRefused) as refused:
        resolve(actor=kim, committee=group, facts=lost, text="Öfter", item=item)
    assert refused.value.problem is SteeringProblem.NO_MAJORITY
    won = ResolutionFacts("Turnus", Outcome.ADOPTED, date(2020, 1, 1), votes=(2, 0, 0))
    made = resolve(actor=kim, committee=group, facts=won, text="Öfter", item=item)
    assert (made.number, made.decided_on, made.meeting_id) == (1, DAY, item.meeting_id)


def test_a_changed_resolution_keeps_its_old_text(kim: Actor, group: Committee) -> None:
    facts = ResolutionFacts("Turnus", Outcome.ADOPTED, DAY)
    made = resolve(actor=kim, committee=group, facts=facts, text="Alle sechs Wochen.")
    reword_resolution(actor=kim, resolution=made, text="Alle acht Wochen.", reason="Ferien")
    assert [text.text for text in texts_of(made)] == ["Alle acht Wochen.", "Alle sechs Wochen."]
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        ResolutionText.objects.filter(resolution=made, number=1).update(text="Nie.")
    with pytest.raises(IntegrityError, match="resolution_text_changes_for_a_reason"), transaction.atomic():
        reword_resolution(actor=kim, resolution=made, text="Nie.", reason="")


def test_what_is_late_waits_for_the_office_and_for_the_next_agenda(kim: Actor, group: Committee) -> None:
    facts = ResolutionFacts("Konzept", Outcome.ADOPTED, DAY, responsible="Geschäftsstelle", due_on=date(2022, 12, 31))
    made = resolve(actor=kim, committee=group, facts=facts, text="Das Konzept entsteht.")
    assert [str(due.title) for due in due_items(kim)] == ["1 Beschluss ist nicht fristgerecht umgesetzt"]
    meeting = plan_meeting(actor=kim, committee=group, facts=MeetingFacts(datetime(2030, 1, 9, 14, tzinfo=UTC)))
    assert [each.title for each in suggestions_for(kim, meeting)] == ["Konzept"]
    settle_resolution(actor=kim, resolution=made, state=WorkState.DONE)
    assert due_items(kim) == ()
    assert suggestions_for(kim, meeting) == []


def test_resolutions_are_for_those_who_sit_there(kim: Actor, group: Committee, cast: Cast, act_as: Act) -> None:
    resolve(actor=kim, committee=group, facts=ResolutionFacts("Turnus", Outcome.ADOPTED, DAY), text="Öfter")
    seen = {}
    for name in ("stefan", "karin", "frieda", "klara"):
        actor = act_as(cast.actor(name))
        seen[name] = (Resolution.objects.visible_to(actor).count(), ResolutionText.objects.count())
    assert seen == {"stefan": (1, 1), "karin": (1, 1), "frieda": (0, 0), "klara": (0, 0)}


def test_a_resolution_is_entered_where_the_minutes_are_written(
    kim: Actor, item: AgendaItem, sign_in: Callable[[str], Client]
) -> None:
    client, url = sign_in("kim"), reverse("steering:resolve", args=[item.pk])
    sent = {"title": "Leitziele", "text": "Es gelten drei.", "outcome": "adopted", "decided_on": "2022-05-04"}
    assert "nicht beschlussfähig" in client.post(url, sent).content.decode()
    gather(kim, item, "Schulamt", "Sozialdezernat")
    assert "alle drei Zahlen" in client.post(url, sent | {"votes_for": "2"}).content.decode()
    client.post(url, sent | {"votes_for": "2", "votes_against": "0", "abstentions": "0"})
    made = Resolution.objects.get()
    assert "einstimmig mit 2 Stimmen" in client.get(reverse("steering:resolution", args=[made.pk])).content.decode()
    minutes = client.get(reverse("steering:minutes", args=[item.meeting_id])).content.decode()
    assert "Beschluss 1: Leitziele" in minutes


def test_the_register_asks_as_many_questions_for_fifty_rows_as_for_one(
    kim: Actor,
    group: Committee,
    sign_in: Callable[[str], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(60):
        facts = ResolutionFacts(f"Beschluss {number}", Outcome.ADOPTED, DAY)
        resolve(actor=kim, committee=group, facts=facts, text="Text")
    client = sign_in("kim")
    with django_assert_max_num_queries(14):
        page = client.get(reverse("steering:resolutions")).content.decode()
    assert "Beschluss 59" in page
    assert "Beschluss 9<" not in page, "the eldest stand on the next page"


def test_meetings_and_resolutions_are_figures_of_the_catalogue(kim: Actor, group: Committee, item: AgendaItem) -> None:
    gather(kim, item, "Schulamt", "Sozialdezernat")
    for title, outcome in (("Eins", Outcome.ADOPTED), ("Zwei", Outcome.ADOPTED), ("Drei", Outcome.REJECTED)):
        resolve(actor=kim, committee=group, facts=ResolutionFacts(title, outcome, DAY), text="Text", item=item)
    close_minutes(actor=kim, meeting=item.meeting)
    spring = Period(date(2022, 1, 1), date(2022, 7, 1))
    assert figure("meetings_held").compute(kim, FigureQuery(spring)).total == 1
    counted = figure("resolutions_made").compute(kim, FigureQuery(spring, by=("outcome",)))
    assert (counted.total, dict(counted.cells)) == (3, {("adopted",): 2, ("rejected",): 1})
    only = FigureQuery(spring, by=("committee",), only={"outcome": ("rejected",)})
    assert figure("resolutions_made").compute(kim, only).total == 1
    by_month = figure("resolutions_made").compute(kim, FigureQuery(spring, by=("outcome", "month", "committee")))
    assert {key[1] for key in by_month.cells} == {"2022-05"}
    assert [member.key for member in by_month.axes[1].members][::5] == ["2022-01", "2022-06"], (
        "empty months stand there"
    )
    later = FigureQuery(Period(date(2023, 1, 1), date(2023, 7, 1)))
    assert figure("resolutions_made").compute(kim, later).total == 0
