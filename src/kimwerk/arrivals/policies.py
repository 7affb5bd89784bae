"""Questions about rights to registration lists. They change nothing."""

from __future__ import annotations

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.models import Registration


def may_register(actor: Actor, organisation_id: int, municipality_id: int) -> bool:
    """Whether somebody may be entered into the list of this municipality."""
    return actor.can_at(Permission.REGISTRATION_KEEP, organisation_id, municipality_id)


def may_check(actor: Actor, organisation_id: int, municipality_id: int | None = None) -> bool:
    """Whether rows of this place may be checked, merged and released; without a place, occasions be kept."""
    return actor.can_at(Permission.REGISTRATION_CHECK, organisation_id, municipality_id)


def may_import(actor: Actor, organisation_id: int) -> bool:
    """Whether a whole list may be brought in: by whoever registers or checks somewhere in the organisation."""
    kept = actor.scope(Permission.REGISTRATION_KEEP).touched_organisations
    return organisation_id in kept | actor.scope(Permission.REGISTRATION_CHECK).touched_organisations


def may_correct(actor: Actor, registration: Registration) -> bool:
    """Whether the row may be corrected: by whoever registers there, and by whoever checks."""
    place = registration.organisation_id, registration.municipality_id
    return may_register(actor, *place) or may_check(actor, *place)


def may_receive(actor: Actor, recipient_id: int) -> bool:
    """Whether the actor says what this office needs, fetches it and works with it."""
    return actor.can_at(Permission.REGISTRATION_RECEIVE, recipient_id)


def may_take_into_care(actor: Actor, registration: Registration) -> bool:
    """Whether the actor may open a file for somebody on the list: by registering there and keeping files there."""
    place = registration.organisation_id, registration.municipality_id
    return may_register(actor, *place) and registration.organisation_id in (
        actor.scope(Permission.PERSON_KEEP).touched_organisations
    )
