"""Invitations and minutes by the worker: what became of each mail, tried again, and never to whoever has left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.urls import reverse

from kimwerk.access.actors import Actor
from kimwerk.steering.models import Committee, Delivery, Mailing, Meeting, Term
from kimwerk.steering.services.committees import end_term
from kimwerk.steering.services.mailing import MOST_ATTEMPTS, order_again, order_invitation, order_minutes
from kimwerk.steering.services.meetings import close_minutes, plan_meeting
from kimwerk.steering.tasks import send_mailing
from kimwerk.steering.types import MeetingFacts, SteeringProblem, SteeringRefused
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
    return plan_meeting(actor=kim, committee=group, facts=MeetingFacts(MAY))


def work_off(kim: Actor, mailing: Mailing) -> None:
    """What the worker does with the job."""
    assert kim.account_id is not None
    send_mailing(mailing_id=mailing.pk, account_id=kim.account_id)


def told(mailing: Mailing) -> dict[str, tuple[str, str, int]]:
    found = Delivery.objects.filter(mailing=mailing)
    return {each.email.partition("@")[0]: (each.state, each.reason, each.attempts) for each in found}


def jobs_of(mailing: Mailing) -> list[tuple[str, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select task_name, scheduled_at > now() from procrastinate_jobs where args->>'mailing_id' = %s order by id",
            [str(mailing.pk)],
        )
        return [(name, bool(later)) for name, later in cursor.fetchall()]


class Moody:
    """A mail server that refuses one address for good and is away for another one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_moody = True
        sent = EmailBackend.send_messages

        def send(backend: EmailBackend, messages: list[EmailMessage]) -> int:
            (to,) = messages[0].to
            if self.is_moody and to.startswith("stefan"):
                raise SMTPRecipientsRefused({to: (550, b"no such user")})
            if self.is_moody and to.startswith("jana"):
                raise SMTPServerDisconnected
            return sent(backend, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", send)


def test_nothing_is_sent_in_the_request_and_all_by_the_worker_once(kim: Actor, meeting: Meeting) -> None:
    mailing = order_invitation(actor=kim, meeting=meeting, host="kimwerk.example")
    assert mail.outbox == []
    assert jobs_of(mailing) == [("steering.send_mailing", False)]
    work_off(kim, mailing)
    work_off(kim, mailing)
    assert sorted(letter.to[0] for letter in mail.outbox) == ["jana@kimwerk.example", "stefan@kimwerk.example"]
    assert told(mailing) == {"jana": ("sent", "", 1), "stefan": ("sent", "", 1)}


def test_what_is_refused_fails_and_what_is_away_is_tried_again_for_a_while(
    kim: Actor, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Moody(monkeypatch)
    mailing = order_invitation(actor=kim, meeting=meeting, host="kimwerk.example")
    work_off(kim, mailing)
    assert told(mailing) == {"jana": ("waiting", "unreachable", 1), "stefan": ("failed", "refused", 1)}
    assert jobs_of(mailing)[1:] == [("steering.send_mailing", True)]
    for _attempt in range(MOST_ATTEMPTS - 1):
        work_off(kim, mailing)
    assert told(mailing)["jana"] == ("failed", "unreachable", MOST_ATTEMPTS)

    server.is_moody = False
    assert order_again(actor=kim, mailing=mailing) == 2
    work_off(kim, mailing)
    assert told(mailing) == {"jana": ("sent", "", 1), "stefan": ("sent", "", 1)}


def test_whoever_has_left_by_the_day_gets_no_invitation_and_the_page_says_so(
    kim: Actor, meeting: Meeting, act_as: Act, sign_in: Callable[[str], Client]
) -> None:
    mailing = order_invitation(actor=kim, meeting=meeting, host="kimwerk.example")
    end_term(actor=kim, term=Term.objects.get(name="Jana Jobbeispiel"), last_day=date(2022, 4, 30))
    work_off(kim, mailing)
    assert told(mailing)["jana"] == ("failed", "left", 0)
    client = sign_in("kim")
    page = client.get(reverse("steering:meeting", args=[meeting.pk])).content.decode()
    assert "Bis zum Tag der Sitzung aus dem Gremium ausgeschieden" in page
    before = client.get(reverse("steering:invitation", args=[meeting.pk])).content.decode()
    assert "Nicht eingeladen, weil bis dahin ausgeschieden: Jana Jobbeispiel (bis 30.04.2022)." in before
    client.post(reverse("steering:send_again", args=[mailing.pk]))
    work_off(act_as(kim), mailing)
    assert [letter.to for letter in mail.outbox] == [["stefan@kimwerk.example"]]


def test_minutes_go_out_once_they_are_closed(kim: Actor, meeting: Meeting) -> None:
    with pytest.raises(SteeringRefused) as refused:
        order_minutes(actor=kim, meeting=meeting, host="kimwerk.example")
    assert refused.value.problem is SteeringProblem.NOT_CLOSED
    closed = close_minutes(actor=kim, meeting=meeting)
    work_off(kim, order_minutes(actor=kim, meeting=closed, host="kimwerk.example"))
    assert [letter.attachments[0][0] for letter in mail.outbox] == ["Niederschrift.pdf"] * 2
