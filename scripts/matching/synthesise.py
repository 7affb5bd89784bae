"""Makes a large register of invented people: python -m scripts.matching.synthesise DEVELOPMENT.csv COUNT OUTPUT.csv

Households, the number of registrations of a person and the spellings of a name are those of the development set, each
drawn apart and put together anew: the given names of one person, the family names of another. Dates, municipalities
and mistakes are drawn with the rates measured there. No new name is invented, so in a large register every name is
more common than it would be: errors are rather over- than understated. SYNTHETIC, nobody is meant.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from kimwerk.persons.matching.comparing import Name, compare_names
from scripts.matching.labelled import Labelled

FIRST_DAY, DAYS = date(1945, 1, 1), 28_800
NEW_YEAR_PERSON, TWIN = 0.095, 0.03
NEW_YEAR, DIGIT, TURNED, NO_DATE = 0.05, 0.037, 0.009, 0.031
MOVED, NO_SEX, WRONG_SEX, SWAPPED = 0.072, 0.046, 0.012, 0.031
PLACES = 19


@dataclass
class Person:
    """The registrations of one person in the development set, names in their right order."""

    origin: str
    sex: str
    given: list[str] = field(default_factory=list)
    family: list[str] = field(default_factory=list)


def main() -> None:
    """Write COUNT registrations with the number of their person."""
    source, count, target = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    draw = random.Random(20261128)  # noqa: S311  # invented people, no secret
    rows = [row for household in _households(Labelled.read(source), count, draw) for row in household]
    draw.shuffle(rows)
    with target.open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines)
        table.writerow(["rec_id", "person_id", "first_name", "last_name", "birth_date", "sex", "municipality"])
        table.writerows((number, *row) for number, row in enumerate(rows))


def _households(labelled: Labelled, count: int, draw: random.Random) -> Iterator[list[tuple[str, ...]]]:
    """Households of the development set with other names and dates, until there are enough registrations."""
    persons = _persons(labelled)
    pools: dict[tuple[str, int], list[Person]] = defaultdict(list)
    for person in persons.values():
        for length in range(1, len(person.given) + 1):
            pools[person.origin, length].append(person)
    alike = list(_neighbours(persons))
    number = made = 0
    while made < count:
        household = draw.choice(alike)
        number += 10
        rows: list[tuple[str, ...]] = []
        longest = max(len(person.given) for person in household)
        family = draw.choice(pools[household[0].origin, longest]).family
        place, born = draw.randint(1, PLACES), _born(draw)
        for member, person in enumerate(household):
            born = born if draw.random() < TWIN else _born(draw)
            given = _same_size(draw, pools, person)
            spelled = zip(given.given, draw.sample(family, len(person.given)), strict=False)
            is_many = len(person.given) > 1
            for first, last in list(spelled)[: len(person.given)]:
                rows.append(
                    _row(draw, f"{number + member}-{person.origin}", first, last, born, given.sex, place, is_many)
                )
        made += len(rows)
        yield rows


def _same_size(draw: random.Random, pools: dict[tuple[str, int], list[Person]], person: Person) -> Person:
    """Somebody of the same origin with at least as many registrations."""
    return draw.choice(pools[person.origin, len(person.given)])


def _persons(labelled: Labelled) -> dict[int, Person]:
    persons: dict[int, Person] = {}
    for record, number, origin in zip(labelled.records, labelled.person.tolist(), labelled.origin, strict=True):
        person = persons.setdefault(number, Person(origin, record.sex or "f"))
        first, last = record.first_name, record.last_name
        if person.given and _agree(person, first, last) < _agree(person, last, first):
            first, last = last, first
        person.given.append(first)
        person.family.append(last)
    return persons


def _agree(person: Person, first: str, last: str) -> int:
    return compare_names(person.given[0], first) + compare_names(person.family[0], last)


def _neighbours(persons: dict[int, Person]) -> Iterator[list[Person]]:
    """Persons of neighbouring numbers whose family names sound alike."""
    household: list[Person] = []
    for _, person in sorted(persons.items()):
        if household and compare_names(household[0].family[0], person.family[0]) < Name.CONSONANTS:
            yield household
            household = []
        household.append(person)
    yield household


def _born(draw: random.Random) -> date:
    day = FIRST_DAY + timedelta(draw.randrange(DAYS))
    return day.replace(month=1, day=1) if draw.random() < NEW_YEAR_PERSON else day


def _row(
    draw: random.Random, number: str, first: str, last: str, born: date, sex: str, place: int, is_many: bool
) -> tuple[str, ...]:
    """One registration, with mistakes where a person has several."""
    if not is_many:
        return number, first, last, born.isoformat(), sex, str(place)
    sex = "" if draw.random() < NO_SEX else {"m": "f", "f": "m"}.get(sex, sex) if draw.random() < WRONG_SEX else sex
    place = draw.randint(1, PLACES) if draw.random() < MOVED else place
    if draw.random() < SWAPPED:
        first, last = last, first
    return number, first, last, _mistaken(draw, born), sex, str(place)


def _mistaken(draw: random.Random, born: date) -> str:
    chance = draw.random()
    if chance < NEW_YEAR:
        return f"{born.year}-01-01"
    if chance < NEW_YEAR + DIGIT:
        text = born.isoformat()
        at = draw.choice((2, 3, 6, 8, 9))
        return _valid(text[:at] + draw.choice("0123456789") + text[at + 1 :], born)
    if chance < NEW_YEAR + DIGIT + TURNED:
        return _valid(f"{born.year}-{born.day:02}-{born.month:02}", born)
    return "" if chance < NEW_YEAR + DIGIT + TURNED + NO_DATE else born.isoformat()


def _valid(text: str, otherwise: date) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return otherwise.isoformat()


if __name__ == "__main__":
    main()
