"""Questions about rights to persons. They change nothing."""

from __future__ import annotations

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.persons.models import Care, Person
from kimwerk.persons.types import CareReason


def may_register(actor: Actor, organisation_id: int) -> bool:
    """Whether a file may be opened for somebody at this organisation."""
    return organisation_id in actor.scope(Permission.PERSON_KEEP).touched_organisations


def may_ask_elsewhere(actor: Actor, organisation_id: int) -> bool:
    """Whether others may be asked for a person on behalf of this organisation: by whoever registers people there."""
    registers = actor.scope(Permission.REGISTRATION_KEEP).touched_organisations
    return may_register(actor, organisation_id) or organisation_id in registers


def may_open(actor: Actor, person: Person) -> bool:
    """Whether the person's file may be read: whoever is entrusted with them now."""
    return Person.objects.visible_to(actor).filter(pk=person.pk).exists()


def may_keep(actor: Actor, person: Person) -> bool:
    """Whether the person's file may be changed: entrusted, and with the right to keep files there."""
    return may_register(actor, person.organisation_id) and may_open(actor, person)


def may_entrust(actor: Actor, person_id: int, organisation_id: int, account_id: int, reason: CareReason) -> bool:
    """Whoever keeps the file without an end in sight; whoever oversees cases, but not to themselves.

    To themselves, those who oversee may only break the glass.
    """
    if organisation_id in actor.scope(Permission.CASE_OVERSEE).touched_organisations:
        return account_id != actor.account_id or reason is CareReason.BREAK_GLASS
    if reason is CareReason.BREAK_GLASS or not may_register(actor, organisation_id):
        return False
    return Care.objects.of(actor).filter(person=person_id, ends_at__isnull=True).exists()


def homes(actor: Actor) -> tuple[int, ...]:
    """The organisations at which the actor may register persons, the usual one first."""
    allowed = actor.scope(Permission.PERSON_KEEP).touched_organisations
    return tuple(dict.fromkeys(grant.organisation_id for grant in actor.grants if grant.organisation_id in allowed))


def may_review_reading(actor: Actor) -> bool:
    """Whether unusual reading of files is this actor's to look into."""
    return actor.can(Permission.AUDIT_READ)
