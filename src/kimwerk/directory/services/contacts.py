"""Keeping professional contacts. Whoever enters or changes one has checked it that day."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.directory.models import Contact, Office, Organisation
from kimwerk.directory.services.organisations import locked
from kimwerk.kernel.names import sort_key


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """What is known of a person in their profession."""

    family_name: str
    given_name: str = ""
    function: str = ""
    office: Office | None = None
    email: str = ""
    phone: str = ""


@transaction.atomic
def add_contact(*, actor: Actor, organisation: Organisation, facts: ContactFacts) -> Contact:
    """Add a contact at the organisation, checked today."""
    organisation = locked(actor, organisation)
    contact = Contact(organisation=organisation)
    _take_over(contact, facts)
    _check(contact, actor)
    contact.save()
    return contact


@transaction.atomic
def change_contact(*, actor: Actor, contact: Contact, facts: ContactFacts) -> Contact:
    """Correct a contact, which is thereby checked today."""
    contact = _locked(actor, contact)
    _take_over(contact, facts)
    _check(contact, actor)
    contact.save()
    return contact


@transaction.atomic
def verify_contact(*, actor: Actor, contact: Contact) -> None:
    """The contact was found right today."""
    contact = _locked(actor, contact)
    _check(contact, actor)
    contact.save(update_fields=["verified_on", "verified_by_id"])
    record(actor=actor, action="contact.verified", subject=contact)


@transaction.atomic
def remove_contact(*, actor: Actor, contact: Contact) -> None:
    """Delete a contact, for good: nobody needs the name of somebody who has left."""
    contact = _locked(actor, contact)
    record(actor=actor, action="contact.removed", subject=contact)
    contact.delete()


def _locked(actor: Actor, contact: Contact) -> Contact:
    contact = Contact.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=contact.pk)
    locked(actor, contact.organisation)
    return contact


def _check(contact: Contact, actor: Actor) -> None:
    contact.verified_on, contact.verified_by_id = timezone.localdate(), actor.account_id


def _take_over(contact: Contact, facts: ContactFacts) -> None:
    contact.family_name, contact.given_name = facts.family_name, facts.given_name
    contact.sort_key = sort_key(f"{facts.family_name} {facts.given_name}")
    contact.function, contact.office = facts.function, facts.office
    contact.email, contact.phone = facts.email, facts.phone
