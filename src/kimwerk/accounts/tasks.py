"""Periodic work on accounts."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from kimwerk.accounts.services import close_dormant_accounts, purge_ended_sessions


@app.periodic(cron="15 3 * * *")
@app.task(queueing_lock="accounts.close_dormant")
def close_dormant(timestamp: int) -> None:  # noqa: ARG001  # the scheduler passes it by name
    """Every night: close accounts that nobody uses, forget sessions that have ended."""
    connection.close_if_unusable_or_obsolete()
    close_dormant_accounts(today=timezone.localdate())
    purge_ended_sessions()
