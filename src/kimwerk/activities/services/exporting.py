"""Taking entries out as a file: asked, and written into the log with their number."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from kimwerk.access.actors import Actor
from kimwerk.activities.policies import may_export
from kimwerk.activities.selectors.entries import EntryTotals, totals
from kimwerk.activities.types import EntryFilter
from kimwerk.audit.services import record, record_read


def begin_export(*, actor: Actor, asked: EntryFilter) -> EntryTotals:
    """Record that so many rows leave as a file; gives their number and sums."""
    if not may_export(actor):
        raise PermissionDenied
    found = totals(actor, asked)
    record(actor=actor, action="activity.exported", amount=found.activities)
    if asked.is_team and found.activities:
        record_read(actor=actor, subject_type="activities_activity", amount=found.activities)
    return found
