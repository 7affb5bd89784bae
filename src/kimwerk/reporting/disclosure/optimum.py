"""The cheapest set of secondary cells, proven: an integer programme that learns its conditions as it goes.

Suppressing is choosing: 1 or 0 for each open cell. Whenever a choice leaves a primary cell unprotected, the prices of
the attacker's linear programme name a condition that every good choice meets (Fischetti and Salazar, "Models and
algorithms for optimizing cell suppression in tabular data", JASA 2000): of these cells, enough must be suppressed. Such
conditions are first gathered for fractional choices, which is fast, then for whole ones, which give the rest of the
bound. The fewer cells a condition names, the more it says: they come from relations near the primary cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kimwerk.reporting.disclosure.choices import Choices
from kimwerk.reporting.disclosure.clock import Clock, Effort
from kimwerk.reporting.disclosure.company import companies
from kimwerk.reporting.disclosure.hands import Baton
from kimwerk.reporting.disclosure.heuristic import Greedy, clean
from kimwerk.reporting.disclosure.movement import TINY, Facts, Mask, Reach, Vector
from kimwerk.reporting.disclosure.nearby import BROKEN, Nearby, told_by

STEPS = (2, 3)
"""The nearest relations are asked first, which is fast, and those farther away only for whole choices."""
CONDITIONS_PER_CELL = 3
EVERY = 4
"""In so many rounds once, all primary cells are asked; between, those that were unprotected last time."""
FEWEST = 5
"""Fractional choices end when one teaches fewer conditions than that, or than one for every sixteenth primary cell:
whole choices teach better ones then."""
FEW = 4
"""A choice that leaves one in so many primary cells unprotected is near one that protects; every fifth is tried too."""


PATIENCE = 2
"""A whole choice may take this part of the time that is left: the bound counts even if it did not end."""
NEARER = 20
"""A whole choice may be dearer than the cheapest by this part of what is open between set and bound. On the table of
1,610 cells a fifth was quicker at first (0.5 s instead of 2), but gave bounds of 1,647 and 1,664 instead of 1,659 and
1,677."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """The best set found, and what no set can cost less than."""

    suppressed: Mask
    bound: float


class Optimiser:
    """Narrows the gap between the best set found and the bound until it is small enough or time is over.

    Whoever takes a turn or asks what is near holds the baton.
    """

    def __init__(self, facts: Facts, reach: Reach, greedy: Greedy) -> None:
        self._facts, self._reach, self._greedy = facts, reach, greedy
        self.baton = Baton()
        self._choices = Choices(facts, self.baton)
        self._scopes = [Nearby(facts, steps) for steps in STEPS]
        self._bound, self._turns = 0.0, 0
        self.guess: Vector = np.zeros(facts.cells)  # the last choice: cheap, and not yet protecting

    def reached(self, best: Mask) -> Optimum:
        """The set and the bound that holds for all."""
        return Optimum(best, min(self._bound, self._cost(best)))

    def turn(self, best: Mask, until: Clock) -> Mask:
        """One whole choice: what it teaches, and what it leads to if it leaves few cells unprotected."""
        self._turns += 1
        choice = self._whole_choice(best, until)
        whole = (choice > 0.5) | self._facts.hidden
        unprotected = self._learn_from(whole, until)
        if unprotected * FEW <= len(self._facts.primary) or self._turns % 5 == 0:
            best = self.cheaper(best, self._completed(whole, choice, until))
        return best

    def begin(self, until: Clock) -> Vector:
        """Learns from fractional choices while they teach enough; the last of them."""
        self._learn_from_fractions(self._scopes[0], until, max(FEWEST, len(self._facts.primary) // 16))
        if not until.is_over:
            for cell, others in companies(self._facts):
                self._choices.accompany(cell, others)
        self.guess, bound = self._choices.fractional()
        self._raise_bound(bound)
        return self.guess

    def rounded(self, start: Mask, choice: Vector, until: Clock) -> Mask:
        """What a fractional choice leads to, or the start if that is cheaper."""
        return self.cheaper(start, self._completed((choice > 0.5) | self._facts.hidden, choice, until))

    def near(self, best: Mask, part: Mask, until: Clock, effort: Effort) -> tuple[Mask, bool]:
        """The cheapest set found with another choice instead of a part of the best, and whether it is the cheapest."""
        while effort.left and not until.is_over:
            choice, certain = self._choices.near(best, part, until, effort)
            if choice is None:
                return best, certain
            whole = choice | self._facts.hidden
            known = len(self._choices)
            if not self._learn_from(whole, until):
                return whole, certain
            if len(self._choices) == known:
                break
        return best, False

    def _whole_choice(self, best: Mask, until: Clock) -> Vector:
        """Part of what is still open is near enough: each choice teaches, and the next one is nearer."""
        gap = (self._cost(best) - self._bound) / self._cost(best) / NEARER
        self.guess, bound = self._choices.whole(gap, Clock(until.left / PATIENCE), best)
        self._raise_bound(bound)
        return self.guess

    def cheaper(self, one: Mask, other: Mask) -> Mask:
        """The cheaper set; the first if both cost the same."""
        return other if self._cost(other) < self._cost(one) else one

    def _cost(self, suppressed: Mask) -> float:
        return float(self._facts.costs[suppressed].sum())

    def is_proven(self, best: Mask) -> bool:
        """Nothing can be cheaper."""
        return self._cost(best) <= self._bound + TINY

    def _raise_bound(self, bound: float) -> None:
        """Costs are whole numbers, so a bound of 9.2 is one of 10."""
        if np.isfinite(bound):
            self._bound = max(self._bound, float(np.ceil(bound - 1e-4)))

    def _completed(self, whole: Mask, choice: Vector, until: Clock) -> Mask:
        proofs = self._reach.together(self._facts.primary, whole)
        doubtful = [cell for cell in self._facts.primary if cell not in proofs]
        suppressed, more = self._greedy.complete(whole, 1 - np.clip(choice, 0, 1), until, doubtful)
        proofs |= more
        return clean(self._reach, suppressed, proofs, choice, until, self)

    def knows_need(self, cell: int, suppressed: Mask) -> bool:
        """Whether a condition that was learnt is broken without the cell."""
        return self._choices.need(cell, suppressed)

    def hears_of_need(self, primary: int, suppressed: Mask) -> None:
        """Learns the condition that is broken."""
        share = (suppressed | self._facts.hidden).astype(np.float64)
        condition = self._broken_condition(primary, share, self._scopes, whole=True)
        if condition is not None:
            self._choices.learn(condition)

    def _learn_from_fractions(self, scope: Nearby, until: Clock, enough: int) -> None:
        asked: Sequence[int] = self._facts.primary
        rounds = 0
        while not until.is_over:
            choice, bound = self._choices.fractional()
            self._raise_bound(bound)
            complete = rounds % EVERY == 0 or not asked
            learnt, asked = self._ask(self._facts.primary if complete else asked, choice, until, [scope], whole=False)
            rounds += 1
            if learnt < enough:
                if complete:
                    return
                asked = ()

    def _learn_from(self, whole: Mask, until: Clock) -> int:
        """How many primary cells a whole choice leaves unprotected, or leaves in doubt when time is over."""
        doubtful = set(self._facts.primary) - self._reach.together(self._facts.primary, whole).keys()
        choice = whole.astype(np.float64)
        return len(self._ask(sorted(doubtful), choice, until, self._scopes, whole=True)[1])

    def _ask(
        self, cells: Sequence[int], choice: Vector, until: Clock, scopes: Sequence[Nearby], *, whole: bool
    ) -> tuple[int, list[int]]:
        """Learn conditions that the choice breaks; how many, and which cells it leaves unprotected."""
        learnt, unprotected = 0, []
        for cell in cells:
            if until.is_over:
                unprotected.append(cell)  # nobody knows
                continue
            share = np.where(self._facts.hidden, 1.0, choice)
            for turn in range(20 if whole else CONDITIONS_PER_CELL):
                condition = self._broken_condition(cell, share, scopes, whole=whole)
                if condition is None:
                    break
                if not turn:
                    unprotected.append(cell)
                if condition @ choice > BROKEN:
                    break
                self._choices.learn(condition)
                learnt += 1
                share = np.where(condition > TINY, 1.0, share)
        return learnt, unprotected

    def _broken_condition(self, cell: int, share: Vector, scopes: Sequence[Nearby], *, whole: bool) -> Vector | None:
        """What must be suppressed for the cell and is not: from the nearest relations that tell, or from all."""
        for scope in scopes:
            condition = scope.condition(cell, share)
            if condition is not None:
                return condition
        if not whole:
            return None
        facts = self._facts
        above, below = facts.far * share, facts.room_below * share
        above[cell] = facts.needs[cell]
        return told_by(facts, cell, self._reach.highest((cell,), below, above))
