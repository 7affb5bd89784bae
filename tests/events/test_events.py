"""Events: planned with a checklist, invited to by links that answer once, held, and written into the diary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.accounts.tokens import LinkState
from kimwerk.activities.models import Activity
from kimwerk.directory.models import Contact
from kimwerk.events.due import due_items
from kimwerk.events.figures import FIGURES
from kimwerk.events.models import Event, GroupResult, Invitation, Participant, Step
from kimwerk.events.selectors.events import kick_offs, places_left
from kimwerk.events.services.holding import hold_event, keep_group, keep_result, note_presence, register
from kimwerk.events.services.inviting import answer_by_link, find_invitation, invite, remind
from kimwerk.events.services.planning import change_event, plan_event, settle_step, write_template
from kimwerk.events.types import (
    Addressee,
    EventFacts,
    EventKind,
    EventsProblem,
    EventsRefused,
    EventState,
    GroupFacts,
    Guest,
    HeldFacts,
    ResultFacts,
    TemplateStep,
)
from kimwerk.kernel.figures import FigureQuery
from kimwerk.kernel.periods import Period
from tests.cast import Cast, as_owner

Act = Callable[[Actor], Actor]
COUNTY = "Rhein-Sieg-Kreis"
EVENTS, ATTENDANCES = FIGURES
SOON = timezone.now() + timedelta(days=20)
JANA = Addressee("Jana Jobbeispiel", "jana@kimwerk.example")
KICK_OFF = EventFacts(EventKind.KICK_OFF, "Auftakt Siegburg", SOON, ends_at=SOON + timedelta(hours=3))


@pytest.fixture
def kim(cast: Cast, act_as: Act) -> Actor:
    return act_as(cast.actor("kim"))


def planned(actor: Actor, cast: Cast, **changes: object) -> Event:
    known = {"municipality_id": cast.municipalities["Siegburg"], "activity_kind_id": cast.categories["workshop"]}
    facts = replace(KICK_OFF, **(known | changes))  # type: ignore[arg-type]  # each test names what it changes
    return plan_event(actor=actor, organisation_id=cast.organisations[COUNTY], facts=facts)


def test_a_checklist_counts_from_the_event_and_moves_with_it(kim: Actor, cast: Cast) -> None:
    home, own = cast.organisations[COUNTY], TemplateStep(-10, "Raum buchen")
    write_template(actor=kim, organisation_id=home, kind=EventKind.WORKSHOP, steps=[own, own])
    event = planned(kim, cast, kind=EventKind.WORKSHOP, starts_at=SOON - timedelta(days=15))
    (step,) = Step.objects.filter(event=event)
    assert step.due_on == event.day - timedelta(days=10)
    assert [item.title for item in due_items(kim)] == ["Raum buchen"]
    other = planned(kim, cast)
    assert Step.objects.filter(event=other).count() == 9, "kick-off events begin with the usual checklist"
    settle_step(actor=kim, step=step, is_done=True)
    kept = Step.objects.filter(event=other).order_by("due_on").last()
    assert kept
    later = change_event(
        actor=kim, event=other, facts=replace(KICK_OFF, starts_at=SOON + timedelta(days=7), ends_at=None)
    )
    kept.refresh_from_db()
    assert kept.due_on == later.day + timedelta(days=14)
    with pytest.raises(EventsRefused):
        change_event(actor=kim, event=other, facts=replace(KICK_OFF, ends_at=SOON - timedelta(hours=1)))


def test_an_invitation_answers_once_and_shows_nobody_else(kim: Actor, cast: Cast) -> None:
    event = planned(kim, cast, places=3)
    register(actor=kim, event=event, guests=[Guest("Erika Ehrenbeispiel", "Verein Muster")])
    (sent,) = invite(actor=kim, event=event, addressees=[JANA, JANA])
    with pytest.raises(EventsRefused):
        invite(actor=kim, event=event, addressees=[JANA])
    set_actor(None)
    assert find_invitation("falsch").state is LinkState.GONE
    assert find_invitation(sent.token).state is LinkState.OPEN
    assert not Participant.objects.exists(), "the holder of a link does not read who else comes"
    assert places_left(event) == 2
    with pytest.raises(EventsRefused) as refused:
        answer_by_link(token=sent.token, guests=[Guest(f"Gast {number}") for number in range(3)])
    assert refused.value.problem is EventsProblem.FULL
    assert answer_by_link(token=sent.token, guests=[Guest("Jana Jobbeispiel")]).state is LinkState.OPEN
    assert answer_by_link(token=sent.token, guests=[Guest("Noch jemand")]).state is LinkState.USED
    set_actor(kim.account_id)
    names = Participant.objects.visible_to(kim).order_by("name").values_list("name", "via")
    assert list(names) == [("Erika Ehrenbeispiel", "office"), ("Jana Jobbeispiel", "link")]


def test_a_reminder_replaces_the_link(kim: Actor, cast: Cast) -> None:
    event = planned(kim, cast)
    (first,) = invite(actor=kim, event=event, addressees=[JANA])
    (second,) = remind(actor=kim, event=event)
    states = [find_invitation(sent.token).state for sent in (first, second)]
    assert states == [LinkState.GONE, LinkState.OPEN]
    assert first.token not in str(Invitation.objects.values_list("token_hash", flat=True))


def test_an_event_that_was_held_stands_in_the_diary_and_on_the_map(kim: Actor, cast: Cast) -> None:
    event = planned(kim, cast)
    table = keep_group(actor=kim, event=event, facts=GroupFacts("Wohnen", "Mona Moderatio", cast.categories["wohnen"]))
    keep_result(actor=kim, group=table, facts=ResultFacts("Wohnraum für Alleinerziehende fehlt"))
    with pytest.raises(EventsRefused) as refused:
        keep_result(actor=kim, group=table, facts=ResultFacts("Hilfe", "Frau Muster sucht seit Mai"))
    assert refused.value.problem is EventsProblem.NAMES_SOMEBODY
    with pytest.raises(EventsRefused):
        hold_event(actor=kim, event=event, facts=HeldFacts(0, 12))
    change_event(
        actor=kim,
        event=event,
        facts=replace(
            KICK_OFF,
            starts_at=timezone.now() - timedelta(days=1),
            ends_at=None,
            municipality_id=cast.municipalities["Siegburg"],
            activity_kind_id=cast.categories["workshop"],
        ),
    )
    register(actor=kim, event=event, guests=[Guest("Jana Jobbeispiel"), Guest("Erika Ehrenbeispiel")])
    there = Participant.objects.get(name="Jana Jobbeispiel")
    note_presence(actor=kim, event=event, present=[there.pk])
    held = hold_event(actor=kim, event=event, facts=HeldFacts(2, 12, 180))
    entry = Activity.objects.get(pk=held.activity_id)
    assert (entry.participants_partner, entry.minutes, entry.topics) == (12, 180, [cast.categories["wohnen"]])
    assert entry.municipality_id == cast.municipalities["Siegburg"]
    around = Period.of_days(held.day - timedelta(days=3), timezone.localdate() + timedelta(days=60))
    counted = EVENTS.compute(kim, FigureQuery(around, ("event_kind", "event_state", "municipality")))
    assert counted.cells == {("kick_off", "held", "05382060"): 1}
    assert ATTENDANCES.compute(kim, FigureQuery(around)).total == 1
    assert EVENTS.compute(cast.actor("klara"), FigureQuery(around)).total == 0
    siegburg = next(place for place in kick_offs(kim) if place.municipality.name == "Siegburg")
    assert siegburg.held == held
    assert sum(1 for place in kick_offs(kim) if place.held) == 1
    with pytest.raises(EventsRefused):
        change_event(actor=kim, event=event, facts=KICK_OFF)


def test_only_the_own_house_reads_events_and_only_those_who_keep_them_change(
    kim: Actor, cast: Cast, act_as: Act
) -> None:
    event = planned(kim, cast)
    table = keep_group(actor=kim, event=event, facts=GroupFacts("Wohnen"))
    keep_result(actor=kim, group=table, facts=ResultFacts("Wohnraum"))
    register(actor=kim, event=event, guests=[Guest("Jana Jobbeispiel")])
    lena = act_as(cast.actor("lena"))
    assert list(GroupResult.objects.visible_to(lena).values_list("title", flat=True)) == ["Wohnraum"]
    with pytest.raises(PermissionDenied):
        register(actor=lena, event=event, guests=[Guest("Jemand")])
    for stranger in ("klara", "tomasz", "stefan", "arno"):
        act_as(cast.actor(stranger))
        counts = [model.objects.count() for model in (Event, Step, Invitation, Participant, GroupResult)]
        assert counts == [0, 0, 0, 0, 0], stranger


def test_the_office_invites_by_sort_of_organisation_and_guests_answer_on_the_page(
    kim: Actor,
    cast: Cast,
    sign_in: Callable[[str], Client],
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with as_owner():
        Contact.objects.create(
            organisation_id=cast.organisations["Jobcenter Rhein-Sieg"], family_name="Jobbeispiel", given_name="Jana",
            sort_key="jobbeispiel jana", email="jana@kimwerk.example",
        )  # fmt: skip
    office = sign_in("kim")
    day = (date.today() + timedelta(days=30)).isoformat()
    sent = {"kind": "kick_off", "title": "Auftakt Hennef", "day": day, "begins": "09:00", "ends": "12:00"}
    office.post(reverse("events:plan"), sent | {"municipality": str(cast.municipalities["Hennef (Sieg)"])})
    event = Event.objects.get()
    assert event.activity_kind_id == cast.categories["workshop"]
    bad = office.post(reverse("events:invite", args=[event.pk]), {"others": "Nur ein Name"})
    assert "In dieser Zeile steht keine Adresse: Nur ein Name" in bad.content.decode()
    office.post(
        reverse("events:invite", args=[event.pk]), {"kinds": "authority", "others": "Vera; vera@kimwerk.example"}
    )
    assert sorted(each.to[0] for each in mail.outbox) == ["jana@kimwerk.example", "vera@kimwerk.example"]
    link = next(each for each in mail.outbox if each.to == ["jana@kimwerk.example"]).body.split()[-1]
    assert "Auftakt Hennef" in client.get(link).content.decode()
    assert client.post(link, {"is_coming": "yes", "guests": ""}).status_code == 422
    thanks = client.post(link, {"is_coming": "yes", "guests": "Jana Jobbeispiel; Jobcenter"}).content.decode()
    assert "Sie sind angemeldet" in thanks
    again = client.post(link, {"is_coming": "no"})
    assert (again.status_code, "schon beantwortet" in again.content.decode()) == (410, True)
    set_actor(kim.account_id)
    guest = Participant.objects.get()
    office.post(reverse("events:register", args=[event.pk]), {"guests": "=Erika; Verein"})
    office.post(reverse("events:presence", args=[event.pk]), {"present": str(guest.pk)})
    file = office.get(reverse("events:export", args=[event.pk])).content.decode("utf-8-sig")
    assert file.splitlines()[1] == "'=Erika;Verein;;"
    paper = office.get(reverse("events:certificates", args=[event.pk]))
    assert paper.content.startswith(b"%PDF")
    office.post(reverse("events:hold", args=[event.pk]), {"participants_partner": "1", "participants_target": "0"})
    event.refresh_from_db()
    assert event.state == EventState.INVITED, "an event is not held before its day"
    with django_assert_max_num_queries(20):
        page = office.get(reverse("events:event", args=[event.pk])).content.decode()
    assert "Jana Jobbeispiel" in page
    with django_assert_max_num_queries(14):
        assert "In Siegburg planen" in office.get(reverse("events:overview")).content.decode()
    assert "Auftakt Hennef" in office.get(reverse("events:events"), {"kind": "kick_off"}).content.decode()
