"""What a committee decides, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.steering.models import AgendaItem, Committee, Resolution, ResolutionText
from kimwerk.steering.selectors.meetings import attendance_of, quorum_of
from kimwerk.steering.services.committees import locked
from kimwerk.steering.services.gaps import follow_resolution
from kimwerk.steering.services.meetings import open_meeting
from kimwerk.steering.services.paper_steps import follow_vote
from kimwerk.steering.services.refusing import refused_as_problems
from kimwerk.steering.types import Outcome, ResolutionFacts, SteeringProblem, SteeringRefused, WorkState


@transaction.atomic
def resolve(
    *, actor: Actor, committee: Committee, facts: ResolutionFacts, text: str, item: AgendaItem | None = None
) -> Resolution:
    """Write down what was decided: at an item of the agenda, or in writing between meetings.

    Raises SteeringRefused: in a meeting, nothing is adopted without a quorum, nor against a majority.
    """
    committee = locked(actor, committee)
    if item is not None:
        facts = _in_meeting(actor, item, facts)
    number = (committee.resolutions.aggregate(last=Max("number"))["last"] or 0) + 1
    resolution = Resolution(committee=committee, number=number, item=item, meeting_id=item.meeting_id if item else None)
    _take_over(resolution, facts)
    _write(actor, resolution, 1, text, "")
    if item is not None:
        follow_resolution(actor, item, facts.outcome, facts.title)
        follow_vote(item, facts.outcome)
    record(actor=actor, action="resolution.made", subject=resolution)
    return resolution


@transaction.atomic
def change_resolution(*, actor: Actor, resolution: Resolution, facts: ResolutionFacts) -> Resolution:
    """Correct what is known of a resolution, apart from its text. Raises SteeringRefused."""
    resolution = _locked(actor, resolution)
    _take_over(resolution, facts)
    record(actor=actor, action="resolution.changed", subject=resolution)
    return resolution


@transaction.atomic
def reword_resolution(*, actor: Actor, resolution: Resolution, text: str, reason: str) -> ResolutionText:
    """Give a resolution a new text, for a reason; the old ones stay to be read."""
    resolution = _locked(actor, resolution)
    last = resolution.texts.aggregate(last=Max("number"))["last"] or 0
    version = _write(actor, resolution, last + 1, text, reason)
    record(actor=actor, action="resolution.reworded", subject=resolution)
    return version


@transaction.atomic
def settle_resolution(*, actor: Actor, resolution: Resolution, state: WorkState, remark: str = "") -> Resolution:
    """Say how far a resolution is carried out."""
    resolution = _locked(actor, resolution)
    resolution.state, resolution.remark = state.value, remark or resolution.remark
    resolution.done_on = timezone.localdate() if state is WorkState.DONE else None
    resolution.save(update_fields=["state", "remark", "done_on"])
    record(actor=actor, action="resolution.settled", subject=resolution)
    return resolution


def _in_meeting(actor: Actor, item: AgendaItem, facts: ResolutionFacts) -> ResolutionFacts:
    """The facts with the day of the meeting, if it may decide like this."""
    meeting = open_meeting(actor, item.meeting)
    if facts.outcome is Outcome.ADOPTED and not quorum_of(meeting, attendance_of(meeting)).is_met:
        raise SteeringRefused(SteeringProblem.NO_QUORUM)
    return replace(facts, decided_on=meeting.day)


def _locked(actor: Actor, resolution: Resolution) -> Resolution:
    found = Resolution.objects.kept_by(actor).select_for_update(of=("self",)).filter(pk=resolution.pk).first()
    if found is None:
        raise PermissionDenied
    return found


def _take_over(resolution: Resolution, facts: ResolutionFacts) -> None:
    resolution.title, resolution.outcome, resolution.decided_on = facts.title, facts.outcome.value, facts.decided_on
    votes = facts.votes or (None, None, None)
    resolution.votes_for, resolution.votes_against, resolution.abstentions = votes
    resolution.effective_on, resolution.due_on = facts.effective_on, facts.due_on
    resolution.responsible, resolution.responsible_seat_id = facts.responsible, facts.responsible_seat_id
    with refused_as_problems():
        resolution.save()


def _write(actor: Actor, resolution: Resolution, number: int, text: str, reason: str) -> ResolutionText:
    if actor.account_id is None:
        raise PermissionDenied
    return ResolutionText.objects.create(
        resolution=resolution,
        number=number,
        text=text,
        reason=reason,
        written_on=timezone.localdate(),
        written_by_id=actor.account_id,
    )
