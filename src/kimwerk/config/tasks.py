"""Work on the work itself: jobs whose worker has died are given to another."""

from __future__ import annotations

from procrastinate import JobContext
from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="config.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:  # noqa: ARG001  # passed by name
    """Every minute: begin anew what a dead worker had in hand. Every task is therefore safe to be done twice."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)
