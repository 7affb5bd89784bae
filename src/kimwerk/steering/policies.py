"""Questions about rights to committees. They change nothing."""

from __future__ import annotations

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.steering.models import Committee, Task


def may_keep(actor: Actor, committee: Committee) -> bool:
    """Whether the actor is the committee's office."""
    return actor.can_at(Permission.STEERING_MANAGE, committee.organisation_id)


def may_settle(actor: Actor, task: Task) -> bool:
    """Whether the actor may say how far a task is: the office, and whoever has it."""
    return may_keep(actor, task.committee) or (not actor.is_nobody and task.owner_account_id == actor.account_id)
