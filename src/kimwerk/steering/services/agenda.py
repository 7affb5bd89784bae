"""What a meeting is to deal with: items, their order, and proposals of members."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.steering.models import AgendaItem, Committee, Meeting, Proposal
from kimwerk.steering.selectors.meetings import suggestions_for
from kimwerk.steering.services.gaps import present_gaps
from kimwerk.steering.services.meetings import open_meeting
from kimwerk.steering.services.paper_steps import lay_before, take_back
from kimwerk.steering.types import (
    Direction,
    ItemFacts,
    ItemSource,
    ProposalState,
    SteeringProblem,
    SteeringRefused,
)


@transaction.atomic
def add_item(*, actor: Actor, meeting: Meeting, facts: ItemFacts) -> AgendaItem:
    """Put an item onto the agenda, before other business. Raises SteeringRefused."""
    meeting = open_meeting(actor, meeting)
    item = _insert(meeting, facts)
    record(actor=actor, action="agenda.item_added", subject=item)
    return item


@transaction.atomic
def take_up(*, actor: Actor, meeting: Meeting, keys: Collection[str]) -> int:
    """Put what waits and was chosen onto the agenda; returns how many. Proposals know that they are on it."""
    meeting = open_meeting(actor, meeting)
    chosen = [each for each in suggestions_for(actor, meeting) if each.key in keys]
    for each in chosen:
        _insert(meeting, ItemFacts(each.title, each.text, each.presenter, None, each.source, each.source_id))
    proposals = [each.source_id for each in chosen if each.source is ItemSource.PROPOSAL]
    Proposal.objects.visible_to(actor).filter(pk__in=proposals).update(state=ProposalState.ON_AGENDA.value)
    present_gaps(actor, [each.source_id for each in chosen if each.source is ItemSource.GAP])
    lay_before(meeting, [each.source_id for each in chosen if each.source is ItemSource.PAPER])
    if chosen:
        record(actor=actor, action="agenda.filled", subject=meeting, amount=len(chosen))
    return len(chosen)


@transaction.atomic
def change_item(*, actor: Actor, item: AgendaItem, facts: ItemFacts) -> AgendaItem:
    """Correct what an item is about; where it comes from stays. Raises SteeringRefused."""
    open_meeting(actor, item.meeting)
    item.title, item.text, item.presenter, item.minutes = facts.title, facts.text, facts.presenter, facts.minutes
    item.save(update_fields=["title", "text", "presenter", "minutes"])
    record(actor=actor, action="agenda.item_changed", subject=item)
    return item


@transaction.atomic
def move_item(*, actor: Actor, item: AgendaItem, direction: Direction) -> None:
    """Move an item past its neighbour. Raises SteeringRefused."""
    meeting = open_meeting(actor, item.meeting)
    items = list(meeting.items.order_by("position"))
    at = next(place for place, each in enumerate(items) if each.pk == item.pk)
    to = at + (1 if direction is Direction.DOWN else -1)
    if 0 <= to < len(items):
        items[at], items[to] = items[to], items[at]
        _number(items)
    record(actor=actor, action="agenda.item_moved", subject=item)


@transaction.atomic
def remove_item(*, actor: Actor, item: AgendaItem) -> None:
    """Take an item off the agenda; a proposal waits again. Raises SteeringRefused where something came of it."""
    meeting = open_meeting(actor, item.meeting)
    if item.note_version or item.tasks.exists() or item.resolutions.exists():
        raise SteeringRefused(SteeringProblem.HAS_MINUTES)
    if item.source == ItemSource.PROPOSAL and item.source_id is not None:
        Proposal.objects.visible_to(actor).filter(pk=item.source_id).update(state=ProposalState.OPEN.value)
    take_back(item)
    record(actor=actor, action="agenda.item_removed", subject=item)
    item.delete()
    _number(meeting.items.order_by("position"))


@transaction.atomic
def propose(*, actor: Actor, committee: Committee, title: str, text: str = "") -> Proposal:
    """Propose something for the agenda of a committee whose papers one reads."""
    seen = Committee.objects.visible_to(actor).filter(pk=committee.pk).first()
    if seen is None or actor.account_id is None:
        raise PermissionDenied
    proposal = Proposal.objects.create(committee=seen, title=title, text=text, proposed_by_id=actor.account_id)
    record(actor=actor, action="agenda.proposed", subject=proposal)
    return proposal


@transaction.atomic
def withdraw_proposal(*, actor: Actor, proposal: Proposal) -> None:
    """Take back what one has proposed, as long as it is on no agenda."""
    own = Proposal.objects.visible_to(actor).open().filter(proposed_by=actor.account_id)
    current = own.select_for_update(of=("self",)).filter(pk=proposal.pk).first()
    if current is None:
        raise PermissionDenied
    current.state = ProposalState.WITHDRAWN.value
    current.save(update_fields=["state"])
    record(actor=actor, action="agenda.proposal_withdrawn", subject=current)


def _insert(meeting: Meeting, facts: ItemFacts) -> AgendaItem:
    """A new item at the end, or before other business where that ends the agenda."""
    items = list(meeting.items.order_by("position"))
    is_last_routine = len(items) > 1 and items[-1].source == ItemSource.ROUTINE
    place = len(items) - 1 if is_last_routine else len(items)
    item = AgendaItem.objects.create(
        meeting=meeting,
        position=len(items),
        title=facts.title,
        text=facts.text,
        presenter=facts.presenter,
        minutes=facts.minutes,
        source=facts.source.value,
        source_id=facts.source_id,
    )
    _number([*items[:place], item, *items[place:]])
    return item


def _number(items: Iterable[AgendaItem]) -> None:
    for position, item in enumerate(items):
        if item.position != position:
            item.position = position
            item.save(update_fields=["position"])
