"""Questions about rights to needs and gaps. They change nothing."""

from __future__ import annotations

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission


def may_report(actor: Actor, organisation_id: int) -> bool:
    """Whether the actor may report needs there."""
    return organisation_id in actor.scope(Permission.NEED_REPORT).touched_organisations


def may_bundle(actor: Actor, organisation_id: int) -> bool:
    """Whether the actor checks needs there, bundles them and keeps gaps on their way."""
    return actor.can_at(Permission.NEED_MANAGE, organisation_id)
