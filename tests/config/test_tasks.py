"""What a dead worker had in hand is put back; what a living one has is left to it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from kimwerk.config.tasks import take_over
from tests.cast import Cast


async def work() -> None:
    """Begin as a worker does, and leave no connection behind."""
    await take_over(app.job_manager)
    await sync_to_async(connections.close_all)()


@pytest.mark.parametrize(("silent", "status"), [("1 second", "doing"), ("1 minute", "todo")])
def test_work_in_hand_is_put_back_once_its_worker_is_silent(copied: Cast, silent: str, status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - %s::interval) returning id", [silent]
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            "insert into procrastinate_jobs (task_name, queue_name, status, worker_id)"
            " values ('audit.seal', 'default', 'doing', %s)",
            [worker],
        )
    with ThreadPoolExecutor(1) as other:  # the browser of the journeys has a loop in this thread
        other.submit(asyncio.run, work()).result()
    assert [job.status for job in ProcrastinateJob.objects.all()] == [status]
