"""What to look up to find whoever may be the same person: equal keys, so an index on them answers.

A key joins two facts that seldom agree by chance and survive one mistake each: names in either order by their
consonants, birth dates with day and month in either order, the year alone where 1 January was put for "unknown".
A key that too many registrations share says nothing; another key of the same registration covers the pair.
"""

from __future__ import annotations

from datetime import date

from kimwerk.persons.matching.registration import Registration
from kimwerk.persons.matching.sounds import cognates, skeletons, words

LARGEST_BLOCK, SMALLEST_LIMIT, PAIRS_AT_HAND = 120, 20, 12_000_000
"""Keys that more registrations share are not looked up; in a large register fewer are enough to say nothing."""


def largest_block(size: int) -> int:
    """How many registrations may share a key that is looked up in a register of that size."""
    return max(SMALLEST_LIMIT, min(LARGEST_BLOCK, PAIRS_AT_HAND // max(1, size)))


def blocking_keys(record: Registration) -> set[str]:
    """Keys of which two registrations of one person share at least one; at most about forty short words.

    >>> anna = Registration("1", "Hanna", "Shevchenko", date(1990, 3, 4), "f", "5")
    >>> hanna = Registration("2", "Schewtschenko", "Ganna", date(1990, 4, 3), "f", "5")
    >>> bool(blocking_keys(anna) & blocking_keys(hanna))
    True
    """
    given, family = _bones(record.given), _bones(record.family)
    place = record.municipality
    keys = {f"m{place}{pair}" for pair in _pairs(given, family)} | {f"n{pair}" for pair in _pairs(given, family)}
    keys |= {f"o{place}@{name}" for name in family}
    if record.birth_date:
        keys |= _dated_keys(given, family, record.birth_date, place)
        keys.add(f"p{record.birth_date:%Y%m%d}{record.sex}@{place}")
        keys.add(f"p{record.birth_date:%Y%m%d}@{place}")
    return keys


def name_pairs(record: Registration) -> set[str]:
    """Given and family name in either order, by their consonants."""
    return _pairs(_bones(record.given), _bones(record.family))


def _dated_keys(given: list[str], family: list[str], born: date, place: str) -> set[str]:
    year, day = f"{born.year}", f"{min(born.month, born.day)}.{max(born.month, born.day)}"
    keys = {f"y{year}{pair}" for pair in _pairs(given, family)} | {f"d{day}{pair}" for pair in _pairs(given, family)}
    for name in {*given, *family}:
        keys |= {f"b{day}.{year}{name}", f"l{year}@{place}{name}", f"t{day}@{place}{name}"}
    keys |= {f"i{day}.{year}{first[0]}" for first in {*given, *family}}
    return keys


def _bones(name: str) -> list[str]:
    """The consonants of the words of a name, and the class of a given name known in several languages."""
    found: dict[str, None] = {}
    for word in words(name)[:3]:
        for bones in (*sorted(cognates(word)), *skeletons(word)[:2]):
            found[bones] = None
    return [bones for bones in found if bones]


def _pairs(given: list[str], family: list[str]) -> set[str]:
    """Given and family name in either order."""
    return {"|".join(sorted((one, other))) for one in given for other in family}
