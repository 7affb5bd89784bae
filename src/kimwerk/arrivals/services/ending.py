"""What becomes of rows in the end: a file for who agreed, erasure with a protocol for everybody."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models import CareTaken, Erasure, Occasion, Registration
from kimwerk.arrivals.policies import may_check, may_take_into_care
from kimwerk.arrivals.services.refusals import NotAgreed, TooEarlyToErase
from kimwerk.arrivals.services.writing import account_of
from kimwerk.audit.services import record
from kimwerk.persons.services import register_person
from kimwerk.persons.types import NameFacts, NameKind, PersonFacts, Sex


@transaction.atomic
def take_into_care(*, actor: Actor, registration: Registration, agreed_on: date) -> CareTaken:
    """Open a file for somebody who agreed to be counselled, entrusted to whoever opens it. Done twice, it is one file.

    Raises NotAgreed, PersonRefused.
    """
    found = Registration.objects.visible_to(actor).counting().select_for_update(of=("self",))
    current = found.filter(pk=registration.pk).first()
    if current is None or not may_take_into_care(actor, current):
        raise PermissionDenied
    known = CareTaken.objects.visible_to(actor).filter(registration=current).first()
    if known is not None:
        return known
    if not current.arrived_on <= agreed_on <= timezone.localdate():
        raise NotAgreed
    person = register_person(actor=actor, facts=_facts(current))
    taken = CareTaken.objects.create(
        registration=current, person=person, agreed_on=agreed_on, taken_by_id=account_of(actor)
    )
    record(actor=actor, action="registration.taken_into_care", subject=current)
    return taken


def forget_origin(actor: Actor, person_id: int) -> None:
    """Cut the thread between an erased person and their row, by which they could be told again."""
    cut, _by_table = CareTaken.objects.of_person(person_id).delete()
    if cut:
        record(actor=actor, action="registration.origin_forgotten", amount=cut)


@transaction.atomic
def erase_occasion(*, actor: Actor, occasion: Occasion) -> Erasure:
    """Erase every row of an occasion, whoever holds it. Numbers, receipts and the protocol stay.

    Raises TooEarlyToErase.
    """
    if not may_check(actor, occasion.organisation_id):
        raise PermissionDenied
    if not Occasion.objects.to_be_erased(timezone.localdate()).filter(pk=occasion.pk).exists():
        raise TooEarlyToErase
    with connection.cursor() as cursor:
        cursor.execute("select arrivals_erase(%s)", [occasion.pk])
        erasure = Erasure.objects.get(pk=cursor.fetchone()[0])
    record(actor=actor, action="occasion.erased", subject=occasion, amount=erasure.rows)
    return erasure


def _facts(row: Registration) -> PersonFacts:
    original = NameFacts(NameKind.ORIGINAL_SCRIPT, row.original_family, row.original_given)
    return PersonFacts(
        organisation_id=row.organisation_id,
        family_name=row.family_name,
        given_names=row.given_names,
        names=(original,) if row.original_family else (),
        birth_date=row.birth_date,
        sex=Sex(row.sex),
        nationalities=(row.nationality,) if row.nationality else (),
        municipality_id=row.municipality_id,
        street=row.street,
        postcode=row.postcode,
        town=row.town,
        phone=row.phone,
        arrived_municipality_on=row.arrived_on,
    )
