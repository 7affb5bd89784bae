"""Periodic work on cases."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from kimwerk.casework.figures import count_contacts_ahead
from kimwerk.casework.services.stopping import lapse_referrals

TURNS_OF_COUNTING = 40
"""Turns of counting ahead, of 200 months each, after which other jobs get their chance."""


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="casework.count_ahead")
def count_ahead(timestamp: int) -> None:  # noqa: ARG001  # the scheduler hands it over
    """Every other minute: count the months in which contacts changed, before somebody asks."""
    connection.close_if_unusable_or_obsolete()
    for _turn in range(TURNS_OF_COUNTING):
        if not count_contacts_ahead():
            return


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="casework.lapse_referrals")
def lapse(timestamp: int) -> None:  # noqa: ARG001  # the scheduler passes it by name
    """Every night: end referrals that nobody answered long after their deadline."""
    connection.close_if_unusable_or_obsolete()
    lapse_referrals(timezone.localdate())
