"""Making reports in the worker."""

from __future__ import annotations

from procrastinate.contrib.django import app

from kimwerk.accounts.selectors import actor_by_id
from kimwerk.reporting.services.builds import run_build


@app.task(name="reporting.build_report")
def build_report(build_id: int, account_id: int) -> None:
    """Make the files that were ordered, in the name and with the rights of whoever ordered them."""
    actor = actor_by_id(account_id)
    if actor is not None:
        run_build(actor=actor, build_id=build_id)
