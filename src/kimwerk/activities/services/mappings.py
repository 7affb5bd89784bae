"""Changing what entries of lists are called in somebody else's statistics: the past keeps its names."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from kimwerk.activities.models.mapping import SchemeMapping


def give_way(latest: SchemeMapping | None, since: date | None) -> date | None:
    """Let the latest name end where the next one begins, or take it away if that is no later. Returns that day.

    None for `since` corrects the latest name, for all of its days. What was taken off leaves its past.
    """
    begins: date | None = latest.valid.lower if latest else None
    ended: date | None = latest.valid.upper if latest else None
    if ended:
        return max(since or ended, ended)
    if latest and (since is None or (begins and since <= begins)):
        latest.delete()
        return begins
    if latest:
        latest.valid = DateRange(begins, since)
        latest.save(update_fields=["valid"])
    return since
