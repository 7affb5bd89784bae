"""Finding a person while one types: by the beginning of any word of any spelling, then by sound."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from kimwerk.access.actors import Actor
from kimwerk.access.kept import kept
from kimwerk.audit.services import record_read
from kimwerk.kernel.listed import Lines
from kimwerk.persons.models import Person, PersonName, PersonQuerySet
from kimwerk.persons.models.person import EARLIEST_YEAR
from kimwerk.persons.reference import language_name
from kimwerk.persons.scripts import is_right_to_left
from kimwerk.persons.selectors.facts import birth_as_shown
from kimwerk.persons.tokens import beginnings_of, sounds_of, words_of
from kimwerk.persons.types import NameKind, PersonColumn, TokenKind

MOST_WORDS = 5
MOST_FOUND = 50
LAST_SIGN = "\U0010ffff"
_WRITTEN = [TokenKind.SEARCH.value, TokenKind.ORIGINAL.value, TokenKind.TRANSLITERATION.value]
_ORDERS = {
    PersonColumn.NAME: ("sort_key",),
    PersonColumn.BIRTH: ("birth_date", "birth_year"),
    PersonColumn.MUNICIPALITY: ("municipality__sort_key",),
}
PEOPLE_NAMED = "select walls.people_named(%s::integer[], %s::text[], %s::text[], %s::text[])"
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class PersonHit:
    """A person who was found. `by_sound` says that only the sound of the name fits."""

    id: int
    name: str
    original_name: str
    original_direction: str
    birth: str
    municipality: str
    interpreter: str
    by_sound: bool = False


def search_persons(actor: Actor, text: str, limit: int = 20) -> tuple[PersonHit, ...]:
    """At most fifty persons in the actor's care whose name has all words of the text, in any order and script.

    A year in the text is the year of birth. What sounds alike comes after, if the page has room.
    """
    words, years = _asked(text)
    if actor.is_nobody or (not words and not years):
        return ()
    written = _files(actor, words, years, _begun_with(words))[:limit]
    sounding: list[Person] = []
    if _may_sound(words) and len(written) < limit:
        alike = _sounding_like(words) - {person.pk for person in written}
        sounding = _files(actor, words, years, alike)[: limit - len(written)] if alike else []
    if written or sounding:
        record_read(actor=actor, subject_type=Person._meta.db_table, amount=len(written) + len(sounding))
    by_sound = {person.pk for person in sounding}
    return hits_of((*written, *sounding), by_sound=by_sound)


def ids_of_persons(actor: Actor, text: str, limit: int) -> tuple[int, ...]:
    """The same persons by their numbers, for lists of what belongs to them; those record what they show."""
    words, years = _asked(text)
    if actor.is_nobody or (not words and not years):
        return ()
    care = _born_in(Person.objects.visible_to(actor), years).in_order()
    found = list(_those_named(care, _begun_with(words), words).values_list("pk", flat=True)[:limit])
    if _may_sound(words) and len(found) < limit:
        found += _those_named(care, _sounding_like(words), words).values_list("pk", flat=True)[:limit]
    return tuple(found)


def persons_in_care(actor: Actor, column: PersonColumn, *, is_descending: bool = False) -> Sequence[PersonHit]:
    """The people in the actor's care in an order, read and recorded piece by piece."""
    sign = "-" if is_descending else ""
    order = [sign + field for field in _ORDERS[column]]
    people = Person.objects.visible_to(actor).select_related("municipality").order_by(*order, "sort_key", "pk")

    def shown(found: Iterable[Person]) -> tuple[PersonHit, ...]:
        listed = list(found)
        if listed:
            record_read(actor=actor, subject_type=Person._meta.db_table, amount=len(listed))
        return hits_of(listed)

    return Lines(people, shown)


@kept
def _originals(persons: list[int]) -> QuerySet[PersonName]:
    return PersonName.objects.filter(person__in=persons, kind=NameKind.ORIGINAL_SCRIPT.value).order_by("-pk")


def hits_of(persons: Iterable[Person], *, by_sound: Collection[int] = ()) -> tuple[PersonHit, ...]:
    """The lines of a list, with one query for the names in their own script; `by_sound` are found by sound alone."""
    listed = list(persons)
    originals = {name.person_id: name for name in _originals([person.pk for person in listed])} if listed else {}
    return tuple(_hit(person, originals.get(person.pk), by_sound=person.pk in by_sound) for person in listed)


def _hit(person: Person, original: PersonName | None, *, by_sound: bool) -> PersonHit:
    return PersonHit(
        id=person.pk,
        name=person.listed_name,
        original_name=f"{original.given} {original.family}".strip() if original else "",
        original_direction="rtl" if original and is_right_to_left(original.script) else "ltr",
        birth=birth_as_shown(person.birth_date, person.birth_year),
        municipality=person.municipality.name if person.municipality else "",
        interpreter=language_name(person.interpreter_language) if person.interpreter_language else "",
        by_sound=by_sound,
    )


def _asked(text: str) -> tuple[list[str], list[int]]:
    """The words of a search, and the years of birth among them."""
    years = [int(year) for year in _YEAR.findall(text) if int(year) >= EARLIEST_YEAR]
    return words_of(text)[:MOST_WORDS], years


def _may_sound(words: list[str]) -> bool:
    return bool(words) and all(sounds_of(word) for word in words)


def _born_in(persons: PersonQuerySet, years: list[int]) -> PersonQuerySet:
    if not years:
        return persons
    return persons.filter(Q(birth_date__year__in=years) | Q(birth_year__in=years))


def _files(actor: Actor, words: list[str], years: list[int], found: set[int]) -> list[Person]:
    """The files of those who were found, as they are listed; the question without a year is the usual one."""
    if words and not years:
        return _usual_files(actor, sorted(found))
    care = _born_in(Person.objects.visible_to(actor), years).select_related("municipality").in_order()
    return list(_those_named(care, found, words)[:MOST_FOUND])


@kept
def _usual_files(actor: Actor, found: list[int]) -> QuerySet[Person]:
    care = Person.objects.visible_to(actor).filter(pk__in=found)
    return care.select_related("municipality").in_order()[:MOST_FOUND]


def _those_named(persons: PersonQuerySet, found: set[int], words: list[str]) -> PersonQuerySet:
    """Those of the persons who were found by their names; all of them where no name was asked for."""
    return persons.filter(pk__in=found) if words else persons


def _begun_with(words: list[str]) -> set[int]:
    """Who in the actor's care has a name beginning with each of the words."""
    return _named([[(each, each + LAST_SIGN) for each in beginnings_of(word)] for word in words], _WRITTEN)


def _sounding_like(words: list[str]) -> set[int]:
    """Who in the actor's care has a name that sounds like each of the words."""
    return _named([[(each, each) for each in sounds_of(word)] for word in words], [TokenKind.PHONETIC.value])


def _named(asked: list[list[tuple[str, str]]], kinds: list[str]) -> set[int]:
    """Who in the care of the transaction's actor has, for each word, a token from the first to the last of any pair.

    The names are asked first, so that few files are looked at.
    """
    if not asked or not all(asked):
        return set()
    pairs = [(number, first, last) for number, word in enumerate(asked) for first, last in word]
    numbers, firsts, lasts = (list(column) for column in zip(*pairs, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE_NAMED, [numbers, firsts, lasts, kinds])
        [(found,)] = cursor.fetchall()
    return set(found)
