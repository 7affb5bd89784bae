"""What all errands of an import share: holding it, and the refusals they speak in."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.activities.models import TallyImport
from kimwerk.activities.policies import may_work_on
from kimwerk.activities.states import TallyState


class TallyNotReady(Exception):
    """The import is in another state than the errand needs, perhaps since somebody else was faster."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = TallyState(state)


class TallyForgotten(Exception):
    """The file and its cells were forgotten when their time was over; it must be uploaded again."""


class Superseded(Exception):
    """Another worker has taken over, or somebody cancelled: this one puts down its tools."""


def held(actor: Actor, tally_id: int, states: Collection[TallyState]) -> TallyImport:
    """The import, locked until the transaction ends. Raises PermissionDenied and TallyNotReady."""
    tally = TallyImport.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=tally_id).first()
    if tally is None or not may_work_on(actor, tally):
        raise PermissionDenied
    if tally.state not in states:
        raise TallyNotReady(tally.state)
    return tally


def move(tally: TallyImport, state: TallyState, *also: str) -> None:
    """Put the import into a state and save that, with the other fields named."""
    tally.state, tally.moved_at = state.value, timezone.now()
    tally.save(update_fields=["state", "moved_at", *also])


def begin_run(actor: Actor, tally_id: int, state: TallyState, states: Collection[TallyState]) -> TallyImport:
    """Take the import over for work in `state`; whoever was at it before notices at their next step."""
    tally = held(actor, tally_id, states)
    if tally.cleared_at:
        raise TallyForgotten
    tally.run += 1
    tally.rows_done, tally.is_cancel_asked, tally.refusal, tally.refusal_detail = 0, False, "", ""
    tally.started_at, tally.finished_at = timezone.now(), None
    fields = ("run", "rows_done", "is_cancel_asked", "refusal", "refusal_detail", "started_at", "finished_at")
    move(tally, state, *fields)
    return tally


def still_mine(tally: TallyImport) -> TallyImport:
    """The import as it stands now, locked, if this run is still the one at work. Raises Superseded."""
    now = TallyImport.objects.select_for_update(of=("self",)).filter(pk=tally.pk, run=tally.run).first()
    if now is None or now.state != tally.state:
        raise Superseded
    return now
