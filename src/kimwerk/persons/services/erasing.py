"""Erasing a person. What remains is an empty row and the proof of who was entrusted with it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.accounts.selectors import names_of
from kimwerk.audit.services import record
from kimwerk.kernel.figures import Text
from kimwerk.persons.erasures import bid_farewell, objections_of
from kimwerk.persons.keys import destroy_key
from kimwerk.persons.models import (
    Care,
    HouseholdMember,
    IdentityDocument,
    Language,
    NameToken,
    Nationality,
    Person,
    PersonName,
    ResidenceStatus,
)
from kimwerk.persons.services.files import locked, touch
from kimwerk.persons.services.refusals import ErasureRefused
from kimwerk.persons.types import Sex

PARTS = (ResidenceStatus, IdentityDocument, HouseholdMember, Language, Nationality, PersonName, NameToken)
BLANK_TEXTS = (
    *("family_name", "given_names", "title", "prefix", "sort_key", "birth_country", "interpreter_language"),
    *("street", "postcode", "town", "phone", "email", "preferred_channel"),
)
EMPTY_VALUES = ("birth_date", "birth_year", "municipality_id", "arrived_germany_on", "arrived_municipality_on")


@transaction.atomic
def erase_person(*, actor: Actor, person_id: int) -> None:
    """Destroy the person's key and everything that tells who they were; nobody opens the file again.

    Every room above is asked first and erases its part. Raises ErasureRefused where something speaks against it.
    """
    person = locked(actor, person_id)
    if objections := (*_others(actor, person_id), *objections_of(actor, person_id)):
        raise ErasureRefused(objections)
    bid_farewell(actor, person_id)
    destroy_key(person_id)
    _blank(person, actor)
    for part in PARTS:
        part.objects.filter(person=person_id).delete()
    HouseholdMember.objects.filter(file=person_id).update(file=None)
    Care.objects.filter(person=person_id, ends_at__isnull=True).update(ends_at=Now())
    record(actor=actor, action="person.erased", subject=person)


def _others(actor: Actor, person_id: int) -> Iterator[Text]:
    """Whoever else is entrusted has work with the person that the actor may not see."""
    running = Care.objects.in_force().filter(person=person_id).exclude(account=actor.account_id)
    for name in sorted(names_of(running.values_list("account", flat=True)).values()):
        yield _("%(name)s is entrusted with the person too. Settle it first.") % {"name": name}


def _blank(person: Person, actor: Actor) -> None:
    for column in BLANK_TEXTS:
        setattr(person, column, "")
    for column in EMPTY_VALUES:
        setattr(person, column, None)
    person.match_keys = []
    person.sex = Sex.UNKNOWN.value
    person.erased_at = timezone.now()
    touch(person, actor)
    person.save()
