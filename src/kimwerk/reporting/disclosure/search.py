"""Makes a good set cheaper part by part: of the set, all but a part stays suppressed, and the rest is chosen afresh.

A part is suppressed cells that lie together. What the others leave unmet is little, so the best choice for it is found
and proven quickly, wherever its cells lie. The conditions that are learnt on the way hold for the whole, so each part
teaches the next one, and the bound.

A search that does not end soon may get a second hand, where there is a second core for it: it tries parts while the
first one waits for the solver, and while the first one looks for a bound.
"""

from __future__ import annotations

import random

import numpy as np

from kimwerk.reporting.disclosure.clock import Clock, Effort
from kimwerk.reporting.disclosure.hands import Hands
from kimwerk.reporting.disclosure.movement import TINY, Facts, Mask
from kimwerk.reporting.disclosure.optimum import Optimiser

SMALLEST, FIRST = 8, 30
"""So many suppressed cells are chosen afresh in the smallest part, and in the first one."""
PATIENCE = 20
"""So many parts in a row without gain end the search, until the next whole choice says more."""
PAUSES = 3000
"""The search ends after so many pauses of the solver as well: within half a minute with a thousand cells."""
ALONE = 300
"""So many pauses the first hand works alone: smaller tables come to their end before, and to the same one each time."""
SLOW, QUICK = 100, 30
"""A part that needs more pauses is left as it is, and the next ones are smaller; if it needs few, they are larger."""


class Search:
    """One set of secondary cells that gets cheaper.

    What one hand finds is the same every time, unless time ends it; what two find is not.
    """

    def __init__(self, facts: Facts, optimiser: Optimiser, suppressed: Mask) -> None:
        self.suppressed = suppressed
        self._facts, self._optimiser = facts, optimiser
        self._random = random.Random(1)  # noqa: S311  # no secret depends on it
        self._size, self._spent = FIRST, 0

    def run(self, until: Clock, hands: Hands | None) -> None:
        """Until time or effort is spent, the set is proven optimal, or so many parts in a row brought nothing."""
        idle = turn = 0
        effort = Effort(PAUSES)
        while effort.left and idle < PATIENCE and not until.is_over and not self.is_proven:
            gained = self._improve(until, effort.share(SLOW), in_doubt=turn % 2 == 0)
            idle = 0 if gained else idle + 1
            turn += 1
            if hands and self._spent >= ALONE:
                hands.call_second()

    def help(self, until: Clock, effort: Effort) -> None:
        """What the second hand does: part after part, until there is nothing left to gain or no effort."""
        while effort.left and not until.is_over and not self.is_proven:
            self._improve(until, effort.share(SLOW), in_doubt=self._random.random() < 0.5)

    def offer(self, suppressed: Mask) -> None:
        """Another set that protects, taken if it is cheaper."""
        self.suppressed = self._optimiser.cheaper(self.suppressed, suppressed)

    @property
    def is_proven(self) -> bool:
        """Nothing can be cheaper."""
        return self._optimiser.is_proven(self.suppressed)

    def _improve(self, until: Clock, effort: Effort, *, in_doubt: bool) -> bool:
        """Every second part begins where the cheapest choice that was seen last does without a cell of the set."""
        chosen, before = self.suppressed & self._facts.open, effort.left
        doubtful = chosen & (self._optimiser.guess < TINY)
        part = self._part(doubtful if in_doubt and doubtful.any() else chosen, chosen)
        better, certain = self._optimiser.near(self.suppressed, part, until, effort)
        self._spent += before - effort.left
        best = self.suppressed
        self.offer(better)
        gained = self.suppressed is not best
        if not gained and not certain:
            self._size = max(SMALLEST, self._size * 9 // 10)
        elif not gained and before - effort.left <= QUICK:
            self._size = min(self._size * 11 // 10, int(chosen.sum()))
        return gained

    def _part(self, first: Mask, among: Mask) -> Mask:
        """So many cells around one of the first ones: relations join them, or published cells between them."""
        part = self._facts.mask([])
        if first.any():
            part[self._random.choice(np.flatnonzero(first).tolist())] = True
        around, missing = part, self._size - 1
        while missing > 0:
            wider = around | self._facts.beside(around)
            more = np.flatnonzero(wider & among & ~part).tolist()
            taken = self._random.sample(more, min(len(more), max(5, (self._size - missing) // 4), missing))
            part[taken] = True
            missing -= len(taken)
            if not more and (wider == around).all():
                break
            around = part if more else wider
        return part
