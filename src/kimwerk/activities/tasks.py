"""Background work on imports: thin, as the person who ordered it, safe to be done twice."""

from __future__ import annotations

import logging

from django.db import connection
from procrastinate.contrib.django import app

from kimwerk.access.actors import Actor
from kimwerk.accounts.selectors import actor_by_id
from kimwerk.activities.figures import count_months_ahead
from kimwerk.activities.services.tallies import applying, checking, orders, reading
from kimwerk.activities.services.tallies.applying import ConfirmationNeeded
from kimwerk.activities.services.tallies.cancelling import forget_uploads
from kimwerk.activities.services.tallies.states import Superseded, TallyForgotten, TallyNotReady

logger = logging.getLogger(__name__)
OVERTAKEN = (Superseded, TallyNotReady, TallyForgotten)
"""Somebody cancelled, or another worker was faster: there is nothing left to do."""

TURNS_OF_COUNTING = 40
"""Turns of counting ahead, of 200 months each, after which other jobs get their chance."""


@app.task(name=orders.READ)
def read_tally(*, tally_id: int, account_id: int) -> None:
    """Look into an uploaded file."""
    if actor := _actor(account_id, tally_id):
        try:
            reading.read_tally(actor=actor, tally_id=tally_id)
        except OVERTAKEN as reason:
            logger.info("tally put down", extra={"tally": tally_id, "reason": type(reason).__name__})
        except Exception:
            reading.give_up(actor=actor, tally_id=tally_id)
            raise


@app.task(name=orders.CHECK)
def check_tally(*, tally_id: int, account_id: int) -> None:
    """Judge the rows of an import."""
    if actor := _actor(account_id, tally_id):
        try:
            checking.check_tally(actor=actor, tally_id=tally_id)
        except OVERTAKEN as reason:
            logger.info("tally put down", extra={"tally": tally_id, "reason": type(reason).__name__})
        except Exception:
            checking.give_up(actor=actor, tally_id=tally_id)
            raise


@app.task(name=orders.APPLY)
def apply_tally(*, tally_id: int, account_id: int) -> None:
    """Write the rows of an import into the diary."""
    if actor := _actor(account_id, tally_id):
        try:
            applying.apply_tally(actor=actor, tally_id=tally_id)
        except (*OVERTAKEN, ConfirmationNeeded) as reason:
            logger.info("tally put down", extra={"tally": tally_id, "reason": type(reason).__name__})
        except Exception:
            applying.put_back(actor=actor, tally_id=tally_id)
            raise


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="activities.count_ahead")
def count_ahead(timestamp: int) -> None:  # noqa: ARG001  # the scheduler hands it over
    """Every other minute: count the months in which something changed, before somebody asks."""
    connection.close_if_unusable_or_obsolete()
    for _turn in range(TURNS_OF_COUNTING):
        if not count_months_ahead():
            return


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="activities.forget_uploads")
def forget(timestamp: int) -> None:  # noqa: ARG001  # the scheduler passes it by name
    """Every night: forget files and cells of imports whose time is over."""
    forget_uploads()


def _actor(account_id: int, tally_id: int) -> Actor | None:
    """Whoever ordered it, with the roles of now; without any, the work is not done."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    actor = actor_by_id(account_id)
    if actor is None:
        logger.warning("tally ordered by somebody without a role", extra={"tally": tally_id})
    return actor
