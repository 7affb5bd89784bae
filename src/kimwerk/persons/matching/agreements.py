"""How the pairs of a register agree, as columns of kinds."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from kimwerk.persons.matching.comparing import Born, Fact, Name, compare_names
from kimwerk.persons.matching.register import Ints, Register

WEAK = 11
"""Names that agree together by less may have been swapped (both merely sound alike: 14)."""


@dataclass(frozen=True)
class Agreements:
    """One value per pair in every column: kinds of agreement, how common names are, and whether they are swapped."""

    given: Ints
    given_rarity: Ints
    family: Ints
    family_rarity: Ints
    crossed: Ints
    born: Ints
    sex: Ints
    place: Ints

    def __len__(self) -> int:
        return len(self.given)

    def where(self, chosen: Ints) -> Agreements:
        """The pairs at some positions."""
        return Agreements(*(column[chosen] for column in self.columns().values()))

    def columns(self) -> dict[str, Ints]:
        """The columns by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


class NameBook:
    """How the names of a register agree: two names are compared once, however many pairs of registrations have them."""

    def __init__(self, register: Register) -> None:
        self._names, self._rarity = register.names, register.rarity
        self._pairs, self._kinds = np.array([-1]), np.array([Name.MISSING], np.int8)

    def look_up(self, one: Ints, other: Ints) -> tuple[Ints, Ints]:
        """The agreement of names, and how common they are.

        Of names that agree the more common one tells how little that means. Of names that do not, the rarer one tells
        whether it is a slip of the pen or another name.
        """
        pairs = np.minimum(one, other) * len(self._names) + np.maximum(one, other)
        distinct, back = np.unique(pairs, return_inverse=True)
        self._add(distinct)
        kinds, rarity = self._kinds[np.searchsorted(self._pairs, distinct)][back].astype(np.int64), self._rarity
        apart = (kinds <= Name.SIMILAR) | (kinds == Name.SLIP)
        return kinds, np.where(apart, np.minimum(rarity[one], rarity[other]), np.maximum(rarity[one], rarity[other]))

    def _add(self, pairs: Ints) -> None:
        places = np.searchsorted(self._pairs, pairs)
        is_new = self._pairs.take(places, mode="clip") != pairs
        new, places, names = pairs[is_new], places[is_new], self._names
        numbers = np.stack(np.divmod(new, len(names))).T.tolist()
        kinds = np.fromiter((compare_names(names[a], names[b]) for a, b in numbers), np.int8, len(numbers))
        self._pairs, self._kinds = np.insert(self._pairs, places, new), np.insert(self._kinds, places, kinds)


def compare(register: Register, pairs: Ints, book: NameBook | None = None) -> Agreements:
    """Compare every pair; of the two ways to assign given and family names, the better one counts.

    Who compares a register portion by portion passes one book for all of them.
    """
    book = book or NameBook(register)
    one, other = pairs
    given, given_rarity = book.look_up(register.given[one], register.given[other])
    family, family_rarity = book.look_up(register.family[one], register.family[other])
    weak = np.flatnonzero(given + family < WEAK)
    low, high = _crossed(register, book, one[weak], other[weak])
    better = low[0] + high[0] > given[weak] + family[weak] + 1
    chosen = weak[better]
    given[chosen], given_rarity[chosen] = (part[better] for part in low)
    family[chosen], family_rarity[chosen] = (part[better] for part in high)
    return Agreements(
        given,
        given_rarity,
        family,
        family_rarity,
        crossed=np.bincount(chosen, minlength=len(one)),
        born=compare_dates(register.born[one], register.born[other]),
        sex=compare_facts(register.sex[one], register.sex[other]),
        place=compare_facts(register.place[one], register.place[other]),
    )


def _crossed(register: Register, book: NameBook, one: Ints, other: Ints) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
    """The names of a pair compared crosswise, the worse agreement first: which is which, nobody knows."""
    ahead = book.look_up(register.given[one], register.family[other])
    behind = book.look_up(register.family[one], register.given[other])
    turn = ahead[0] * 8 + ahead[1] > behind[0] * 8 + behind[1]
    low, high = (
        (np.where(turn, second[0], first[0]), np.where(turn, second[1], first[1]))
        for first, second in ((ahead, behind), (behind, ahead))
    )
    return low, high


def compare_facts(one: Ints, other: Ints) -> Ints:
    """Members of `Fact`; 0 is unknown."""
    return np.where((one == 0) | (other == 0), Fact.MISSING, np.where(one == other, Fact.EQUAL, Fact.DIFFERENT))


def compare_dates(one: Ints, other: Ints) -> Ints:
    """Members of `Born`, of dates as yyyymmdd; 0 is unknown."""
    same_year, same_day = one // 10000 == other // 10000, one % 10000 == other % 10000
    turned = one // 10000 * 10000 + one % 100 * 100 + one // 100 % 100
    new_year = (one % 10000 == 101) | (other % 10000 == 101)
    wrong_digits = sum((one // 10**place % 10 != other // 10**place % 10).astype(np.int64) for place in range(8))
    kinds = [
        ((one == 0) | (other == 0), Born.MISSING),
        ((one == other) & new_year, Born.BOTH_NEW_YEAR),
        (one == other, Born.EQUAL),
        (same_year & new_year, Born.NEW_YEAR),
        (turned == other, Born.SWAPPED),
        (wrong_digits == 1, Born.ONE_DIGIT),
        (same_year, Born.SAME_YEAR),
        (same_day & ~new_year, Born.SAME_DAY),
    ]
    return np.select([is_so for is_so, _ in kinds], [np.int64(kind) for _, kind in kinds], np.int64(Born.DIFFERENT))
