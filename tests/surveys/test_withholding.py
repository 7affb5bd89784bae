"""No answer of one or two can be read off a result, or computed from what stands beside it."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest

from kimwerk.surveys.withholding import FEWEST, told


def test_small_counts_take_others_with_them_where_the_sum_is_known() -> None:
    assert told([12, 1, 5], is_whole=True) == (12, None, None)
    assert told([12, 1, 5], is_whole=False) == (12, None, 5)
    assert told([12, 1, 1, 5], is_whole=True) == (12, None, None, None), "two of one each would be a sum of two"
    assert told([2, 0, 0], is_whole=True) == (None, None, None)
    assert told([0, 4, 7], is_whole=True) == (0, 4, 7)


def test_what_is_told_is_true_and_never_small() -> None:
    for is_whole, counts in product((True, False), product(range(7), repeat=4)):
        for count, said in zip(counts, told(counts, is_whole=is_whole), strict=True):
            assert said is None or (said == count and not 0 < said < FEWEST)


@pytest.mark.parametrize("size", [2, 3, 4])
def test_nobody_who_knows_rule_and_sum_can_compute_what_is_withheld(size: int) -> None:
    """Everything that looks the same from outside, tried out: each withheld count could be another one, too."""
    alike: dict[tuple[int, tuple[int | None, ...]], list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(8), repeat=size):
        alike[sum(counts), told(counts, is_whole=True)].append(counts)
    computed = [
        said
        for (total, said), fitting in alike.items()
        for place in range(size)
        if said[place] is None and total >= FEWEST and len({counts[place] for counts in fitting}) < 2
    ]
    assert computed == []
