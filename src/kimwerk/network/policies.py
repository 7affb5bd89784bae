"""Questions about rights to the network log. They change nothing."""

from __future__ import annotations

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission


def may_keep(actor: Actor, organisation_id: int) -> bool:
    """Whether the actor writes into the network log of this organisation."""
    return organisation_id in actor.scope(Permission.NETWORK_KEEP).touched_organisations
