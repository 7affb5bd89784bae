"""Questions about rights in the diary. They change nothing."""

from __future__ import annotations

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.activities.models import Activity, TallyImport
from kimwerk.activities.types import Facts


def may_log(actor: Actor, facts: Facts) -> bool:
    """One's own work at a place where one keeps a diary; whoever corrects a team's diary, for everybody there."""
    place = (facts.organisation_id, facts.municipality_id)
    if facts.done_by_id == actor.account_id and actor.can_at(Permission.ACTIVITY_LOG, *place):
        return True
    return actor.can_at(Permission.ACTIVITY_CORRECT, *place)


def may_change(actor: Actor, activity: Activity) -> bool:
    """Correct, remove and bring back: one's own entries, or the team's with the right to correct it."""
    place = (activity.organisation_id, activity.municipality_id)
    if activity.done_by_id == actor.account_id and actor.can_at(Permission.ACTIVITY_LOG, *place):
        return True
    return actor.can_at(Permission.ACTIVITY_CORRECT, *place)


def may_read_team(actor: Actor) -> bool:
    """Whether colleagues' entries may be read anywhere."""
    return actor.can(Permission.ACTIVITY_READ)


def may_log_for_others(actor: Actor, organisation_id: int) -> bool:
    """Whether entries may be made for colleagues of the organisation."""
    return organisation_id in actor.scope(Permission.ACTIVITY_CORRECT).touched_organisations


def may_export(actor: Actor) -> bool:
    """Whether rows may be taken out as a file."""
    return actor.can(Permission.ACTIVITY_EXPORT)


def may_manage_categories(actor: Actor) -> bool:
    """Whether the lists may be kept. They are shared by all organisations of an installation."""
    return actor.can(Permission.CATEGORY_MANAGE)


def may_set_up_diary(actor: Actor, organisation_id: int) -> bool:
    """Whether the organisation's rules for its diary may be set."""
    return organisation_id in actor.scope(Permission.CATEGORY_MANAGE).organisations


def diary_homes(actor: Actor) -> tuple[int, ...]:
    """The organisations in whose diary the actor may enter something, the first one being the usual."""
    held = [grant.organisation_id for grant in actor.grants]
    open_to = (
        actor.scope(Permission.ACTIVITY_LOG).touched_organisations
        | actor.scope(Permission.ACTIVITY_CORRECT).touched_organisations
    )
    return tuple(dict.fromkeys(organisation for organisation in held if organisation in open_to))


def may_import(actor: Actor, organisation_id: int) -> bool:
    """Whether an existing tally may be brought into the organisation's diary."""
    return organisation_id in actor.scope(Permission.ACTIVITY_IMPORT).touched_organisations


def may_import_team(actor: Actor, organisation_id: int) -> bool:
    """Whether rows of colleagues may be brought in too."""
    return organisation_id in actor.scope(Permission.ACTIVITY_IMPORT_TEAM).touched_organisations


def may_import_for(actor: Actor, organisation_id: int, municipality_id: int | None, account_id: int) -> bool:
    """Whether a row about this person's work at this place may be brought in."""
    place = (organisation_id, municipality_id)
    if actor.can_at(Permission.ACTIVITY_IMPORT_TEAM, *place):
        return True
    own = account_id == actor.account_id and actor.can_at(Permission.ACTIVITY_LOG, *place)
    return own and actor.can_at(Permission.ACTIVITY_IMPORT, *place)


def may_work_on(actor: Actor, tally: TallyImport) -> bool:
    """Check, correct, apply, cancel and undo: one's own uploads, or the team's with the right to correct it."""
    if not may_import(actor, tally.organisation_id):
        return False
    if tally.uploaded_by_id == actor.account_id:
        return True
    return tally.organisation_id in actor.scope(Permission.ACTIVITY_CORRECT).organisations


def import_homes(actor: Actor) -> tuple[int, ...]:
    """The organisations into whose diary the actor may import, the first one being the usual."""
    allowed = actor.scope(Permission.ACTIVITY_IMPORT).touched_organisations
    return tuple(dict.fromkeys(g.organisation_id for g in actor.grants if g.organisation_id in allowed))
