"""From a task to a protected publication: heuristic, optimum, and the audit that must be clean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from kimwerk.reporting.disclosure.audit import Audit, Witnesses, audit
from kimwerk.reporting.disclosure.bounds import cost_bound
from kimwerk.reporting.disclosure.boxes import Packing
from kimwerk.reporting.disclosure.clock import Clock
from kimwerk.reporting.disclosure.hands import Hands
from kimwerk.reporting.disclosure.heuristic import Greedy, Unprotectable, clean
from kimwerk.reporting.disclosure.movement import Facts, Mask, Reach
from kimwerk.reporting.disclosure.optimum import Optimiser
from kimwerk.reporting.disclosure.rules import Task
from kimwerk.reporting.disclosure.search import Search
from kimwerk.reporting.disclosure.tables import Grid

SECONDS_PER_PROGRAMME = 2e-6
"""For each cell, what one linear programme takes; there is one at least for each small cell."""
GREEDY = 0.6
"""The share of the time for cheapest movements of one small cell after another at most."""
CLEANING = 0.25
"""The share for publishing again what the heuristic hid, where fractional choices led to nothing cheaper."""
AUDIT = 1e-7
"""What the audit takes in seconds, times the square of the cells; at most a quarter of the time is kept for it."""
BOUND = 0.1
"""The share of the time for a bound that holds whatever else is learnt at most."""
FRACTIONS = 0.4
"""The share of the time for fractional choices at most; they are fast and give most of the bound."""


class AuditFailed(RuntimeError):
    """The engine made a publication from which a primary cell can be derived. Nothing is published."""


@dataclass(frozen=True, slots=True)
class Protection:
    """What is suppressed, what it costs beyond the primary cells, and what no set can cost less than."""

    suppressed: frozenset[int]
    cost: int
    bound: int
    audit: Audit

    @property
    def gap(self) -> float:
        """How much cheaper another set could be at most, as a share of the cost; 0 is proven optimal."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0


def protect(task: Task, seconds: float = 60.0, grids: Sequence[Grid] = (), *, with_help: bool = False) -> Protection:
    """The cheapest protection found within about so many seconds. Raises Unprotectable, never publishes unproven.

    `grids` say where whole tables lie in the structure; without them large ones take long. `with_help` takes a second
    core for a search that lasts, where nobody else waits for it.
    """
    facts = Facts(task)
    best, bound, witnesses = facts.hidden, 0.0, None
    if task.levels and grids and facts.cells * len(task.levels) * SECONDS_PER_PROGRAMME > seconds / 4:
        best, bound, witnesses = _pack(facts, grids, seconds)
    elif task.levels:
        until = Clock(seconds - min(facts.cells**2 * AUDIT, seconds / 4))
        best, bound = _search(facts, until, seconds, with_help=with_help)
    for choice in (best, facts.hidden | facts.open):  # whoever suppresses everything is right more often, not cheaper
        suppressed = frozenset(np.flatnonzero(choice).tolist())
        verdict = audit(task.structure, suppressed, task.levels, task.lowest, witnesses)
        if verdict.is_clean:
            return Protection(suppressed, task.cost_of(suppressed), round(bound), verdict)
    raise AuditFailed


def _pack(facts: Facts, grids: Sequence[Grid], seconds: float) -> tuple[Mask, float, Witnesses]:
    """Large tables: a box for each small cell. The few without one get a linear programme over everything."""
    until = Clock(seconds * 0.8)
    bound = cost_bound(facts, until.share(seconds * BOUND))
    packing = Packing(facts, grids)
    packing.build()
    if packing.unproven:
        packing.add(Greedy(facts).complete(packing.suppressed, np.ones(facts.cells), until, packing.unproven)[0])
    else:
        packing.improve(until)
    return packing.suppressed, bound, packing.witnesses()


def _search(facts: Facts, until: Clock, seconds: float, *, with_help: bool) -> tuple[Mask, float]:
    reach, greedy = Reach(facts), Greedy(facts)
    bound = cost_bound(facts, until.share(seconds * BOUND))
    hidden, proofs = greedy.complete(facts.hidden, np.ones(facts.cells), until.share(seconds * GREEDY))
    optimiser = Optimiser(facts, reach, greedy)
    hint = optimiser.begin(until.share(seconds * FRACTIONS))
    suppressed = optimiser.rounded(hidden, hint, until.share(seconds / 8))
    if suppressed is hidden:
        suppressed = clean(reach, hidden, proofs, np.zeros(facts.cells), until.share(seconds * CLEANING))
    search = Search(facts, optimiser, suppressed)
    with Hands(optimiser.baton, partial(search.help, until)) as hands:
        while not until.is_over and not search.is_proven:
            search.run(Clock(until.left / 2), hands if with_help else None)
            search.offer(optimiser.turn(search.suppressed, until))
    last = optimiser.reached(search.suppressed)
    return last.suppressed, max(last.bound, bound)


__all__ = ["AuditFailed", "Protection", "Unprotectable", "protect"]
