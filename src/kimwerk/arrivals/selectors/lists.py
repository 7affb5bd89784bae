"""The lists: rows, families, versions. How many there are is told by `numbers`, which match by `rows`."""

from __future__ import annotations

from uuid import UUID

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models import DeliveredRow, Registration, RegistrationVersion
from kimwerk.arrivals.types import MemberFacts, SharedFacts
from kimwerk.persons.types import Sex


def family_of(actor: Actor, row: Registration) -> tuple[Registration, ...]:
    """Everybody who was registered together with the row, itself included, by age."""
    found = Registration.objects.visible_to(actor).filter(family=row.family)
    return tuple(found.select_related("municipality").in_order())


def rows_of_family(actor: Actor, key: UUID) -> tuple[Registration, ...]:
    """What was registered under this key, in the order of the form."""
    return tuple(Registration.objects.visible_to(actor).filter(family=key).order_by("place_in_family"))


def was_fetched(row: Registration) -> bool:
    """Whether any office has had the row."""
    return DeliveredRow.objects.filter(registration=row).exists()


def versions_of(actor: Actor, row: Registration) -> tuple[RegistrationVersion, ...]:
    """What the row said before its corrections, the latest first."""
    found = RegistrationVersion.objects.visible_to(actor).filter(registration=row)
    return tuple(found.select_related("written_by").order_by("-number"))


def member_facts(row: Registration) -> MemberFacts:
    """What the row says about the person."""
    return MemberFacts(
        family_name=row.family_name,
        given_names=row.given_names,
        original_family=row.original_family,
        original_given=row.original_given,
        sex=Sex(row.sex),
        birth_date=row.birth_date,
        nationality=row.nationality,
        needs_school=row.needs_school,
        needs_childcare=row.needs_childcare,
        is_health_urgent=row.is_health_urgent,
        guardian=row.guardian,
    )


def shared_facts(row: Registration) -> SharedFacts:
    """What the row says about where the person lives and since when."""
    return SharedFacts(
        municipality_id=row.municipality_id,
        arrived_on=row.arrived_on,
        street=row.street,
        postcode=row.postcode,
        town=row.town,
        host=row.host,
        phone=row.phone,
    )
