"""A paper goes its way with the agendas on which it stands, and with what is voted there."""

from __future__ import annotations

from collections.abc import Collection

from kimwerk.steering.models import AgendaItem, Meeting, PaperStep
from kimwerk.steering.models.paper import WAITING
from kimwerk.steering.types import Competence, ItemSource, Outcome, PaperOutcome

BY_COMPETENCE = {
    Competence.NOTE: PaperOutcome.NOTED,
    Competence.ADVISE: PaperOutcome.RECOMMENDED,
    Competence.DECIDE: PaperOutcome.ADOPTED,
}
BY_VOTE = {Outcome.REJECTED: PaperOutcome.REJECTED, Outcome.DEFERRED: PaperOutcome.DEFERRED}


def lay_before(meeting: Meeting, paper_ids: Collection[int]) -> None:
    """Papers that were taken onto an agenda are dealt with in that meeting."""
    waiting = PaperStep.objects.filter(paper__in=paper_ids, committee=meeting.committee_id, outcome__in=WAITING)
    first = waiting.order_by("paper", "position").distinct("paper").values("pk")
    PaperStep.objects.filter(pk__in=first).update(meeting=meeting, on_day=meeting.day)


def take_back(item: AgendaItem) -> None:
    """A paper whose item is taken off the agenda waits for the next one."""
    if item.source == ItemSource.PAPER:
        of_item = PaperStep.objects.filter(paper=item.source_id, meeting=item.meeting_id, outcome__in=WAITING)
        of_item.update(meeting=None)


def follow_vote(item: AgendaItem, vote: Outcome) -> None:
    """What was voted at the item of a paper is said of its step; one that was deferred waits for the next meeting."""
    if item.source != ItemSource.PAPER:
        return
    for step in PaperStep.objects.filter(paper=item.source_id, meeting=item.meeting_id, outcome__in=WAITING):
        step.outcome = BY_VOTE.get(vote, BY_COMPETENCE[Competence(step.competence)]).value
        step.on_day = item.meeting.day
        if vote is Outcome.DEFERRED:
            step.meeting = None
        step.save(update_fields=["outcome", "on_day", "meeting"])
