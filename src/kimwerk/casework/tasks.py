"""Periodic work on cases."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from kimwerk.casework.services.stopping import lapse_referrals


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="casework.lapse_referrals")
def lapse(timestamp: int) -> None:  # noqa: ARG001  # the scheduler passes it by name
    """Every night: end referrals that nobody answered long after their deadline."""
    connection.close_if_unusable_or_obsolete()
    lapse_referrals(timezone.localdate())
