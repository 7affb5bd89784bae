"""Erasing a person. What remains is an empty row and the proof of who was entrusted with it."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.persons.erasures import bid_farewell
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
from kimwerk.persons.selectors.erasing import objections_to_erasure
from kimwerk.persons.services.files import locked, touch
from kimwerk.persons.services.refusals import ErasureRefused
from kimwerk.persons.types import ErasureReason, Sex

PARTS = (ResidenceStatus, IdentityDocument, HouseholdMember, Language, Nationality, PersonName, NameToken)
BLANK_TEXTS = (
    *("family_name", "given_names", "title", "prefix", "sort_key", "birth_country", "interpreter_language"),
    *("street", "postcode", "town", "phone", "email", "preferred_channel"),
)
EMPTY_VALUES = ("birth_date", "birth_year", "municipality_id", "arrived_germany_on", "arrived_municipality_on")


@transaction.atomic
def erase_person(*, actor: Actor, person_id: int, reason: ErasureReason) -> None:
    """Destroy the person's key and everything that tells who they were; nobody opens the file again.

    Every room above is asked first and erases its part. Raises ErasureRefused where something speaks against it.
    The reason stays in the empty row, one of a few, so that no text can tell again who it was.
    """
    person = locked(actor, person_id)
    if objections := objections_to_erasure(actor, person_id):
        raise ErasureRefused(objections)
    bid_farewell(actor, person_id)
    destroy_key(person_id)
    _blank(person, actor, reason)
    for part in PARTS:
        part.objects.filter(person=person_id).delete()
    HouseholdMember.objects.filter(file=person_id).update(file=None)
    Care.objects.filter(person=person_id, ends_at__isnull=True).update(ends_at=Now())
    record(actor=actor, action="person.erased", subject=person)


def _blank(person: Person, actor: Actor, reason: ErasureReason) -> None:
    for column in BLANK_TEXTS:
        setattr(person, column, "")
    for column in EMPTY_VALUES:
        setattr(person, column, None)
    person.match_keys = []
    person.sex = Sex.UNKNOWN.value
    person.erased_at, person.erasure_reason = timezone.now(), reason.value
    touch(person, actor)
    person.save()
