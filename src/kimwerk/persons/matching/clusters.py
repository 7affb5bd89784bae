"""From pairs to persons: what is one, is one throughout.

If A is B and B is C, then A is C; but a chain of weak likenesses must not join strangers. So groups are joined, the
surest pair first, only while all pairs between them taken together speak for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, product

UNLIKE = -3.0
"""Log-odds that count for two registrations which do not even share a key."""
LARGEST_GROUP = 12
"""Nobody is registered more often; a larger group is a mistake."""
INFERRED = 1.0
"""A pair that is known through a third registration is as sure as the weakest link, less this."""

Pair = tuple[int, int]


def agreed_pairs(scored: Iterable[tuple[int, int, float]], propose: float) -> Iterator[tuple[int, int, float]]:
    """Pairs within groups and their log-odds, in order; `scored` holds every pair that is worth a thought."""
    odds = {(one, other): score for one, other, score in scored}
    group_of: dict[int, list[int]] = {}
    link: dict[Pair, float] = {}
    for (one, other), score in sorted(odds.items(), key=lambda item: (-item[1], item[0])):
        if score < propose:
            break
        mine, theirs = group_of.setdefault(one, [one]), group_of.setdefault(other, [other])
        if mine is theirs or len(mine) + len(theirs) > LARGEST_GROUP:
            continue
        between = [_ordered(a, b) for a, b in product(mine, theirs)]
        if sum(max(odds.get(pair, UNLIKE), UNLIKE) for pair in between) / len(between) < propose:
            continue
        link |= dict.fromkeys(between, score)
        mine += theirs
        group_of |= dict.fromkeys(theirs, mine)
    for group in {id(group): group for group in group_of.values()}.values():
        for pair in (_ordered(*two) for two in combinations(group, 2)):
            yield (*pair, max(odds.get(pair, UNLIKE), link[pair] - INFERRED))


def _ordered(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)
