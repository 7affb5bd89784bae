"""Meetings from plan to minutes: what they are built from, who is invited, and that nothing written is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.steering.calendar import LONGEST_LINE, Appointment, as_icalendar
from kimwerk.steering.due import due_items
from kimwerk.steering.models import AgendaItem, Committee, Mailing, Meeting, NoteDraft, Proposal, Seat, Task, Term
from kimwerk.steering.selectors.meetings import (
    agenda_of,
    attendance_of,
    next_start,
    quorum_of,
    recipients_of,
    suggestions_for,
)
from kimwerk.steering.services.agenda import add_item, move_item, propose, remove_item, take_up
from kimwerk.steering.services.committees import end_term
from kimwerk.steering.services.meetings import cancel_meeting, close_minutes, plan_meeting, reopen_minutes
from kimwerk.steering.services.minutes import note_attendance, write_note
from kimwerk.steering.services.tasks import give_task, settle_task
from kimwerk.steering.tasks import send_mailing
from kimwerk.steering.types import (
    Direction,
    ItemFacts,
    MeetingFacts,
    Presence,
    ProposalState,
    SteeringProblem,
    SteeringRefused,
    TaskFacts,
    WorkState,
)
from tests.cast import Cast
from tests.steering.bodies import stefans_group

Act = Callable[[Actor], Actor]
MAY = datetime(2022, 5, 4, 14, tzinfo=UTC)


@pytest.fixture
def kim(cast: Cast, act_as: Act) -> Actor:
    return act_as(cast.actor("kim"))


@pytest.fixture
def group(cast: Cast, kim: Actor) -> Committee:
    return stefans_group(cast, kim)


@pytest.fixture
def meeting(kim: Actor, group: Committee) -> Meeting:
    return plan_meeting(actor=kim, committee=group, facts=MeetingFacts(MAY, place="Kreishaus, Raum 1"))


def titles(meeting: Meeting) -> list[str]:
    return [item.title for item in agenda_of(meeting)]


def closed() -> pytest.RaisesExc[SteeringRefused]:
    return pytest.RaisesExc(SteeringRefused, check=lambda error: error.problem is SteeringProblem.CLOSED)


def test_an_agenda_begins_and_ends_with_what_stands_on_each(kim: Actor, meeting: Meeting) -> None:
    first = add_item(actor=kim, meeting=meeting, facts=ItemFacts("Leitziele", presenter="Kim Konzept", minutes=30))
    add_item(actor=kim, meeting=meeting, facts=ItemFacts("Turnus"))
    assert titles(meeting)[2:] == ["Leitziele", "Turnus", "Verschiedenes"]
    move_item(actor=kim, item=first, direction=Direction.DOWN)
    assert titles(meeting)[2:] == ["Turnus", "Leitziele", "Verschiedenes"]
    remove_item(actor=kim, item=first)
    assert [item.position for item in agenda_of(meeting)] == [0, 1, 2, 3]


def test_the_next_agenda_proposes_itself(
    kim: Actor, group: Committee, meeting: Meeting, cast: Cast, act_as: Act
) -> None:
    item = add_item(actor=kim, meeting=meeting, facts=ItemFacts("Leitziele"))
    open_task = give_task(actor=kim, committee=group, facts=TaskFacts("Konzept entwerfen"), item=item)
    done = give_task(actor=kim, committee=group, facts=TaskFacts("Raum buchen"), item=item)
    settle_task(actor=kim, task=done, state=WorkState.DONE)
    proposal = propose(actor=act_as(cast.actor("stefan")), committee=group, title="Schnellere Fortentwicklung")
    act_as(kim)
    following = plan_meeting(actor=kim, committee=group, facts=MeetingFacts(MAY + timedelta(weeks=13)))
    found = suggestions_for(kim, following)
    assert [each.title for each in found] == ["Schnellere Fortentwicklung", "Konzept entwerfen"]
    assert take_up(actor=kim, meeting=following, keys=[each.key for each in found]) == 2
    assert suggestions_for(kim, following) == []
    assert titles(following)[2:4] == ["Schnellere Fortentwicklung", open_task.title]
    taken = AgendaItem.objects.get(meeting=following, source="proposal")
    remove_item(actor=kim, item=taken)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.OPEN, "what is taken off waits again"


def test_a_committee_meets_again_by_its_rhythm(group: Committee, meeting: Meeting) -> None:
    start = next_start(group)
    assert start is not None
    assert start.date() >= timezone.localdate()
    assert (start.weekday(), start.hour) == (2, 16), "on the same weekday at the same hour, summer or winter"


def test_whoever_has_left_by_then_is_not_invited(kim: Actor, group: Committee, meeting: Meeting) -> None:
    assert [each.name for each in recipients_of(meeting)] == ["Stefan Steuerung", "Jana Jobbeispiel"]
    end_term(actor=kim, term=Term.objects.get(name="Jana Jobbeispiel"), last_day=MAY.date() - timedelta(days=1))
    assert [each.name for each in recipients_of(meeting)] == ["Stefan Steuerung"]


def test_deputies_count_for_the_quorum_and_those_without_a_vote_do_not(
    kim: Actor, group: Committee, meeting: Meeting
) -> None:
    social, job = Seat.objects.get(function="Sozialdezernat"), Seat.objects.get(function="Geschäftsführung")
    note_attendance(actor=kim, meeting=meeting, seats={social.pk: (Presence.DEPUTY, "Vera Vertretung")}, guests="")
    quorum = quorum_of(meeting, attendance_of(meeting))
    assert (quorum.present, quorum.needed, quorum.is_met) == (1, 2, False)
    seats = {social.pk: (Presence.EXCUSED, ""), job.pk: (Presence.PRESENT, "Jana Jobbeispiel")}
    note_attendance(actor=kim, meeting=meeting, seats=seats, guests="Gast, Ministerium")
    Seat.objects.filter(pk=job.pk).update(has_vote=False)
    assert quorum_of(meeting, attendance_of(meeting)).present == 0


def test_two_who_write_at_once_both_keep_their_text(kim: Actor, meeting: Meeting, cast: Cast, act_as: Act) -> None:
    item = agenda_of(meeting)[0]
    write_note(actor=kim, item=item, version=0, text="Die Sitzung wird")
    anton = act_as(cast.actor("anton"))
    written = write_note(actor=anton, item=item, version=0, text="Frau Beispiel eröffnet")
    assert written.draft is not None
    assert (written.item.note, written.draft.text) == ("Die Sitzung wird", "Frau Beispiel eröffnet")
    both = write_note(actor=anton, item=item, version=1, text="Frau Beispiel eröffnet. Die Sitzung wird")
    assert both.draft is None
    assert not NoteDraft.objects.exists(), "put together, the draft is gone"
    assert both.item.note_version == 2


def test_whoever_goes_on_writing_is_no_conflict_to_themselves(kim: Actor, meeting: Meeting) -> None:
    item = agenda_of(meeting)[0]
    write_note(actor=kim, item=item, version=0, text="Die Sitzung")
    lost_answer = write_note(actor=kim, item=item, version=0, text="Die Sitzung wird eröffnet")
    assert (lost_answer.draft, lost_answer.item.note) == (None, "Die Sitzung wird eröffnet")


def test_closed_minutes_never_change_until_they_are_opened_again(
    kim: Actor, group: Committee, meeting: Meeting
) -> None:
    item = agenda_of(meeting)[0]
    close_minutes(actor=kim, meeting=meeting)
    for act in (
        lambda: write_note(actor=kim, item=item, version=0, text="Zu spät"),
        lambda: add_item(actor=kim, meeting=meeting, facts=ItemFacts("Zu spät")),
        lambda: note_attendance(actor=kim, meeting=meeting, seats={}, guests="Zu spät"),
        lambda: cancel_meeting(actor=kim, meeting=meeting),
    ):
        with closed():
            act()
    with pytest.raises(IntegrityError, match="closed minutes"), transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).update(note="Zu spät")
    assert give_task(actor=kim, committee=group, facts=TaskFacts("Danach"), item=item).pk, "tasks go on"
    reopen_minutes(actor=kim, meeting=meeting)
    assert write_note(actor=kim, item=item, version=0, text="Berichtigt").item.note == "Berichtigt"


def test_whoever_has_a_task_says_how_far_it_is_and_nobody_else(
    kim: Actor, group: Committee, cast: Cast, act_as: Act
) -> None:
    seat = Seat.objects.get(function="Sozialdezernat")
    day = timezone.localdate() - timedelta(days=1)
    task = give_task(actor=kim, committee=group, facts=TaskFacts("Konzept", owner_seat_id=seat.pk, due_on=day))
    assert task.owner_name == "Stefan Steuerung"
    other = give_task(actor=kim, committee=group, facts=TaskFacts("Fremdes", "Jana Jobbeispiel", due_on=day))
    stefan = act_as(cast.actor("stefan"))
    assert [str(item.title) for item in due_items(stefan)] == ["Konzept"]
    with pytest.raises(PermissionDenied):
        settle_task(actor=stefan, task=other, state=WorkState.DONE)
    settle_task(actor=stefan, task=task, state=WorkState.DONE)
    assert due_items(stefan) == ()
    assert "1 Aufgabe ist überfällig" in [str(item.title) for item in due_items(act_as(kim))]
    counts = {name: Task.objects.visible_to(act_as(cast.actor(name))).count() for name in ("lena", "stefan", "frieda")}
    assert counts == {"lena": 2, "stefan": 2, "frieda": 0}


def test_the_office_is_reminded_of_invitations_and_minutes(kim: Actor, group: Committee) -> None:
    soon = timezone.now() + timedelta(days=20)
    plan_meeting(actor=kim, committee=group, facts=MeetingFacts(soon, title="Fünfte Sitzung"))
    plan_meeting(actor=kim, committee=group, facts=MeetingFacts(MAY, title="Vierte Sitzung"))
    said = [str(item.title) for item in due_items(kim)]
    assert said == ["Zu Fünfte Sitzung einladen", "Niederschrift zu Vierte Sitzung schließen"]


SIGNS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=300)


@given(SIGNS, SIGNS)
def test_a_calendar_file_keeps_its_lines_short_and_every_sign(title: str, text: str) -> None:
    file = as_icalendar(Appointment("meeting-1@kimwerk", MAY, MAY + timedelta(hours=2), MAY, title, text=text))
    lines = file.decode().split("\r\n")
    assert all(len(line.encode()) <= LONGEST_LINE for line in lines)
    unfolded = file.decode().replace("\r\n ", "")
    summary = next(line for line in unfolded.split("\r\n") if line.startswith("SUMMARY:"))
    assert summary.removeprefix("SUMMARY:").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\") == title


def work_off(kim: Actor) -> None:
    """What the worker does with the mailing that was ordered last."""
    set_actor(kim.account_id)
    assert kim.account_id is not None
    send_mailing(mailing_id=Mailing.objects.latest("pk").pk, account_id=kim.account_id)


def test_invitation_and_minutes_go_out_with_everybodys_tasks(
    sign_in: Callable[[str], Client], kim: Actor, group: Committee, meeting: Meeting
) -> None:
    client, seat = sign_in("kim"), Seat.objects.get(function="Sozialdezernat")
    page = client.get(reverse("steering:invitation", args=[meeting.pk])).content.decode()
    assert "An 2 Adressen senden" in page
    client.post(reverse("steering:send_invitation", args=[meeting.pk]))
    work_off(kim)
    assert [letter.to for letter in mail.outbox] == [["jana@kimwerk.example"], ["stefan@kimwerk.example"]]
    assert "1. Eröffnung, Anwesenheit und Beschlussfähigkeit" in mail.outbox[0].body
    assert mail.outbox[0].attachments[0][1][:5] == b"%PDF-"
    item = agenda_of(meeting)[0]
    client.post(
        reverse("steering:give_task", args=[item.pk]),
        {"title": "Geschäftsordnung entwerfen", "seat": str(seat.pk), "due_on": "2022-06-01"},
    )
    client.post(reverse("steering:close_minutes", args=[meeting.pk]))
    mail.outbox.clear()
    client.post(reverse("steering:send_minutes", args=[meeting.pk]))
    work_off(kim)
    assert ["Geschäftsordnung entwerfen" in letter.body for letter in mail.outbox] == [False, True]
    paper = sign_in("stefan").get(reverse("steering:minutes_pdf", args=[meeting.pk]))
    assert paper.content[:5] == b"%PDF-"


def test_a_conflict_is_shown_where_one_writes_and_put_together(
    sign_in: Callable[[str], Client], kim: Actor, meeting: Meeting
) -> None:
    item = agenda_of(meeting)[0]
    url, anton = reverse("steering:note", args=[item.pk]), sign_in("anton")
    sign_in("kim").post(url, {"text": "Text von Kim", "version": "0"}, headers={"HX-Request": "true"})
    answer = anton.post(url, {"text": "Text von Anton", "version": "0"}, headers={"HX-Request": "true"})
    assert "Ihr Text ist aufgehoben" in answer.content.decode()
    assert "Text von Kim" in answer.content.decode()
    page = anton.get(url).content.decode()
    assert "Text von Kim" in page
    assert "Text von Anton" in page
    sign_in("kim").post(reverse("steering:close_minutes", args=[meeting.pk]))
    meeting.refresh_from_db()
    assert not meeting.is_closed, "two texts stand against each other"
    anton.post(url, {"text": "Beide Texte", "version": "1"})
    sign_in("kim").post(reverse("steering:close_minutes", args=[meeting.pk]))
    meeting.refresh_from_db()
    assert meeting.is_closed


def test_a_proposal_of_a_member_waits_until_it_is_taken_back(
    sign_in: Callable[[str], Client], group: Committee
) -> None:
    stefan = sign_in("stefan")
    stefan.post(reverse("steering:propose", args=[group.pk]), {"title": "Wohnraum", "text": "Engpass"})
    proposal = Proposal.objects.get()
    assert "Wohnraum" in sign_in("kim").get(reverse("steering:committee", args=[group.pk])).content.decode()
    withdraw = reverse("steering:withdraw_proposal", args=[proposal.pk])
    assert sign_in("kim").post(withdraw).status_code == 404
    stefan.post(withdraw)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WITHDRAWN
