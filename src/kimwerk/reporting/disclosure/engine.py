"""From a task to a protected publication: heuristic, optimum, and the audit that must be clean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kimwerk.reporting.disclosure.audit import Audit, audit
from kimwerk.reporting.disclosure.clock import Clock
from kimwerk.reporting.disclosure.heuristic import Greedy, Unprotectable, clean
from kimwerk.reporting.disclosure.movement import Facts, Mask, Reach
from kimwerk.reporting.disclosure.optimum import Optimiser
from kimwerk.reporting.disclosure.rules import Task
from kimwerk.reporting.disclosure.search import Search

PATIENCE = 40
"""So many parts in a row without gain end the search."""
ENOUGH = 20
"""The search begins when fractional choices teach fewer conditions than that; parts teach better ones then."""
SHORT = 100.0
"""Who waits no more seconds than that wants a good set; who waits longer, a proof."""


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


def protect(task: Task, seconds: float = 60.0) -> Protection:
    """The cheapest protection found within about so many seconds. Raises Unprotectable, never publishes unproven."""
    facts = Facts(task)
    best, bound = facts.hidden, 0.0
    if task.levels:
        best, bound = _search(facts, Clock(seconds), seconds)
    suppressed = frozenset(np.flatnonzero(best).tolist())
    verdict = audit(task.structure, suppressed, task.levels, task.lowest)
    if not verdict.is_clean:
        raise AuditFailed
    return Protection(suppressed, task.cost_of(suppressed), round(bound), verdict)


def _search(facts: Facts, until: Clock, seconds: float) -> tuple[Mask, float]:
    reach, greedy = Reach(facts), Greedy(facts)
    suppressed, proofs = greedy.complete(facts.hidden, np.ones(facts.cells))
    suppressed = clean(reach, suppressed, proofs, np.zeros(facts.cells), Clock(seconds / 20))
    optimiser = Optimiser(facts, reach, greedy)
    hint = optimiser.begin(Clock(seconds * 0.4), ENOUGH)
    suppressed = optimiser.rounded(suppressed, hint, Clock(seconds / 15))
    search = Search(facts, optimiser, suppressed, hint)
    search.run(until if seconds <= SHORT else Clock(until.left / 3), PATIENCE)
    last = optimiser.improve(search.suppressed, until)
    return last.suppressed, last.bound


__all__ = ["AuditFailed", "Protection", "Unprotectable", "protect"]
