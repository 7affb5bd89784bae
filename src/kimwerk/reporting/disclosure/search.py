"""Tear down a part of a good set, build it again another way, keep what is cheaper (ruin and recreate)."""

from __future__ import annotations

import random

import numpy as np

from kimwerk.reporting.disclosure.clock import Clock
from kimwerk.reporting.disclosure.heuristic import Greedy, clean
from kimwerk.reporting.disclosure.movement import TINY, Facts, Mask, Reach, Vector

TORN_DOWN = (5, 25)
"""So few to so many secondary cells at a time."""


class Search:
    """One set of secondary cells that gets cheaper, with the proof for each primary cell. Repeatable: seeded."""

    def __init__(self, reach: Reach, greedy: Greedy, suppressed: Mask, proofs: dict[int, Vector]) -> None:
        self.suppressed = suppressed
        self._proofs = proofs
        self._reach, self._greedy = reach, greedy
        self._facts: Facts = reach.facts
        self._random = random.Random(1)  # noqa: S311  # no secret depends on it
        self._relations_of = [list[int]() for _ in range(self._facts.cells)]
        for cell, row in zip(self._facts.index.tolist(), self._facts.row_of.tolist(), strict=True):
            self._relations_of[cell].append(row)

    @property
    def cost(self) -> float:
        """What the set costs now."""
        return float(self._facts.costs[self.suppressed].sum())

    def run(self, until: Clock, good_enough: float, patience: int) -> None:
        """Try until time is over, the cost is good enough, or so many attempts in a row brought nothing."""
        idle = 0
        while idle < patience and not until.is_over and self.cost > good_enough:
            before = self.cost
            self._attempt(until)
            idle = 0 if self.cost < before else idle + 1

    def _attempt(self, until: Clock) -> None:
        torn = self._torn_down()
        kept = self.suppressed & ~torn
        users = [cell for cell, proof in self._proofs.items() if (np.abs(proof[torn]) > TINY).any()]
        proofs = self._proofs | self._reach.certify(users, kept)
        still = {cell for cell in users if proofs[cell] is self._proofs[cell]}
        mood = np.array([self._random.uniform(0.4, 1.6) for _ in range(self._facts.cells)])
        built, new = self._greedy.complete(kept, np.where(torn, mood * 1.15, mood), still)
        proofs |= new
        near = self._near(torn | (built & ~kept))
        built = clean(self._reach, built, proofs, mood - self._facts.costs, until, among=near)
        if self._facts.costs[built].sum() <= self.cost:
            self.suppressed, self._proofs = built, proofs

    def _torn_down(self) -> Mask:
        """Secondary cells that relations join, starting anywhere."""
        secondary = np.flatnonzero(self.suppressed & self._facts.open).tolist()
        wanted = self._random.randint(*TORN_DOWN)
        torn = self._facts.mask([self._random.choice(secondary)])
        while wanted > torn.sum():
            more = np.flatnonzero(self._near(torn) & self.suppressed & self._facts.open & ~torn).tolist()
            if not more:
                break
            torn[self._random.sample(more, min(len(more), wanted - int(torn.sum())))] = True
        return torn

    def _near(self, cells: Mask) -> Mask:
        """The open cells that share a relation with one of the cells."""
        rows = [row for cell in np.flatnonzero(cells).tolist() for row in self._relations_of[cell]]
        met = np.isin(self._facts.row_of, np.array(rows))
        return self._facts.mask(self._facts.index[met].tolist()) & self._facts.open
