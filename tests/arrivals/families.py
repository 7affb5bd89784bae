"""Families of the tests: invented, and registered by whoever asks for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models import ListContract, Occasion, Registration
from kimwerk.arrivals.services import OccasionFacts, open_occasion, register_family
from kimwerk.arrivals.types import FamilyFacts, MemberFacts, SharedFacts
from kimwerk.persons.types import Sex
from tests.arrivals.offices import contracts
from tests.cast import Cast

COUNTY = "Rhein-Sieg-Kreis"
OKSANA = MemberFacts("Musterenko", "Oksana", "Мустеренко", "Оксана", Sex.FEMALE, date(1988, 4, 12), "166")
DANYLO = MemberFacts("Musterenko", "Danylo", sex=Sex.MALE, birth_date=date(2012, 9, 1), needs_school=True)
SOFIIA = MemberFacts("Musterenko", "Sofiia", sex=Sex.FEMALE, birth_date=date(2019, 2, 3), needs_childcare=True)


def surge(cast: Cast, karin: Actor, **changes: object) -> Occasion:
    """The surge of spring 2022, opened by whoever coordinates, once the offices have said what they need."""
    if not ListContract.objects.accepted_by(karin).exists():
        contracts(cast, karin)
    facts = OccasionFacts(cast.organisations[COUNTY], "Ukraine 2022", date(2022, 2, 24), "166")
    return open_occasion(actor=karin, facts=replace(facts, **changes))  # type: ignore[arg-type]  # each test names what it changes


def shared(cast: Cast, town: str = "Siegburg", **changes: object) -> SharedFacts:
    """Where the family lives."""
    facts = SharedFacts(
        cast.municipalities[town],
        date(2022, 3, 10),
        "Musterweg 1",
        "53721",
        town.split(maxsplit=1)[0],
        "Familie Beispiel",
        "02241 0000",
    )
    return replace(facts, **changes)  # type: ignore[arg-type]  # each test names what it changes


def family(cast: Cast, *members: MemberFacts, key: UUID | None = None, **changes: object) -> FamilyFacts:
    """A family at one address."""
    return FamilyFacts(key or uuid4(), shared(cast, **changes), members or (OKSANA, DANYLO, SOFIIA))  # type: ignore[arg-type]  # passed on


def arrive(
    actor: Actor, occasion: Occasion, cast: Cast, *members: MemberFacts, **changes: object
) -> tuple[Registration, ...]:
    """Register a family."""
    return register_family(actor=actor, occasion=occasion, facts=family(cast, *members, **changes))  # type: ignore[arg-type]  # passed on
