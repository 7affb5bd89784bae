"""Keeping organisations and their offices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.audit.services import record
from kimwerk.directory.models import District, Municipality, Office, Organisation
from kimwerk.directory.policies import may_keep
from kimwerk.directory.selectors import kept_districts
from kimwerk.directory.types import OrganisationKind
from kimwerk.kernel.names import sort_key


class NameTaken(Exception):
    """Something else bears this name already."""


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """What is known of an organisation."""

    name: str
    kind: OrganisationKind
    district: District | None
    municipality: Municipality | None


@transaction.atomic
def add_organisation(*, actor: Actor, facts: OrganisationFacts) -> Organisation:
    """Take an organisation into the directory; it keeps no data here (founding does that)."""
    organisation = Organisation()
    _take_over(organisation, facts)
    if not actor.can(Permission.DIRECTORY_MANAGE) or not may_keep(actor, organisation, kept_districts(actor)):
        raise PermissionDenied
    with unique_name():
        organisation.save()
    return organisation


@transaction.atomic
def change_organisation(*, actor: Actor, organisation: Organisation, facts: OrganisationFacts) -> Organisation:
    """Correct what is known of an organisation."""
    organisation = locked(actor, organisation)
    _take_over(organisation, facts)
    if not may_keep(actor, organisation, kept_districts(actor)):
        raise PermissionDenied
    with unique_name():
        organisation.save()
    return organisation


@transaction.atomic
def close_organisation(*, actor: Actor, organisation: Organisation, on: date) -> None:
    """From this day on the organisation is no longer offered; what refers to it stays."""
    organisation = locked(actor, organisation)
    organisation.closed_on = on
    organisation.save(update_fields=["closed_on"])
    record(actor=actor, action="organisation.closed", subject=organisation)


@transaction.atomic
def reopen_organisation(*, actor: Actor, organisation: Organisation) -> None:
    """Take the closing back."""
    organisation = locked(actor, organisation)
    organisation.closed_on = None
    organisation.save(update_fields=["closed_on"])
    record(actor=actor, action="organisation.reopened", subject=organisation)


@transaction.atomic
def add_office(*, actor: Actor, organisation: Organisation, name: str) -> Office:
    """Add a part of the organisation that answers for a task."""
    organisation = locked(actor, organisation)
    with unique_name():
        return Office.objects.create(organisation=organisation, name=name)


@transaction.atomic
def rename_office(*, actor: Actor, office: Office, name: str) -> Office:
    """Give an office another name."""
    locked(actor, office.organisation)
    office.name = name
    with unique_name():
        office.save(update_fields=["name"])
    return office


def locked(actor: Actor, organisation: Organisation) -> Organisation:
    """The organisation, locked for the transaction, if the actor keeps it; PermissionDenied if not."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not may_keep(actor, organisation, kept_districts(actor)):
        raise PermissionDenied
    return organisation


@contextmanager
def unique_name() -> Iterator[None]:
    """Turn the database's word about a second bearer of a name into NameTaken."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise NameTaken from error


def _take_over(organisation: Organisation, facts: OrganisationFacts) -> None:
    organisation.name, organisation.sort_key = facts.name, sort_key(facts.name)
    organisation.kind = facts.kind.value
    organisation.district = facts.municipality.district if facts.municipality else facts.district
    organisation.municipality = facts.municipality
