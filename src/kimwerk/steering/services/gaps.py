"""A gap of the system goes its way with the agenda it stands on, and with what is resolved there."""

from __future__ import annotations

from collections.abc import Iterable

from kimwerk.access.actors import Actor
from kimwerk.needs.models import Gap
from kimwerk.needs.services import move_gap
from kimwerk.needs.types import NEXT, GapState
from kimwerk.steering.models import AgendaItem
from kimwerk.steering.types import ItemSource, Outcome

BY_OUTCOME = {
    Outcome.ADOPTED: GapState.RESOLVED,
    Outcome.REJECTED: GapState.REJECTED,
    Outcome.DEFERRED: GapState.DEFERRED,
}


def present_gaps(actor: Actor, gap_ids: Iterable[int]) -> None:
    """Gaps that were taken onto an agenda are presented."""
    for gap in Gap.objects.kept_by(actor).waiting().filter(pk__in=list(gap_ids)):
        move_gap(actor=actor, gap=gap, state=GapState.PRESENTED)


def follow_resolution(actor: Actor, item: AgendaItem, outcome: Outcome, title: str) -> None:
    """What is resolved at the item of a gap is said of the gap too; a second resolution there changes nothing more."""
    if item.source != ItemSource.GAP:
        return
    gap = Gap.objects.kept_by(actor).filter(pk=item.source_id or 0).first()
    if gap is not None and BY_OUTCOME[outcome] in NEXT[GapState(gap.state)]:
        move_gap(actor=actor, gap=gap, state=BY_OUTCOME[outcome], reason=title)
