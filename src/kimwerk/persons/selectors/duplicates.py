"""Who might be the person that is about to be registered, among those the actor may see."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record_read
from kimwerk.persons.identity import compared_person, lookup_numbers
from kimwerk.persons.matching.keys import largest_block
from kimwerk.persons.matching.registration import Registration as Compared
from kimwerk.persons.models import Person
from kimwerk.persons.selectors.facts import facts_of
from kimwerk.persons.selectors.likeness import Likeness, likenesses, register_size, worth_looking_up
from kimwerk.persons.selectors.search import PersonHit, hits_of
from kimwerk.persons.types import PersonFacts

MOST_COMPARED = 200
"""Files compared one by one; the keys have chosen them before."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be the same person's, how likely, and why."""

    hit: PersonHit
    likeness: Likeness
    shares_address: bool


def likely_duplicates(actor: Actor, facts: PersonFacts) -> tuple[Candidate, ...]:
    """Files in the actor's care that may be of the same person, by all that is said about them."""
    return likely_persons(actor, compared_person(facts), email=facts.email)


def likely_persons(actor: Actor, who: Compared, *, email: str = "", limit: int = 5) -> tuple[Candidate, ...]:
    """Files in the actor's care that may be of the same person, the likeliest first. Recorded as a reading."""
    persons = list(_worth_comparing(actor, who, email))
    found = likenesses(who, [compared_person(facts_of(person)) for person in persons])
    compared = [(person, each, _has_address(person, email)) for person, each in zip(persons, found, strict=True)]
    likely = sorted((each for each in compared if each[1].is_proposed or each[2]), key=lambda each: -each[1].score)
    likely = likely[:limit]
    if likely:
        record_read(actor=actor, subject_type=Person._meta.db_table, amount=len(likely))
    hits = hits_of([person for person, _, _ in likely])
    return tuple(Candidate(hit, each[1], each[2]) for hit, each in zip(hits, likely, strict=True))


def _worth_comparing(actor: Actor, who: Compared, email: str) -> QuerySet[Person]:
    """Files that share a key of the matcher, or an address to write to."""
    wanted = Q(pk__in=persons_near(lookup_numbers(who)))
    if email:
        wanted |= Q(email__iexact=email)
    found = Person.objects.visible_to(actor).filter(wanted).select_related("municipality")
    return found.prefetch_related("names", "nationalities", "languages").order_by("-pk")[:MOST_COMPARED]


def persons_near(numbers: list[int]) -> list[int]:
    """The files in the actor's care that share one of the numbers, as the database finds them behind its walls."""
    wanted = worth_looking_up(numbers, largest_block(register_size()))
    with connection.cursor() as cursor:
        cursor.execute("select walls.persons_near(%s::bigint[])", [wanted])
        row: tuple[list[int]] = cursor.fetchone()
    return row[0]


def _has_address(person: Person, email: str) -> bool:
    """The same e-mail address speaks for one person whatever the name is."""
    return bool(email) and email.casefold() == person.email.casefold()
