"""Background work on imports of lists: thin, as the person who ordered it, safe to be done twice."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import connection
from procrastinate.contrib.django import app

from kimwerk.accounts.selectors import actor_by_id
from kimwerk.activities.uploads.running import Superseded, TallyForgotten, TallyNotReady
from kimwerk.arrivals.services.counting import add_up_counts
from kimwerk.arrivals.services.importing import running
from kimwerk.arrivals.services.importing.applying import apply_list as apply
from kimwerk.arrivals.services.importing.checking import check_list as check
from kimwerk.arrivals.services.importing.reading import read_list as read

logger = logging.getLogger(__name__)
OVERTAKEN = (Superseded, TallyNotReady, TallyForgotten)
"""Somebody cancelled, or another worker was faster: there is nothing left to do."""


@app.task(name=running.READ)
def read_list(*, list_id: int, account_id: int) -> None:
    """Look into an uploaded file."""
    _work(read, list_id, account_id)


@app.task(name=running.CHECK)
def check_list(*, list_id: int, account_id: int) -> None:
    """Judge the rows of an import."""
    _work(check, list_id, account_id)


@app.task(name=running.APPLY)
def apply_list(*, list_id: int, account_id: int) -> None:
    """Write the rows of an import onto the list."""
    _work(apply, list_id, account_id)


@app.periodic(cron="50 3 * * *")
@app.task(queueing_lock="arrivals.forget_lists")
def forget(timestamp: int) -> None:  # noqa: ARG001  # the scheduler passes it by name
    """Every night: forget files and cells of imports whose time is over."""
    running.forget_lists()


@app.periodic(cron="25 * * * *")
@app.task(queueing_lock="arrivals.add_up_counts")
def add_up(timestamp: int) -> None:  # noqa: ARG001  # the scheduler passes it by name
    """Every hour: add up what came to the lists and what left them."""
    connection.close_if_unusable_or_obsolete()
    add_up_counts()


def _work(errand: Callable[..., None], list_id: int, account_id: int) -> None:
    """As whoever ordered it, with the roles of now; without any, the work is not done."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    actor = actor_by_id(account_id)
    if actor is None:
        logger.warning("list ordered by somebody without a role", extra={"list": list_id})
        return
    try:
        errand(actor=actor, pk=list_id)
    except OVERTAKEN as reason:
        logger.info("list put down", extra={"list": list_id, "reason": type(reason).__name__})
    except Exception:
        running.give_up(actor=actor, pk=list_id)
        raise
