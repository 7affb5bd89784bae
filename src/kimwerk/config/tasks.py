"""Work on the work itself: jobs whose worker has died are given to another."""

from __future__ import annotations

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.manager import JobManager


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="config.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:  # noqa: ARG001  # passed by name
    """Every minute: begin anew what a dead worker had in hand. Every task is therefore safe to be done twice."""
    await take_over(context.app.job_manager)


async def take_over(jobs: JobManager) -> None:
    """Put back what is in the hands of a worker that has been silent for half a minute."""
    for job in await jobs.get_stalled_jobs():
        await jobs.retry_job(job)
