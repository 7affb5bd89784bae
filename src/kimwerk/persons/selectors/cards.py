"""Who somebody is, in the few lines that stand above everything else about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kimwerk.access.actors import Actor
from kimwerk.access.kept import Question, kept
from kimwerk.audit.services import record_read
from kimwerk.persons.models import Language, Nationality, Person, PersonName
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


@kept
def _original_names(person: int) -> QuerySet[PersonName]:
    return PersonName.objects.filter(person=person, kind=NameKind.ORIGINAL_SCRIPT.value).order_by("pk")[:1]


@kept
def _mother_tongues(person: int) -> QuerySet[Language, str]:
    return (
        Language.objects.filter(person=person, is_mother_tongue=True).order_by("pk").values_list("key", flat=True)[:1]
    )


@kept
def _nationalities(person: int) -> QuerySet[Nationality, str]:
    return Nationality.objects.filter(person=person).order_by("pk").values_list("key", flat=True)


def questions_of_card(person_id: int) -> tuple[Question, ...]:
    """What `card_of` asks, for whoever asks more at once."""
    return tuple(each.of(person_id) for each in (_original_names, _mother_tongues, _nationalities))


def person_card(actor: Actor, person_id: int) -> PersonCard | None:
    """The card of a person in the actor's care, or None: nobody else exists. Recorded as a reading of the file."""
    person = Person.objects.visible_to(actor).select_related("municipality").filter(pk=person_id).first()
    if person is None:
        return None
    record_read(actor=actor, subject_type=Person._meta.db_table, subject_id=str(person_id))
    return card_of(person)


def card_of(person: Person) -> PersonCard:
    """The card of a person who was read already."""
    original = next(iter(_original_names(person.pk)), None)
    tongue = next(iter(_mother_tongues(person.pk)), "")
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
        nationalities=nationality_names(tuple(_nationalities(person.pk))),
        municipality_id=person.municipality_id,
        municipality=person.municipality.name if person.municipality else "",
        interpreter=language_name(person.interpreter_language) if person.interpreter_language else "",
        interpreter_key=person.interpreter_language,
        mother_tongue_key=tongue,
        phone=person.phone,
        email=person.email,
        version=person.version,
    )
