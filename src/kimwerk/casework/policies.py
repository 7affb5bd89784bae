"""Questions about rights to cases. They change nothing."""

from __future__ import annotations

from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.casework.models import Case


def may_open_case(actor: Actor, organisation_id: int) -> bool:
    """Whether counselling may begin at this organisation."""
    return organisation_id in actor.scope(Permission.CASE_WORK).touched_organisations


def may_work_on(actor: Actor, case: Case) -> bool:
    """Whether the actor counsels here: as the responsible case manager, or as deputy for as long as that lasts."""
    if not may_open_case(actor, case.organisation_id):
        return False
    return case.responsible_id == actor.account_id or is_deputy(actor, case)


def is_deputy(actor: Actor, case: Case) -> bool:
    """Whether the actor stands in now."""
    in_force = case.deputy_until is None or case.deputy_until >= timezone.localdate()
    return case.deputy_id == actor.account_id and in_force


def may_write(actor: Actor, case: Case) -> bool:
    """Whether something may be added to the case: by who works on it, until it is closed."""
    return may_work_on(actor, case) and not case.is_closed


def may_oversee(actor: Actor, case: Case) -> bool:
    """Whether the actor supervises here: list, load, assigning; content only by an insight."""
    return case.organisation_id in actor.scope(Permission.CASE_OVERSEE).touched_organisations


def may_hand_over(actor: Actor, case: Case) -> bool:
    """The responsible case manager hands over; the coordination assigns. A deputy does not pass on."""
    own = case.responsible_id == actor.account_id and may_work_on(actor, case)
    return not case.is_closed and (own or may_oversee(actor, case))


def may_close(actor: Actor, case: Case) -> bool:
    """Whether the actor may end the counselling."""
    return may_write(actor, case)


def may_reopen(actor: Actor, case: Case) -> bool:
    """Whether the actor may take a closed case up again."""
    return case.is_closed and case.responsible_id == actor.account_id and may_work_on(actor, case)


def may_look_into(actor: Actor, case: Case) -> bool:
    """Whether the glass may be broken: by the coordination, where it does not work on the case itself."""
    return may_oversee(actor, case) and not may_work_on(actor, case)


def may_set_up(actor: Actor, organisation_id: int) -> bool:
    """Whether the organisation's rules for casework may be set."""
    return organisation_id in actor.scope(Permission.CASE_OVERSEE).organisations


def may_keep_lists(actor: Actor) -> bool:
    """Whether the lists of casework may be kept. They are shared by all organisations of an installation."""
    return actor.can(Permission.CATEGORY_MANAGE)


def homes(actor: Actor) -> tuple[int, ...]:
    """The organisations at which the actor counsels, the usual one first."""
    allowed = actor.scope(Permission.CASE_WORK).touched_organisations
    return tuple(dict.fromkeys(grant.organisation_id for grant in actor.grants if grant.organisation_id in allowed))
