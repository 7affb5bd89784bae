"""Finding a person while one types: by the beginning of any word of any spelling, then by sound."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from kimwerk.access.actors import Actor
from kimwerk.access.kept import kept
from kimwerk.audit.services import record_read
from kimwerk.kernel.listed import Lines
from kimwerk.persons.models import Care, NameToken, Person, PersonName, PersonQuerySet
from kimwerk.persons.models.care import homes_of_care
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
    written = _files(actor, words, years, _begun_with(actor, words))[:limit]
    sounding: list[Person] = []
    if _may_sound(words) and len(written) < limit:
        alike = _sounding_like(actor, words) - {person.pk for person in written}
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
    found = list(_named(care, _begun_with(actor, words), words).values_list("pk", flat=True)[:limit])
    if _may_sound(words) and len(found) < limit:
        found += _named(care, _sounding_like(actor, words), words).values_list("pk", flat=True)[:limit]
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
        return _usual_files(sorted(found), actor.account_id or 0, homes_of_care(actor))
    care = _born_in(Person.objects.visible_to(actor), years).select_related("municipality").in_order()
    return list(_named(care, found, words)[:MOST_FOUND])


@kept
def _usual_files(found: list[int], account: int, homes: list[int]) -> QuerySet[Person]:
    care = Person.objects.entrusted(account, homes).filter(pk__in=found)
    return care.select_related("municipality").in_order()[:MOST_FOUND]


def _named(persons: PersonQuerySet, found: set[int], words: list[str]) -> PersonQuerySet:
    """Those of the persons who were found by their names; all of them where no name was asked for."""
    return persons.filter(pk__in=found) if words else persons


def _begun_with(actor: Actor, words: list[str]) -> set[int]:
    """Who has a name beginning with each of the words; the names are asked first, so that few files are looked at."""
    account, homes = actor.account_id or 0, homes_of_care(actor)
    return _all_of(
        {pk for beginning in beginnings_of(word) for pk in _beginning(beginning, beginning + LAST_SIGN, account, homes)}
        for word in words
    )


def _sounding_like(actor: Actor, words: list[str]) -> set[int]:
    """Who has a name that sounds like each of the words."""
    account, homes = actor.account_id or 0, homes_of_care(actor)
    return _all_of({pk for sound in sounds_of(word) for pk in _sounding(sound, account, homes)} for word in words)


def _all_of(found: Iterable[set[int]]) -> set[int]:
    first, *others = [*found] or [set()]
    return first.intersection(*others)


@kept
def _beginning(first: str, last: str, account: int, homes: list[int]) -> QuerySet[NameToken, int]:
    tokens = NameToken.objects.filter(token__gte=first, token__lt=last, kind__in=_WRITTEN)
    return tokens.filter(person__in=_own(account, homes)).values_list("person", flat=True)


@kept
def _sounding(sound: str, account: int, homes: list[int]) -> QuerySet[NameToken, int]:
    tokens = NameToken.objects.filter(token=sound, kind=TokenKind.PHONETIC.value)
    return tokens.filter(person__in=_own(account, homes)).values_list("person", flat=True)


def _own(account: int, homes: list[int]) -> QuerySet[Care, int]:
    return Care.objects.entrusted(account, homes).values_list("person", flat=True)
