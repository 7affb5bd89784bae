"""Periodic work on the log."""

from __future__ import annotations

from django.db import connection
from procrastinate.contrib.django import app

from kimwerk.audit.services import seal_log


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="audit.seal")
def seal(timestamp: int) -> None:  # noqa: ARG001  # the scheduler passes it by name
    """Every ten minutes: seal what is new. Where writers are too busy, the next turn does it."""
    connection.close_if_unusable_or_obsolete()
    seal_log()
