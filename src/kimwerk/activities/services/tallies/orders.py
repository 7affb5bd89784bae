"""Putting work into the hands of a worker, as the person who orders it."""

from __future__ import annotations

from procrastinate.contrib.django import app

from kimwerk.access.actors import Actor
from kimwerk.activities.models import TallyImport
from kimwerk.activities.services.tallies.applying import APPLICABLE, begin_applying
from kimwerk.activities.services.tallies.checking import CHECKABLE
from kimwerk.activities.services.tallies.states import TallyForgotten, TallyNotReady, begin_run, held
from kimwerk.activities.states import TallyState
from kimwerk.activities.uploads.running import is_silent

READ, CHECK, APPLY = "activities.read_tally", "activities.check_tally", "activities.apply_tally"


def order_reading(*, actor: Actor, tally: TallyImport) -> None:
    """Have the file looked into."""
    _order(READ, actor, tally.pk)


def order_check(*, actor: Actor, tally_id: int) -> TallyImport:
    """Have every row judged, also anew after a worker has died over it."""
    tally = held(actor, tally_id, CHECKABLE)
    if tally.state == TallyState.CHECKING and not is_silent(tally):
        raise TallyNotReady(tally.state)
    if tally.cleared_at or not tally.plan:
        raise TallyForgotten
    tally = begin_run(actor, tally_id, TallyState.CHECKING, CHECKABLE)
    _order(CHECK, actor, tally_id)
    return tally


def order_applying(*, actor: Actor, tally_id: int) -> TallyImport:
    """Have the checked rows written into the diary. Raises ConfirmationNeeded."""
    tally = begin_applying(actor=actor, tally_id=tally_id)
    _order(APPLY, actor, tally_id)
    return tally


def order_again(*, actor: Actor, tally_id: int) -> TallyImport:
    """Order once more what a worker has died over."""
    tally = held(actor, tally_id, {TallyState.UPLOADED, TallyState.CHECKING, *APPLICABLE})
    if not is_silent(tally):
        raise TallyNotReady(tally.state)
    if tally.state == TallyState.UPLOADED:
        order_reading(actor=actor, tally=tally)
        return tally
    if tally.state == TallyState.CHECKING:
        return order_check(actor=actor, tally_id=tally_id)
    _order(APPLY, actor, tally_id)
    return tally


def _order(task: str, actor: Actor, tally_id: int) -> None:
    """In the transaction that ordered it: a job without its state, or a state without its job, cannot be."""
    app.configure_task(task).defer(tally_id=tally_id, account_id=actor.account_id)
