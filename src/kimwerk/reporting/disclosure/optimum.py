"""The cheapest set of secondary cells, proven: an integer programme that learns its conditions as it goes.

Suppressing is choosing: 1 or 0 for each open cell. Whenever a choice leaves a primary cell unprotected, the prices of
the attacker's linear programme name a condition that every good choice meets (Fischetti and Salazar, "Models and
algorithms for optimizing cell suppression in tabular data", JASA 2000): of these cells, enough must be suppressed. Such
conditions are first gathered for fractional choices, which is fast and gives most of the bound, then for whole ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kimwerk.reporting.disclosure.choices import Choices
from kimwerk.reporting.disclosure.clock import Clock
from kimwerk.reporting.disclosure.heuristic import Greedy, clean
from kimwerk.reporting.disclosure.movement import TINY, Facts, Mask, Reach, Vector

GLIMPSE = 1e-4
"""How much of a cell that is not chosen may move in a fractional question: it leads to conditions with few cells."""
CONDITIONS_PER_CELL = 3
EVERY = 4
"""In so many rounds once, all primary cells are asked; between, those that were unprotected last time."""
FEWEST = 5
"""Fractional choices end when one teaches fewer conditions than that, or than one for every eighth primary cell: whole
choices teach better ones then."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """The best set found, and what no set can cost less than."""

    suppressed: Mask
    bound: float


class Optimiser:
    """Narrows the gap between the best set found and the bound until it is small enough or time is over."""

    def __init__(self, facts: Facts, reach: Reach, greedy: Greedy) -> None:
        self._facts, self._reach, self._greedy = facts, reach, greedy
        self._choices = Choices(facts)
        self._bound = 0.0

    def improve(self, start: Mask, until: Clock) -> Optimum:
        """From a set that protects to a cheaper one; ends when it is proven that there is none, or time is over."""
        best, turns = start, 0
        while not self.is_proven(best) and not until.is_over:
            if turns % EVERY == 1:
                self.begin(until)
            choice = self._whole_choice(best, until)
            whole = (choice > 0.5) | self._facts.hidden
            unprotected = self._learn_from(whole, until)
            turns += 1
            if unprotected * 4 <= len(self._facts.primary) or turns % 5 == 0:
                best = self._cheaper(best, self._completed(whole, choice, until))
        return Optimum(best, min(self._bound, self._cost(best)))

    def begin(self, until: Clock) -> Vector:
        """Learns from fractional choices while they teach enough; the last of them."""
        self._learn_from_fractions(until, max(FEWEST, len(self._facts.primary) // 8))
        return self.hint()

    def hint(self) -> Vector:
        """The cheapest fractional choice for all that was learnt so far."""
        choice, bound = self._choices.fractional()
        self._raise_bound(bound)
        return choice

    def rounded(self, start: Mask, choice: Vector, until: Clock) -> Mask:
        """What a fractional choice leads to, or the start if that is cheaper."""
        return self._cheaper(start, self._completed((choice > 0.5) | self._facts.hidden, choice, until))

    def near(self, best: Mask, free: Mask, until: Clock) -> tuple[Mask, int]:
        """The cheapest set that differs from the best in free cells only, and how often a choice was refused for it."""
        refused = 0
        while not until.is_over:
            choice = self._choices.near(best, free, until)
            if choice is None:
                break
            whole = choice | self._facts.hidden
            doubtful = set(self._facts.primary) - self._reach.together(self._facts.primary, whole).keys()
            learnt, unprotected = self._ask(sorted(doubtful), whole.astype(np.float64), until, whole=True)
            if not unprotected:
                return whole, refused
            refused += 1
            if not learnt:
                break
        return best, refused

    def _whole_choice(self, best: Mask, until: Clock) -> Vector:
        """A twentieth of what is still open is near enough: each choice teaches, and the next one is nearer."""
        gap = (self._cost(best) - self._bound) / self._cost(best) / 20
        choice, bound = self._choices.whole(gap, until, best)
        self._raise_bound(bound)
        return choice

    def _cheaper(self, one: Mask, other: Mask) -> Mask:
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
        suppressed, proofs = self._greedy.complete(whole, 1 - np.clip(choice, 0, 1))
        return clean(self._reach, suppressed, proofs, choice, until, self._learn_need)

    def _learn_need(self, cell: int, suppressed: Mask) -> None:
        condition = self._broken_condition(cell, (suppressed | self._facts.hidden).astype(np.float64), whole=True)
        if condition is not None:
            self._choices.learn(condition)

    def _learn_from_fractions(self, until: Clock, enough: int) -> None:
        asked: Sequence[int] = self._facts.primary
        rounds = 0
        while not until.is_over:
            choice, bound = self._choices.fractional()
            self._raise_bound(bound)
            complete = rounds % EVERY == 0 or not asked
            learnt, asked = self._ask(self._facts.primary if complete else asked, choice, until, whole=False)
            rounds += 1
            if learnt < enough:
                if complete:
                    return
                asked = ()

    def _learn_from(self, whole: Mask, until: Clock) -> int:
        return len(
            self._ask([] if until.is_over else self._facts.primary, whole.astype(np.float64), until, whole=True)[1]
        )

    def _ask(self, cells: Sequence[int], choice: Vector, until: Clock, *, whole: bool) -> tuple[int, list[int]]:
        """Learn conditions that the choice breaks; how many, and which cells it leaves unprotected."""
        learnt, unprotected = 0, []
        for cell in cells:
            if until.is_over:
                unprotected.append(cell)  # nobody knows
                continue
            share = np.where(self._facts.hidden, 1.0, choice)
            for turn in range(20 if whole else CONDITIONS_PER_CELL):
                condition = self._broken_condition(cell, share, whole=whole)
                if condition is None:
                    break
                if not turn:
                    unprotected.append(cell)
                if condition @ choice > 1 - 1e-3:
                    break
                self._choices.learn(condition)
                learnt += 1
                share = np.where(condition > TINY, 1.0, share)
        return learnt, unprotected

    def _broken_condition(self, cell: int, share: Vector, *, whole: bool) -> Vector | None:
        """What must be suppressed for the cell and is not; None if it is protected."""
        facts, need = self._facts, self._facts.needs[cell]
        glimpse = share if whole else np.maximum(share, GLIMPSE)
        above = np.where(facts.hidden, facts.far, np.where(facts.open, (facts.far if whole else need) * glimpse, 0.0))
        above[cell] = need
        below = np.where(facts.open | facts.hidden, facts.room_below * glimpse, 0.0)
        answer = self._reach.highest((cell,), below, above)
        if answer.movement[cell] >= need - TINY:
            return None
        weights = -facts.weights(answer.prices)
        weights[np.abs(weights) < 1e-9] = 0.0
        room = np.where(weights > 0, np.inf, -np.minimum(weights, 0) * facts.room_below)
        room[cell] = 0.0
        lacking = need - room[facts.hidden].sum()
        if not lacking > 1e-6:
            return None
        condition: Vector = np.where(facts.open, np.minimum(room, lacking), 0.0) / lacking
        return condition
