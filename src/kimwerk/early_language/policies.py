"""Questions about rights to the language programme. They change nothing."""

from __future__ import annotations

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission


def may_keep(actor: Actor, organisation_id: int) -> bool:
    """Whether the actor keeps the language programme of an organisation."""
    return organisation_id in actor.scope(Permission.EARLY_LANGUAGE_KEEP).touched_organisations
