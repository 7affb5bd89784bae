"""What all errands of an import share: holding it, and the refusals they speak in."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import PermissionDenied

from kimwerk.access.actors import Actor
from kimwerk.activities.models import TallyImport
from kimwerk.activities.policies import may_work_on
from kimwerk.activities.states import TallyState
from kimwerk.activities.uploads.running import (
    Superseded,
    TallyForgotten,
    TallyNotReady,
    move,
    still_mine,
    take_over,
)

__all__ = ["Superseded", "TallyForgotten", "TallyNotReady", "begin_run", "held", "move", "still_mine"]


def held(actor: Actor, tally_id: int, states: Collection[TallyState]) -> TallyImport:
    """The import, locked until the transaction ends. Raises PermissionDenied and TallyNotReady."""
    tally = TallyImport.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=tally_id).first()
    if tally is None or not may_work_on(actor, tally):
        raise PermissionDenied
    if tally.state not in states:
        raise TallyNotReady(tally.state)
    return tally


def begin_run(actor: Actor, tally_id: int, state: TallyState, states: Collection[TallyState]) -> TallyImport:
    """Take the import over for work in `state`; whoever was at it before notices at their next step."""
    return take_over(held(actor, tally_id, states), state)
