"""Questions about rights to committees. They change nothing."""

from __future__ import annotations

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.steering.models import Committee


def may_keep(actor: Actor, committee: Committee) -> bool:
    """Whether the actor is the committee's office."""
    return actor.can_at(Permission.STEERING_MANAGE, committee.organisation_id)
