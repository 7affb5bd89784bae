"""Makes a good set cheaper part by part: what lies outside the part stays, inside the best is found and proven.

The conditions that are learnt on the way hold for the whole, so each part teaches the next one, and the bound.
"""

from __future__ import annotations

import random

import numpy as np

from kimwerk.reporting.disclosure.clock import Clock, Effort
from kimwerk.reporting.disclosure.movement import TINY, Facts, Mask
from kimwerk.reporting.disclosure.optimum import Optimiser

SMALLEST, FIRST = 20, 100
"""So many cells are free in the smallest part, and in the first one."""
PATIENCE = 12
"""So many parts in a row without gain end the search, until the next whole choice says more."""
PAUSES = 300
"""The search ends after so many pauses of the solver as well: about as long as the whole choice before it takes."""
SLOW, QUICK = PAUSES // 3, PAUSES // 10
"""A part that needs more pauses is left as it is, and the next ones are smaller; if it needs few, they are larger."""


class Search:
    """One set of secondary cells that gets cheaper. What it finds is the same every time, unless time ends it."""

    def __init__(self, facts: Facts, optimiser: Optimiser, suppressed: Mask) -> None:
        self.suppressed = suppressed
        self._facts, self._optimiser = facts, optimiser
        self._random = random.Random(1)  # noqa: S311  # no secret depends on it
        self._promising = facts.open
        self._sizes = {True: FIRST * 2, False: FIRST}

    def run(self, until: Clock) -> None:
        """Until time or effort is spent, the set is proven optimal, or so many parts in a row brought nothing."""
        idle = turn = 0
        effort = Effort(PAUSES)
        self._promising = self._optimiser.promising(self.suppressed)
        while effort.left and idle < PATIENCE and not until.is_over and not self._optimiser.is_proven(self.suppressed):
            gained = self._improve(until, effort.share(SLOW), in_doubt=turn % 2 == 0)
            idle = 0 if gained else idle + 1
            turn += 1

    def _improve(self, until: Clock, effort: Effort, *, in_doubt: bool) -> bool:
        """Every second part begins where the cheapest choice that was seen last differs from the set."""
        guess, size, before = self._optimiser.guess, self._sizes[in_doubt], effort.left
        among = (self.suppressed | (guess > TINY) | self._promising) & self._facts.open
        doubt = (np.abs(guess - self.suppressed) > TINY) & self._facts.open
        free = self._part(doubt if in_doubt else among, among, size)
        better, certain = self._optimiser.near(self.suppressed, free, until, effort)
        gained = better is not self.suppressed
        self.suppressed = better
        if not gained and not certain:
            self._sizes[in_doubt] = max(SMALLEST, size * 4 // 5)
        elif not gained and before - effort.left <= QUICK:
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
            more = np.flatnonzero(self._facts.beside(part) & among & ~part).tolist()
            if not more:
                break
            taken = self._random.sample(more, min(len(more), max(5, (size - missing) // 4), missing))
            part[taken] = True
            missing -= len(taken)
        return part
