"""Making reports in the worker."""

from __future__ import annotations

import logging

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from kimwerk.access.walls import acting
from kimwerk.accounts.selectors import actor_by_id
from kimwerk.reporting.services.builds import run_build
from kimwerk.reporting.services.datasets import forget_data_sets
from kimwerk.reporting.services.publishing import run_publication
from kimwerk.reporting.services.scheduling import begin_scheduled

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


@app.task(name="reporting.publish_tables")
def publish_tables(publication_id: int, account_id: int) -> None:
    """Protect and publish the tables that were ordered, as whoever ordered them."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    actor = actor_by_id(account_id)
    if actor is None:
        logger.warning("publication ordered by somebody without a role", extra={"publication": publication_id})
    else:
        run_publication(actor=actor, publication_id=publication_id)


@app.periodic(cron="10 4 * * *")
@app.task(queueing_lock="reporting.begin_reports")
def begin_reports(timestamp: int) -> None:  # noqa: ARG001  # the scheduler passes it by name
    """Every night: begin the reports of schedules whose period is over, each as its author."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("select id, author_id from reporting_running_schedules()")
        running: list[tuple[int, int]] = cursor.fetchall()
    for schedule_id, author_id in running:
        actor = actor_by_id(author_id)
        if actor is None:
            logger.warning("report schedule of somebody without a role", extra={"schedule": schedule_id})
            continue
        with acting(actor):
            begin_scheduled(actor=actor, schedule_id=schedule_id, today=timezone.localdate())
