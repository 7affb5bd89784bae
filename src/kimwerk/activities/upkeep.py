"""Keeps months counted ahead while nobody waits."""

from __future__ import annotations

from procrastinate.contrib.django import app

from kimwerk.activities.figures import count_months_ahead

TURNS = 40
"""Turns of 200 months each after which other jobs get their chance."""


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="activities.count_ahead", name="activities.count_ahead")
def count_ahead(timestamp: int) -> None:
    """Every other minute: count the months in which something changed."""
    for _turn in range(TURNS):
        if not count_months_ahead():
            return
