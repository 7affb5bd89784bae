"""Newly arrived people: families with invented names, some of them entered a second time in another spelling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

from kimwerk.arrivals.types import FamilyFacts, MemberFacts, SharedFacts
from kimwerk.desk.generate.spelling import ORIGINS, STEMS, SYLLABLES, written
from kimwerk.persons.types import Sex

FAMILY_NAMES, GIVEN_NAMES = 60_000, 4_000
TWICE, NO_BIRTH, NEW_YEAR = 0.04, 0.02, 0.05
SIZES = (1, 1, 2, 2, 3, 3, 4, 5)
REMEMBERED = 300
SPELLINGS = (("tsch", "ch"), ("sch", "sh"), ("j", "y"), ("ks", "x"), ("v", "w"), ("ie", "i"), ("ka", "ca"))
"""The same sound in German and in English letters."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one origin, the common ones first."""

    nationality: str
    script: str
    families: Sequence[str]
    givens: Sequence[str]


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A family, and whether it is somebody who stands on the lists already."""

    facts: FamilyFacts
    is_double: bool


class Newcomers:
    """Makes families, the same for a seed."""

    def __init__(self, seed: object) -> None:
        self._chance = Random(f"newcomers/{seed}")  # noqa: S311  # invents data, keeps no secret
        origins = Random("names of newcomers")  # noqa: S311
        self._names = [
            Names(nationality, script, _made(origins, STEMS, endings, FAMILY_NAMES // len(ORIGINS)),
                  _made(origins, givens, ("", "a", "o"), GIVEN_NAMES // len(ORIGINS)))
            for nationality, _tongue, script, endings, givens in ORIGINS
        ]  # fmt: skip
        self._earlier: dict[int, list[FamilyFacts]] = {}

    def family(self, home: int, municipality_id: int, town: str, arrived_on: date) -> Newcomer:
        """A family for the lists of `home`, or somebody of an earlier one in another spelling."""
        chance = self._chance
        shared = SharedFacts(
            municipality_id, arrived_on, f"Musterweg {chance.randrange(1, 400)}", town=town,
            phone=f"0000 {chance.randrange(10**6):06}",
        )  # fmt: skip
        known = self._earlier.setdefault(home, [])
        is_double = bool(known) and chance.random() < TWICE
        if is_double:
            members: tuple[MemberFacts, ...] = (self._again(chance.choice(chance.choice(known).members)),)
        else:
            members = tuple(self._members(chance.choice(self._names), arrived_on))
        facts = FamilyFacts(UUID(int=chance.getrandbits(128), version=4), shared, members)
        self._remember(known, facts)
        return Newcomer(facts, is_double)

    def _remember(self, known: list[FamilyFacts], facts: FamilyFacts) -> None:
        """The last few hundred of a home: whoever is entered twice is so within weeks."""
        if len(known) < REMEMBERED:
            known.append(facts)
        else:
            known[self._chance.randrange(REMEMBERED)] = facts

    def _members(self, names: Names, arrived_on: date) -> Iterator[MemberFacts]:
        family = _common_first(self._chance, names.families)
        for place in range(self._chance.choice(SIZES)):
            yield self._member(names, family, arrived_on, is_child=place > 1 or (place == 1 and self._is_likely()))

    def _is_likely(self) -> bool:
        return self._chance.random() < 0.6

    def _member(self, names: Names, family: str, arrived_on: date, *, is_child: bool) -> MemberFacts:
        chance = self._chance
        given = _common_first(chance, names.givens)
        years = chance.randrange(1, 17) if is_child else chance.randrange(19, 80)
        born = arrived_on - timedelta(days=years * 365 + chance.randrange(360))
        if not is_child and chance.random() < NEW_YEAR:
            born = date(born.year, 1, 1)
        return MemberFacts(
            family, given, written(family, names.script), written(given, names.script),
            chance.choice((Sex.FEMALE, Sex.MALE)), None if not is_child and chance.random() < NO_BIRTH else born,
            names.nationality, needs_school=is_child and years >= 6, needs_childcare=is_child and years < 6,
        )  # fmt: skip

    def _again(self, who: MemberFacts) -> MemberFacts:
        """As somebody else hears and writes it."""
        chance, born = self._chance, who.birth_date
        if born and born.day <= 12 and chance.random() < 0.2:
            born = date(born.year, born.day, born.month)
        family, given = _respelled(who.family_name), _respelled(who.given_names)
        if chance.random() < 0.1:
            family, given = given, family
        return replace(
            who, family_name=family, given_names=given, original_family="", original_given="", birth_date=born,
            guardian="Wer sie begleitet",
        )  # fmt: skip


def _made(chance: Random, beginnings: Sequence[str], endings: Sequence[str], count: int) -> Sequence[str]:
    """So many different names; the first of them are short."""
    made: dict[str, None] = dict.fromkeys(beginnings)
    while len(made) < count:
        middle = "".join(chance.choices(SYLLABLES, k=1 if len(made) < count // 50 else 3))
        made[chance.choice(beginnings) + middle + chance.choice(endings)] = None
    return tuple(made)


def _common_first(chance: Random, names: Sequence[str]) -> str:
    """One of the names, the first far more often than the last, as names are shared out among people."""
    return names[int(len(names) * chance.random() ** 3)]


def _respelled(name: str) -> str:
    for one, other in SPELLINGS:
        name = name.replace(one, other)
    return name
