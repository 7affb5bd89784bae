"""Questions about rights to surveys. They change nothing."""

from __future__ import annotations

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission


def may_keep(actor: Actor, organisation_id: int) -> bool:
    """Whether the actor writes and sends the surveys of an organisation."""
    return organisation_id in actor.scope(Permission.SURVEY_MANAGE).touched_organisations
