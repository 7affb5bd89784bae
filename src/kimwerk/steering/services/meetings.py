"""Planning meetings, inviting to them, and closing their minutes."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.steering.models import AgendaItem, Committee, Meeting, Proposal
from kimwerk.steering.services.committees import locked
from kimwerk.steering.types import (
    ItemSource,
    MeetingFacts,
    MeetingState,
    ProposalState,
    SteeringProblem,
    SteeringRefused,
)

ROUTINE = (
    gettext_noop("Opening, presence and quorum"),
    gettext_noop("Minutes of the last meeting"),
    gettext_noop("Other business"),
)
"""What stands on every agenda; all else comes before the last of them."""


@transaction.atomic
def plan_meeting(*, actor: Actor, committee: Committee, facts: MeetingFacts) -> Meeting:
    """Plan the next meeting, with what stands on every agenda. Raises SteeringRefused."""
    committee = locked(actor, committee)
    number = (committee.meetings.aggregate(last=Max("number"))["last"] or 0) + 1
    meeting = Meeting(committee=committee, number=number)
    _take_over(meeting, facts)
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=position, title=_(title), source=ItemSource.ROUTINE.value)
        for position, title in enumerate(ROUTINE)
    )
    record(actor=actor, action="meeting.planned", subject=meeting)
    return meeting


@transaction.atomic
def change_meeting(*, actor: Actor, meeting: Meeting, facts: MeetingFacts) -> Meeting:
    """Change when and where. Whoever is invited must be told: the page says so. Raises SteeringRefused."""
    meeting = open_meeting(actor, meeting)
    _take_over(meeting, facts)
    record(actor=actor, action="meeting.changed", subject=meeting)
    return meeting


@transaction.atomic
def mark_invited(*, actor: Actor, meeting: Meeting, count: int) -> Meeting:
    """Note that the invitation has gone out to so many."""
    meeting = open_meeting(actor, meeting)
    meeting.state, meeting.invited_at = MeetingState.INVITED.value, timezone.now()
    meeting.save(update_fields=["state", "invited_at"])
    record(actor=actor, action="meeting.invited", subject=meeting, amount=count)
    return meeting


@transaction.atomic
def cancel_meeting(*, actor: Actor, meeting: Meeting) -> Meeting:
    """Call a meeting off. Its agenda stays to be read, and what was proposed for it waits for the next one."""
    meeting = open_meeting(actor, meeting)
    meeting.state = MeetingState.CANCELLED.value
    meeting.save(update_fields=["state"])
    proposed = meeting.items.filter(source=ItemSource.PROPOSAL.value).values("source_id")
    Proposal.objects.visible_to(actor).filter(pk__in=proposed).update(state=ProposalState.OPEN.value)
    meeting.paper_steps.filter(outcome="").update(meeting=None)
    record(actor=actor, action="meeting.cancelled", subject=meeting)
    return meeting


@transaction.atomic
def close_minutes(*, actor: Actor, meeting: Meeting) -> Meeting:
    """End the writing: from now on the minutes never change, unless they are opened again."""
    meeting = open_meeting(actor, meeting)
    if actor.account_id is None:
        raise PermissionDenied
    meeting.state, meeting.closed_at, meeting.closed_by_id = MeetingState.CLOSED.value, timezone.now(), actor.account_id
    meeting.save(update_fields=["state", "closed_at", "closed_by"])
    record(actor=actor, action="minutes.closed", subject=meeting)
    return meeting


@transaction.atomic
def reopen_minutes(*, actor: Actor, meeting: Meeting) -> Meeting:
    """Open closed minutes again to correct them; the log says who did."""
    meeting = _locked(actor, meeting)
    if meeting.state != MeetingState.CLOSED:
        raise PermissionDenied
    meeting.state, meeting.closed_at, meeting.closed_by = MeetingState.INVITED.value, None, None
    meeting.mailed_at = None
    meeting.save(update_fields=["state", "closed_at", "closed_by", "mailed_at"])
    record(actor=actor, action="minutes.reopened", subject=meeting)
    return meeting


@transaction.atomic
def mark_mailed(*, actor: Actor, meeting: Meeting, count: int) -> Meeting:
    """Note that the minutes have gone out to so many."""
    meeting = _locked(actor, meeting)
    meeting.mailed_at = timezone.now()
    meeting.save(update_fields=["mailed_at"])
    record(actor=actor, action="minutes.mailed", subject=meeting, amount=count)
    return meeting


def open_meeting(actor: Actor, meeting: Meeting) -> Meeting:
    """The meeting, locked, for whoever is its office; SteeringRefused once its minutes are closed."""
    current = _locked(actor, meeting)
    if current.is_closed:
        raise SteeringRefused(SteeringProblem.CLOSED)
    return current


def _locked(actor: Actor, meeting: Meeting) -> Meeting:
    found = Meeting.objects.kept_by(actor).select_related("committee").select_for_update(of=("self",))
    current = found.filter(pk=meeting.pk).first()
    if current is None:
        raise PermissionDenied
    return current


def _take_over(meeting: Meeting, facts: MeetingFacts) -> None:
    if facts.ends_at is not None and facts.ends_at <= facts.starts_at:
        raise SteeringRefused(SteeringProblem.ENDS_EARLIER)
    day, exists = timezone.localdate(facts.starts_at), meeting.committee.valid
    if (exists.lower and day < exists.lower) or (exists.upper and day >= exists.upper):
        raise SteeringRefused(SteeringProblem.NO_COMMITTEE)
    meeting.starts_at, meeting.ends_at = facts.starts_at, facts.ends_at
    meeting.place, meeting.title = facts.place, facts.title
    meeting.save()
