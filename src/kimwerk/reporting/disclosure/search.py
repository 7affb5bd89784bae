"""Makes a good set cheaper part by part: what lies outside the part stays, inside the best is found and proven.

The conditions that are learnt on the way hold for the whole, so each part teaches the next one, and the bound.
"""

from __future__ import annotations

import random

import numpy as np

from kimwerk.reporting.disclosure.clock import Clock
from kimwerk.reporting.disclosure.movement import TINY, Facts, Mask
from kimwerk.reporting.disclosure.optimum import Optimiser

SMALLEST, FIRST = 20, 100
"""So many cells are free in the smallest part, and in the first one."""
SECONDS = 5.0
"""A part that takes longer is left as it is."""
SLOW, QUICK = 3.0, 1.0
"""Parts that bring nothing make the next ones smaller if they take longer, in seconds, and larger if they are quick."""


class Search:
    """One set of secondary cells that gets cheaper. Seeded; what it finds still depends on how fast the machine is."""

    def __init__(self, facts: Facts, optimiser: Optimiser, suppressed: Mask) -> None:
        self.suppressed = suppressed
        self._facts, self._optimiser = facts, optimiser
        self._random = random.Random(1)  # noqa: S311  # no secret depends on it
        self._promising = facts.open
        self._sizes = {True: FIRST * 2, False: FIRST}
        self._relations_of = [list[int]() for _ in range(facts.cells)]
        for cell, row in zip(facts.index.tolist(), facts.row_of.tolist(), strict=True):
            self._relations_of[cell].append(row)

    def run(self, until: Clock, patience: int) -> None:
        """Until time is over, the set is proven optimal, or so many parts in a row brought nothing."""
        idle = turn = 0
        self._promising = self._optimiser.promising(self.suppressed)
        while idle < patience and not until.is_over and not self._optimiser.is_proven(self.suppressed):
            idle = 0 if self._improve(until, in_doubt=turn % 2 == 0) else idle + 1
            turn += 1

    def _improve(self, until: Clock, *, in_doubt: bool) -> bool:
        """Every second part begins where the cheapest choice that was seen last differs from the set."""
        guess = self._optimiser.guess
        among = (self.suppressed | (guess > TINY) | self._promising) & self._facts.open
        doubt = (np.abs(guess - self.suppressed) > TINY) & self._facts.open
        size = self._sizes[in_doubt]
        free = self._part(doubt if in_doubt else among, among, size)
        before = until.left
        better = self._optimiser.near(self.suppressed, free, Clock(min(before, SECONDS)))
        spent = before - until.left
        gained = better is not self.suppressed
        self.suppressed = better
        if not gained and spent > SLOW:
            self._sizes[in_doubt] = max(SMALLEST, size * 4 // 5)
        elif not gained and spent < QUICK:
            self._sizes[in_doubt] = min(size * 3 // 2, self._facts.cells)
        return gained

    def _part(self, first: Mask, among: Mask, size: int) -> Mask:
        """Cells that relations join: half of them from the first ones, as far as there are so many."""
        part = self._joined(first, self._facts.mask([]), size // 2)
        return self._joined(among, part, size)

    def _joined(self, among: Mask, part: Mask, size: int) -> Mask:
        part = part.copy()
        if not part.any() and among.any():
            part[self._random.choice(np.flatnonzero(among).tolist())] = True
        missing = size - int(part.sum())
        while missing > 0:
            more = np.flatnonzero(self._near(part) & among & ~part).tolist()
            if not more:
                break
            taken = self._random.sample(more, min(len(more), max(5, (size - missing) // 4), missing))
            part[taken] = True
            missing -= len(taken)
        return part

    def _near(self, cells: Mask) -> Mask:
        """The open cells that share a relation with one of the cells."""
        rows = [row for cell in np.flatnonzero(cells).tolist() for row in self._relations_of[cell]]
        met = np.isin(self._facts.row_of, np.array(rows))
        return self._facts.mask(self._facts.index[met].tolist()) & self._facts.open
