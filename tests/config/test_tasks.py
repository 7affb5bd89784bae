"""What a dead worker had in hand is put back; what a living one has is left to it."""

from __future__ import annotations

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from kimwerk.config.tasks import take_over


@pytest.mark.django_db
@pytest.mark.parametrize(("silent", "status"), [("1 second", "doing"), ("1 minute", "todo")])
def test_work_in_hand_is_put_back_once_its_worker_is_silent(silent: str, status: str) -> None:
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
    async_to_sync(take_over)(app.job_manager)
    assert [job.status for job in ProcrastinateJob.objects.all()] == [status]
