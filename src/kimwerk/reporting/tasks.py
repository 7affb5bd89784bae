"""Making reports in the worker."""

from __future__ import annotations

import logging

from django.db import connection
from procrastinate.contrib.django import app

from kimwerk.accounts.selectors import actor_by_id
from kimwerk.reporting.services.builds import run_build

logger = logging.getLogger(__name__)


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
