"""Questions about rights in referrals, conferences and checklists. They change nothing."""

from __future__ import annotations

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.casework.models.case import Case
from kimwerk.casework.models.conference import Conference
from kimwerk.casework.models.referral import Referral


def may_keep_case(actor: Actor, case_id: int | None) -> bool:
    """Whether the actor works on the case, and it is not closed."""
    return case_id is not None and Case.objects.own_of(actor).not_closed().filter(pk=case_id).exists()


def may_answer(actor: Actor, referral: Referral) -> bool:
    """Whoever answers for the queue of the organisation that is asked, or for its part of it."""
    return actor.can_at(Permission.REFERRAL_ANSWER, referral.recipient_id, referral.municipality_id)


def may_plan_learning(actor: Actor, organisation_id: int) -> bool:
    """Whether anonymised conferences may be held in this organisation."""
    scopes = (actor.scope(Permission.CASE_WORK), actor.scope(Permission.CASE_OVERSEE))
    return any(organisation_id in scope.touched_organisations for scope in scopes)


def may_hold(actor: Actor, conference: Conference) -> bool:
    """Whoever works on its case; an anonymised one, whoever holds such conferences there."""
    if conference.case_id is None:
        return may_plan_learning(actor, conference.organisation_id)
    return may_keep_case(actor, conference.case_id)


def learning_homes(actor: Actor) -> tuple[int, ...]:
    """The organisations in which the actor may plan anonymised conferences, the usual one first."""
    held = (grant.organisation_id for grant in actor.grants)
    return tuple(dict.fromkeys(each for each in held if may_plan_learning(actor, each)))
