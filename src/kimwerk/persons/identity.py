"""How people are told apart and found again: what is compared, and the numbers they are looked up by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from kimwerk.persons.matching.keys import blocking_keys, name_pairs
from kimwerk.persons.matching.registration import Registration as Compared
from kimwerk.persons.matching.sounds import readings, words
from kimwerk.persons.types import PersonFacts, Sex

SEXES: Mapping[Sex, str] = {Sex.MALE: "m", Sex.FEMALE: "f", Sex.DIVERSE: "d", Sex.UNKNOWN: ""}


def compared_person(facts: PersonFacts) -> Compared:
    """What is compared of a person in care. A year alone is compared as offices write it: as 1 January."""
    born = facts.birth_date or (date(facts.birth_year, 1, 1) if facts.birth_year else None)
    return Compared(
        rec_id="",
        first_name=facts.given_names,
        last_name=f"{facts.prefix} {facts.family_name}".strip(),
        birth_date=born,
        sex=SEXES[facts.sex],
        municipality=str(facts.municipality_id or ""),
        original_first_name=" ".join(each.given for each in facts.names if each.given),
        original_last_name=" ".join(each.family for each in facts.names),
    )


@dataclass(frozen=True, slots=True)
class Numbers:
    """All numbers of somebody, for whoever needs more than one kind of a hundred thousand people.

    Under `kept` somebody is found by others, by `lookup` others are found; `of_list` are the few by which the rows of
    a whole list are looked up: names with what is known of the birth.
    """

    kept: list[int]
    lookup: list[int]
    of_list: list[int]


def numbers_of(who: Compared) -> Numbers:
    """Worked out at once."""
    blocking = {key: number_of(key) for key in blocking_keys(who)}
    exact = {key: number_of(key) for key in _exact_keys(who)}
    sounds = (number_of(f"h{sound}") for sound in sounds_of((who,)))
    of_list = {number for key, number in (blocking | exact).items() if key[0] in "bdsy"}
    return Numbers(
        sorted({*blocking.values(), *exact.values(), *sounds}), sorted(blocking.values()), sorted(of_list)
    )  # fmt: skip


def identity_numbers(who: Compared) -> list[int]:
    """The numbers under which somebody is kept: what is looked up, what is asked elsewhere, and the sounds of names."""
    return numbers_of(who).kept


def lookup_numbers(who: Compared) -> list[int]:
    """The numbers by which candidates for somebody are found."""
    return sorted(map(number_of, blocking_keys(who)))


def question_numbers(who: Compared) -> list[int]:
    """The numbers by which others are asked: both names and the birth date, or its year where no more is known."""
    if who.birth_date is None:
        return []
    keys = _exact_keys(who)
    if (who.birth_date.month, who.birth_date.day) == (1, 1):
        keys |= {key for key in blocking_keys(who) if key.startswith("y")}
    else:
        keys |= _exact_keys_on(who, date(who.birth_date.year, 1, 1))
    return sorted(map(number_of, keys))


def sounds_of(people: Iterable[Compared]) -> set[str]:
    """What the words of their names sound like, in the most usual reading."""
    names = {name for who in people for name in (who.given, who.family)}
    return {readings(word)[0] for name in names for word in words(name)}


def number_of(key: str) -> int:
    """A key as a number that is the same in every process."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def _exact_keys(who: Compared) -> set[str]:
    return _exact_keys_on(who, who.birth_date) if who.birth_date else set()


def _exact_keys_on(who: Compared, born: date) -> set[str]:
    """Both names in either order with the date, its day and month in either order."""
    low, high = sorted((born.month, born.day))
    return {f"s{low}.{high}.{born.year}{pair}" for pair in name_pairs(who)}
