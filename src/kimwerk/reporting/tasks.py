"""Making reports in the worker."""

from __future__ import annotations

import logging

from django.db import connection
from procrastinate.contrib.django import app

from kimwerk.accounts.selectors import actor_by_id
from kimwerk.reporting.services.builds import run_build
from kimwerk.reporting.services.datasets import forget_data_sets

logger = logging.getLogger(__name__)


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="reporting.forget_data_sets")
def forget(timestamp: int) -> None:  # noqa: ARG001  # the scheduler passes it by name
    """Every night: delete files for evaluation whose time is over."""
    connection.close_if_unusable_or_obsolete()
    forget_data_sets()


@app.task(name="reporting.build_report")
def build_report(build_id: int, account_id: int) -> None:
    """Make the files that were ordered, in the name and with the rights of whoever ordered them."""
    if not connection.in_atomic_block:  # a worker's connection may have grown old since its last job
        connection.close_if_unusable_or_obsolete()
    actor = actor_by_id(account_id)
    if actor is None:
        logger.warning("report ordered by somebody without a role", extra={"build": build_id})
    else:
        run_build(actor=actor, build_id=build_id)
