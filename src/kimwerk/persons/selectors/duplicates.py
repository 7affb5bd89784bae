"""Who might be the person that is about to be registered, among those the actor may see."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record_read
from kimwerk.persons.comparing import Likeness, likeness
from kimwerk.persons.models import NameToken, Person
from kimwerk.persons.selectors.facts import facts_of
from kimwerk.persons.selectors.search import PersonHit, hits_of
from kimwerk.persons.tokens import spellings, tokens_of
from kimwerk.persons.types import PersonFacts, TokenKind

MOST_COMPARED = 60
"""Files compared one by one; the name or the birthday has chosen them before."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be the same person's, and why."""

    hit: PersonHit
    likeness: Likeness


def likely_duplicates(actor: Actor, facts: PersonFacts, limit: int = 5) -> tuple[Candidate, ...]:
    """Files in the actor's care that may be of the same person, the likeliest first. Recorded as a reading."""
    compared = [(person, likeness(facts, facts_of(person))) for person in _worth_comparing(actor, facts)]
    likely = sorted((pair for pair in compared if pair[1].is_likely), key=lambda pair: -pair[1].score)[:limit]
    if likely:
        record_read(actor=actor, subject_type=Person._meta.db_table, amount=len(likely))
    hits = hits_of([person for person, _ in likely])
    return tuple(Candidate(hit, found) for hit, (_, found) in zip(hits, likely, strict=True))


def _worth_comparing(actor: Actor, facts: PersonFacts) -> QuerySet[Person]:
    """Files that share a word, a sound, a birthday or an address to write to."""
    tokens = tokens_of(spellings(facts))
    sounds = [token for kind, token in tokens if kind is TokenKind.PHONETIC]
    words = [token for kind, token in tokens if kind is not TokenKind.PHONETIC]
    shared = NameToken.objects.filter(person=OuterRef("pk")).filter(
        Q(token__in=words) | Q(token__in=sounds, kind=TokenKind.PHONETIC.value)
    )
    wanted = Q(Exists(shared))
    if facts.birth_date:
        wanted |= Q(birth_date=facts.birth_date)
    if facts.email:
        wanted |= Q(email__iexact=facts.email)
    found = Person.objects.visible_to(actor).filter(wanted).select_related("municipality")
    return found.prefetch_related("names", "nationalities", "languages").order_by("-pk")[:MOST_COMPARED]
