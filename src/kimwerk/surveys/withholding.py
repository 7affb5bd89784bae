"""Which counts of a question may be told, so that no answer of one or two can be read off or computed."""

from __future__ import annotations

from collections.abc import Sequence

FEWEST = 3
"""Fewer answers than this are not told as a number."""

SLACK = 2
"""By so much the sum of what is withheld lies above the least and below the most that it could be."""


def told(counts: Sequence[int], *, is_whole: bool) -> tuple[int | None, ...]:
    """The counts with None for what is withheld.

    `is_whole`: each answer stands in one count, so that the sum is known. Then the next larger counts are withheld
    with the small ones, and at last what nobody chose, until what is withheld cannot be computed, not even by
    somebody who knows this rule: every possible sum of them can come about in more than one way.
    """
    small = {count for count in counts if 0 < count < FEWEST}
    if not small:
        return tuple(counts)
    for highest in (FEWEST - 1, *sorted({count for count in counts if count >= FEWEST})):
        if not is_whole or _is_open(counts, highest):
            return tuple(None if 0 < count <= highest else count for count in counts)
    return (None,) * len(counts)


def _is_open(counts: Sequence[int], highest: int) -> bool:
    """Whether the counts up to this one could be others: more than one, and their sum at neither end."""
    withheld = [count for count in counts if 0 < count <= highest]
    total, size = sum(withheld), len(withheld)
    above = min((count for count in counts if count > highest), default=None)
    most = total + SLACK if above is None else size * (above - 1)
    return size > 1 and size + SLACK <= total <= most - SLACK
