"""Questions about rights to events. They change nothing."""

from __future__ import annotations

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.surveys import policies as surveys


def may_keep(actor: Actor, organisation_id: int) -> bool:
    """Whether the actor plans and holds the events of an organisation."""
    return organisation_id in actor.scope(Permission.EVENT_MANAGE).touched_organisations


def may_ask_back(actor: Actor, organisation_id: int) -> bool:
    """Whether the actor may ask those who were at an event: who keeps both events and surveys there."""
    return may_keep(actor, organisation_id) and surveys.may_keep(actor, organisation_id)
