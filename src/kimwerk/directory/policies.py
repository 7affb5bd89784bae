"""Who keeps which part of the directory, and when a contact must be checked again."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date, timedelta

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.directory.models import Contact, Organisation

CHECK_AFTER = timedelta(days=365)
"""A contact that nobody has checked for so long is overdue."""


def may_keep(actor: Actor, organisation: Organisation, districts: AbstractSet[int]) -> bool:
    """Whether the actor may change the organisation with its offices, sites and contacts.

    An organisation that keeps data here is kept by its own people only. Any other one (a job centre,
    a welfare association) is kept by whoever keeps the directory for its district; `districts` are
    those of the organisations where the actor does.
    """
    if organisation.is_controller:
        return actor.can_at(Permission.DIRECTORY_MANAGE, organisation.pk)
    may = actor.can(Permission.DIRECTORY_MANAGE)
    return may and (organisation.district_id is None or organisation.district_id in districts)


def is_overdue(contact: Contact, today: date) -> bool:
    """Whether the contact was never checked, or too long ago."""
    return contact.verified_on is None or contact.verified_on < today - CHECK_AFTER
