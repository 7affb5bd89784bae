"""Balances and changes: a line that is the difference of two others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from kimwerk.reporting.plausibility import labels
from kimwerk.reporting.plausibility.claims import Found, Reader
from kimwerk.reporting.plausibility.relations import Kind


def balances_of(reader: Reader, sums: Sequence[Found]) -> list[Found]:
    """The lines that say they are a balance or a change, and the two lines that they are the difference of."""
    found: list[Found] = []
    totals = {each.total for each in sums} | {at for at, line in enumerate(reader.lines) if labels.is_total(line.label)}
    for target, line in enumerate(reader.lines):
        if target in {each.total for each in sums}:
            continue
        if labels.is_balance(line.label):
            earlier = [at for at in range(len(reader.lines)) if at != target and (at < target or at in totals)]
            pairs = list(combinations([at for at in earlier if at in totals], 2)) + list(combinations(earlier[-8:], 2))
            found += _best_pair(reader, target, pairs, ((1, -1), (-1, 1), (1, 1)), Kind.BALANCE)
        elif labels.is_change(line.label):
            earlier = list(range(max(target - 6, 0), target))
            pairs = sorted(combinations(earlier, 2), key=lambda pair: target - pair[0] + target - pair[1])
            found += _best_pair(reader, target, pairs, ((-1, 1), (1, -1)), Kind.DIFFERENCE)
    return found


def _best_pair(
    reader: Reader, target: int, pairs: Sequence[tuple[int, int]], signs: Sequence[tuple[int, int]], kind: Kind
) -> list[Found]:
    best: Found | None = None
    first: Found | None = None
    for pair in pairs:
        for sign in signs:
            each, _ = reader.tried(target, pair, sign, labelled=True)
            first = first or each
            is_good = each.agreeing and 2 * each.agreeing >= each.asked
            if is_good and (best is None or each.agreeing > best.agreeing):
                best = each
    if best is None and kind is Kind.BALANCE and first is not None and first.asked == 1:
        best = _nearest(reader, target, pairs[0], signs)
    if best is None:
        return []
    return [Found(best.total, best.parts, best.signs, best.agreeing, best.asked, True, kind)]


def _nearest(reader: Reader, target: int, pair: tuple[int, int], signs: Sequence[tuple[int, int]]) -> Found:
    """Where one number alone is to be balanced, the signs that come nearest."""

    def off(sign: tuple[int, int]) -> float:
        added = np.array(sign, dtype=float) @ reader.summands[list(pair)]
        return float(np.abs(reader.summands[target] - added).sum())

    return reader.tried(target, pair, min(signs, key=off), labelled=True)[0]
