"""Makes a good set cheaper part by part: what lies outside the part stays, inside the best is found and proven.

The conditions that are learnt on the way hold for the whole, so each part teaches the next one, and the bound.
"""

from __future__ import annotations

import random

import numpy as np

from kimwerk.reporting.disclosure.clock import Clock
from kimwerk.reporting.disclosure.movement import TINY, Facts, Mask, Vector
from kimwerk.reporting.disclosure.optimum import Optimiser

SMALLEST, FIRST = 20, 50
"""So many cells are free in the smallest part, and in the first one."""
SECONDS = 5.0
"""A part that takes longer is left as it is."""
TOO_HARD, EASY = 10, 4
"""So many refused choices make the next part smaller, or larger."""


class Search:
    """One set of secondary cells that gets cheaper. Repeatable: seeded."""

    def __init__(self, facts: Facts, optimiser: Optimiser, suppressed: Mask, hint: Vector) -> None:
        self.suppressed = suppressed
        self._facts, self._optimiser, self._hint = facts, optimiser, hint
        self._random = random.Random(1)  # noqa: S311  # no secret depends on it
        self._sizes = {True: FIRST * 2, False: FIRST}
        self._relations_of = [list[int]() for _ in range(facts.cells)]
        for cell, row in zip(facts.index.tolist(), facts.row_of.tolist(), strict=True):
            self._relations_of[cell].append(row)

    def run(self, until: Clock, patience: int) -> None:
        """Until time is over, the set is proven optimal, or so many parts in a row brought nothing."""
        idle = turn = 0
        while idle < patience and not until.is_over and not self._optimiser.is_proven(self.suppressed):
            idle = 0 if self._improve(until, in_doubt=turn % 3 == 0) else idle + 1
            turn += 1

    def _improve(self, until: Clock, *, in_doubt: bool) -> bool:
        """Every third part is where the fractional optimum differs from the set."""
        doubt = (np.abs(self._hint - self.suppressed) > TINY) & self._facts.open
        among = doubt if in_doubt else (self.suppressed | (self._hint > TINY)) & self._facts.open
        size = self._sizes[in_doubt]
        free = self._part(among, size)
        better, refused = self._optimiser.near(self.suppressed, free, Clock(min(until.left, SECONDS)))
        gained = better is not self.suppressed
        self.suppressed = better
        if refused >= TOO_HARD:
            self._sizes[in_doubt] = max(SMALLEST, size * 4 // 5)
        elif not gained and refused <= EASY:
            self._sizes[in_doubt] = min(size * 6 // 5, self._facts.cells)
        self._hint = self._optimiser.hint()
        return gained

    def _part(self, among: Mask, size: int) -> Mask:
        """Cells that relations join, starting anywhere."""
        cells = np.flatnonzero(among).tolist()
        if len(cells) <= size:
            return among
        part = self._facts.mask([self._random.choice(cells)])
        missing = size - 1
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
