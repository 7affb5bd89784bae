"""Periodic work on the identities of people."""

from __future__ import annotations

from django.db import connection
from procrastinate.contrib.django import app

from kimwerk.persons.services.counting import count_common_keys


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="persons.count_common_keys")
def count_keys(timestamp: int) -> None:  # noqa: ARG001  # the scheduler passes it by name
    """Every night: count which names and keys very many share."""
    connection.close_if_unusable_or_obsolete()
    count_common_keys()
