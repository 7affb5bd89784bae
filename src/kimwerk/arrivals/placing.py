"""How many children of which age find no place: plain reckoning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Places:
    """Free places for children from one age to another."""

    age_from: int
    age_to: int
    free: int


def without_place(demand: Mapping[int, int], offers: Iterable[Places]) -> dict[int, int]:
    """By age, how many children find no place however the places are given out. The sum is as small as it can be.

    Age by age from the youngest, each place goes where its ages end soonest: for stretches of ages that is the best.

    >>> without_place({6: 2, 7: 1}, [Places(6, 7, 1), Places(6, 6, 1)])
    {7: 1}
    """
    left = [[each.age_from, each.age_to, each.free] for each in offers]
    missing: dict[int, int] = {}
    for age in sorted(demand):
        wanting = demand[age]
        for offer in sorted((each for each in left if each[0] <= age <= each[1]), key=lambda each: each[1]):
            given = min(wanting, offer[2])
            offer[2] -= given
            wanting -= given
        if wanting:
            missing[age] = wanting
    return missing
