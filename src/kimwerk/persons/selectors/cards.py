"""Who somebody is, in the few lines that stand above everything else about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record_read
from kimwerk.persons.models import Person
from kimwerk.persons.reference import language_name
from kimwerk.persons.scripts import is_right_to_left
from kimwerk.persons.selectors.facts import birth_as_shown, nationality_names
from kimwerk.persons.types import NameKind, Sex


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person at a glance. `interpreter` is the language in words, empty where none is needed.

    `original_name` stands in its own script, read in `original_direction` ("ltr", "rtl").
    """

    id: int
    organisation_id: int
    name: str
    listed_name: str
    original_name: str
    original_direction: str
    birth: str
    birth_date: date | None
    birth_year: int | None
    sex: Sex
    nationalities: str
    municipality_id: int | None
    municipality: str
    interpreter: str
    interpreter_key: str
    mother_tongue_key: str
    phone: str
    email: str
    version: int


def person_card(actor: Actor, person_id: int) -> PersonCard | None:
    """The card of a person in the actor's care, or None: nobody else exists. Recorded as a reading of the file."""
    person = Person.objects.visible_to(actor).select_related("municipality").filter(pk=person_id).first()
    if person is None:
        return None
    record_read(actor=actor, subject_type=Person._meta.db_table, subject_id=str(person_id))
    return card_of(person)


def card_of(person: Person) -> PersonCard:
    """The card of a person who was read already."""
    original = person.names.filter(kind=NameKind.ORIGINAL_SCRIPT.value).order_by("pk").first()
    tongue = person.languages.filter(is_mother_tongue=True).order_by("pk").values_list("key", flat=True).first()
    return PersonCard(
        id=person.pk,
        organisation_id=person.organisation_id,
        name=person.display_name,
        listed_name=person.listed_name,
        original_name=f"{original.given} {original.family}".strip() if original else "",
        original_direction="rtl" if original and is_right_to_left(original.script) else "ltr",
        birth=birth_as_shown(person.birth_date, person.birth_year),
        birth_date=person.birth_date,
        birth_year=person.birth_year,
        sex=Sex(person.sex),
        nationalities=nationality_names(tuple(person.nationalities.order_by("pk").values_list("key", flat=True))),
        municipality_id=person.municipality_id,
        municipality=person.municipality.name if person.municipality else "",
        interpreter=language_name(person.interpreter_language) if person.interpreter_language else "",
        interpreter_key=person.interpreter_language,
        mother_tongue_key=tongue or "",
        phone=person.phone,
        email=person.email,
        version=person.version,
    )
