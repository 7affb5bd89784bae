"""Who may do what with reports: questions without effects."""

from __future__ import annotations

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.reporting.models import Report


def may_write_for(actor: Actor, organisation_id: int) -> bool:
    """Whether the actor may begin a report of this organisation."""
    reads = actor.can_at(Permission.REPORT_READ, organisation_id)
    counts = actor.can_at(Permission.FIGURE_READ, organisation_id)
    return reads and counts and actor.can_at(Permission.REPORT_WRITE, organisation_id)


def may_write(actor: Actor, report: Report) -> bool:
    """Whether the actor may change the report and have its files made."""
    return may_write_for(actor, report.organisation_id)


def may_release_for(actor: Actor, organisation_id: int) -> bool:
    """Whether the actor may publish numbers of this organisation."""
    return may_write_for(actor, organisation_id) and actor.can_at(Permission.REPORT_RELEASE, organisation_id)


def may_release(actor: Actor, report: Report) -> bool:
    """Whether the actor may release an edition of the report."""
    return may_release_for(actor, report.organisation_id)
