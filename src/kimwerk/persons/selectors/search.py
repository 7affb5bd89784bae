"""Finding a person while one types: by the beginning of any word of any spelling, then by sound."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record_read
from kimwerk.kernel.listed import Lines
from kimwerk.persons.models import Care, NameToken, Person, PersonName, PersonQuerySet
from kimwerk.persons.models.person import EARLIEST_YEAR
from kimwerk.persons.reference import language_name
from kimwerk.persons.scripts import is_right_to_left
from kimwerk.persons.selectors.facts import birth_as_shown
from kimwerk.persons.tokens import beginnings_of, sounds_of, words_of
from kimwerk.persons.types import NameKind, PersonColumn, TokenKind

MOST_WORDS = 5
LAST_SIGN = "\U0010ffff"
_WRITTEN = [TokenKind.SEARCH.value, TokenKind.ORIGINAL.value, TokenKind.TRANSLITERATION.value]
_ORDERS = {
    PersonColumn.NAME: ("sort_key",),
    PersonColumn.BIRTH: ("birth_date", "birth_year"),
    PersonColumn.MUNICIPALITY: ("municipality__sort_key",),
}
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
    """Persons in the actor's care whose name has all words of the text, in any order and script.

    A year in the text is the year of birth. What sounds alike comes after, if the page has room.
    """
    words, years = _asked(text)
    if not words and not years:
        return ()
    care = _born_in(Person.objects.visible_to(actor), years).prefetch_related("municipality").in_order()
    written = list(_named(actor, care, words, _begins)[:limit])
    sounding = []
    if _may_sound(words) and len(written) < limit:
        known = [person.pk for person in written]
        sounding = list(_named(actor, care, words, _sounds).exclude(pk__in=known)[: limit - len(written)])
    if written or sounding:
        record_read(actor=actor, subject_type=Person._meta.db_table, amount=len(written) + len(sounding))
    return (*hits_of(written), *hits_of(sounding, by_sound=True))


def ids_of_persons(actor: Actor, text: str, limit: int) -> tuple[int, ...]:
    """The same persons by their numbers, for lists of what belongs to them; those record what they show."""
    words, years = _asked(text)
    if not words and not years:
        return ()
    care = _born_in(Person.objects.visible_to(actor), years).in_order()
    found = list(_named(actor, care, words, _begins).values_list("pk", flat=True)[:limit])
    if _may_sound(words) and len(found) < limit:
        found += _named(actor, care, words, _sounds).values_list("pk", flat=True)[:limit]
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


def hits_of(persons: Iterable[Person], *, by_sound: bool = False) -> tuple[PersonHit, ...]:
    """The lines of a list, with one query for the names in their own script."""
    listed = list(persons)
    names = PersonName.objects.filter(person__in=listed, kind=NameKind.ORIGINAL_SCRIPT.value).order_by("-pk")
    originals = {name.person_id: name for name in names}
    return tuple(_hit(person, originals.get(person.pk), by_sound=by_sound) for person in listed)


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


def _named(actor: Actor, persons: PersonQuerySet, words: list[str], condition: Callable[[str], Q]) -> PersonQuerySet:
    """Who has all the words; the names are asked first, so that only the files of few are looked at."""
    if not words:
        return persons
    own = Care.objects.of(actor).values("person")
    found = (
        NameToken.objects.filter(condition(word), person__in=own).values_list("person", flat=True) for word in words
    )
    return persons.filter(pk__in=set.intersection(*map(set, found)))


def _begins(word: str) -> Q:
    ranges = Q(pk__in=[])
    for beginning in beginnings_of(word):
        ranges |= Q(token__gte=beginning, token__lt=beginning + LAST_SIGN)
    return ranges & Q(kind__in=_WRITTEN)


def _sounds(word: str) -> Q:
    return Q(token__in=sounds_of(word), kind=TokenKind.PHONETIC.value)
