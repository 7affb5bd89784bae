"""People of the tests: invented, and registered by whoever asks for them."""

from __future__ import annotations

from datetime import date

from kimwerk.access.actors import Actor
from kimwerk.persons.models import Person
from kimwerk.persons.services import register_person
from kimwerk.persons.types import LanguageFacts, NameFacts, NameKind, PersonFacts, Sex
from tests.cast import Cast

COUNTY = "Rhein-Sieg-Kreis"


def facts(cast: Cast, organisation: str = COUNTY, **changes: object) -> PersonFacts:
    """Oleksandr Muster with everything that belongs to a file."""
    values: dict[str, object] = {
        "organisation_id": cast.organisations[organisation],
        "family_name": "Musterenko",
        "given_names": "Oleksandr",
        "names": (NameFacts(NameKind.ORIGINAL_SCRIPT, "Мустеренко", "Олександр"),),
        "birth_date": date(1990, 3, 7),
        "sex": Sex.MALE,
        "nationalities": ("166",),
        "languages": (LanguageFacts("ukr", None, is_mother_tongue=True),),
        "interpreter_language": "ukr",
        "municipality_id": cast.municipalities["Siegburg"],
    } | changes
    return PersonFacts(**values)  # type: ignore[arg-type]  # each test names the fields it changes


def register(cast: Cast, actor: Actor, organisation: str = COUNTY, **changes: object) -> Person:
    """A person in the actor's care."""
    return register_person(actor=actor, facts=facts(cast, organisation, **changes))
