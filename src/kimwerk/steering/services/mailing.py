"""Mailing invitations and minutes: ordered here, sent by the worker, with what became of each mail."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from kimwerk.access.actors import Actor
from kimwerk.accounts.mailing import MailProblem
from kimwerk.audit.services import record
from kimwerk.steering.models import Delivery, Mailing, Meeting
from kimwerk.steering.selectors.meetings import Recipient, recipients_of
from kimwerk.steering.services.meetings import mark_invited, mark_mailed
from kimwerk.steering.types import DeliveryState, MailingKind, MeetingState, SteeringProblem, SteeringRefused

SEND = "steering.send_mailing"
MOST_ATTEMPTS = 5
FIRST_PAUSE = 5
"""Minutes until the second attempt; each pause is twice as long as the one before."""

LEFT = "left"
"""Why nobody mails an invitation to whoever has left by the day of the meeting."""


@transaction.atomic
def order_invitation(*, actor: Actor, meeting: Meeting, host: str) -> Mailing:
    """Invite everybody who holds a seat on the day of the meeting. Raises SteeringRefused."""
    meeting = mark_invited(actor=actor, meeting=meeting, count=len(_reachable(meeting)))
    return _order(actor, meeting, MailingKind.INVITATION, host)


@transaction.atomic
def order_minutes(*, actor: Actor, meeting: Meeting, host: str) -> Mailing:
    """Send closed minutes to everybody invited, each with their own tasks. Raises SteeringRefused."""
    if meeting.state != MeetingState.CLOSED:
        raise SteeringRefused(SteeringProblem.NOT_CLOSED)
    meeting = mark_mailed(actor=actor, meeting=meeting, count=len(_reachable(meeting)))
    return _order(actor, meeting, MailingKind.MINUTES, host)


@transaction.atomic
def order_again(*, actor: Actor, mailing: Mailing) -> int:
    """Try once more what failed; returns to how many. Whoever has left meanwhile is told apart by the worker."""
    kept = Mailing.objects.kept_by(actor).select_for_update(of=("self",)).filter(pk=mailing.pk).first()
    if kept is None:
        raise PermissionDenied
    failed = kept.deliveries.filter(state=DeliveryState.FAILED.value)
    count = failed.update(state=DeliveryState.WAITING.value, reason="", attempts=0)
    if count:
        _hand_over(actor, kept.pk)
    record(actor=actor, action="mailing.repeated", subject=kept, amount=count)
    return count


@transaction.atomic
def begin_delivery(*, actor: Actor, delivery: Delivery) -> bool:
    """Whether the mail is to be sent: nobody has sent it meanwhile, and its reader has not left the committee."""
    current = _locked(actor, delivery)
    if current.state != DeliveryState.WAITING:
        return False
    meeting = current.mailing.meeting
    if current.email in {each.email for each in _reachable(meeting)}:
        return True
    current.state, current.reason = DeliveryState.FAILED.value, LEFT
    current.save(update_fields=["state", "reason"])
    return False


@transaction.atomic
def note_delivery(*, actor: Actor, delivery: Delivery, problem: MailProblem | None) -> Delivery:
    """Note what became of a mail. What the server could not take just now is tried again, not without end."""
    current = _locked(actor, delivery)
    current.attempts, current.tried_at = current.attempts + 1, timezone.now()
    current.reason = problem.value if problem else ""
    is_over = problem is MailProblem.REFUSED or current.attempts >= MOST_ATTEMPTS
    current.state = (DeliveryState.FAILED if is_over else DeliveryState.WAITING).value
    if problem is None:
        current.state = DeliveryState.SENT.value
    current.save(update_fields=["state", "reason", "attempts", "tried_at"])
    return current


def try_later(actor: Actor, mailing_id: int, attempts: int) -> None:
    """Let the worker come back, after a pause that doubles with every attempt."""
    pause = FIRST_PAUSE * 2 ** max(0, attempts - 1)
    app.configure_task(SEND, lock=_lock(mailing_id), schedule_in={"minutes": pause}).defer(
        mailing_id=mailing_id, account_id=actor.account_id
    )


def _order(actor: Actor, meeting: Meeting, kind: MailingKind, host: str) -> Mailing:
    if actor.account_id is None:
        raise PermissionDenied
    mailing = Mailing.objects.create(meeting=meeting, kind=kind.value, host=host, ordered_by_id=actor.account_id)
    Delivery.objects.bulk_create(
        Delivery(mailing=mailing, name=name, email=email)
        for name, email in sorted({(each.name, each.email) for each in _reachable(meeting)})
    )
    _hand_over(actor, mailing.pk)
    record(actor=actor, action="mailing.ordered", subject=mailing)
    return mailing


def _hand_over(actor: Actor, mailing_id: int) -> None:
    """In the transaction that ordered it. Two workers never have the same mailing in hand."""
    app.configure_task(SEND, lock=_lock(mailing_id)).defer(mailing_id=mailing_id, account_id=actor.account_id)


def _lock(mailing_id: int) -> str:
    return f"steering-mailing-{mailing_id}"


def _reachable(meeting: Meeting) -> list[Recipient]:
    return [each for each in recipients_of(meeting) if each.email]


def _locked(actor: Actor, delivery: Delivery) -> Delivery:
    found = Delivery.objects.kept_by(actor).select_related("mailing__meeting__committee")
    current = found.select_for_update(of=("self",)).filter(pk=delivery.pk).first()
    if current is None:
        raise PermissionDenied
    return current
