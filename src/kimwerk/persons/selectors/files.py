"""All that a person's file holds, read once for its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kimwerk.access.actors import Actor
from kimwerk.accounts.sealing import CannotUnseal
from kimwerk.accounts.selectors import names_of
from kimwerk.audit.services import record_read
from kimwerk.persons.keys import open_for
from kimwerk.persons.models import Care, HouseholdMember, IdentityDocument, Person, ResidenceStatus
from kimwerk.persons.models.title import NUMBER_PURPOSE
from kimwerk.persons.selectors.cards import PersonCard, card_of
from kimwerk.persons.selectors.facts import facts_of
from kimwerk.persons.types import PersonFacts


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with its number in clear; empty where none was noted or the key is gone."""

    document: IdentityDocument
    number: str


@dataclass(frozen=True, slots=True)
class PersonFile:
    """A person with everything that hangs on them. `names` are those of the accounts named in it."""

    person: Person
    card: PersonCard
    facts: PersonFacts
    household: tuple[HouseholdMember, ...]
    open_files: frozenset[int]
    titles: tuple[ResidenceStatus, ...]
    papers: tuple[Paper, ...]
    care: tuple[Care, ...]
    names: Mapping[int, str]


def person_file(actor: Actor, person: Person) -> PersonFile:
    """The file of a person whom the actor may open. Recorded as a reading."""
    record_read(actor=actor, subject_type=Person._meta.db_table, subject_id=str(person.pk))
    household = tuple(HouseholdMember.objects.filter(person=person).order_by("pk"))
    titles = tuple(ResidenceStatus.objects.filter(person=person).order_by("-valid_from", "-pk"))
    papers = tuple(IdentityDocument.objects.filter(person=person).order_by("pk"))
    care = tuple(Care.objects.visible_to(actor).in_force().filter(person=person).order_by("begins_at", "pk"))
    linked = Person.objects.visible_to(actor).filter(pk__in=[each.file_id for each in household if each.file_id])
    accounts = {each.account_id for each in care} | {each.noted_by_id for each in titles}
    return PersonFile(
        person=person,
        card=card_of(person),
        facts=facts_of(person),
        household=household,
        open_files=frozenset(linked.values_list("pk", flat=True)),
        titles=titles,
        papers=tuple(Paper(each, _number(each)) for each in papers),
        care=care,
        names=names_of(accounts),
    )


def _number(document: IdentityDocument) -> str:
    if document.number is None:
        return ""
    try:
        return open_for(document.person_id, bytes(document.number), purpose=NUMBER_PURPOSE)
    except CannotUnseal:
        return ""
