"""An attacker who knows nothing of the engine: possible worlds of single counts that agree with everything printed.

The engine thinks in cells and relations between them. Here only the smallest parts are unknown, and each printed
number is one equation about them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np


@dataclass(frozen=True, slots=True)
class Statement:
    """What is public about a number: which parts it sums, its value if it is printed, and what it is at least."""

    parts: frozenset[int]
    value: int | None
    lowest: int = 0


def largest(parts: int, public: Sequence[Statement], wanted: frozenset[int]) -> float:
    """The most that the wanted parts can sum up to; infinite if nothing limits it."""
    solver = highspy._Highs()  # type: ignore[attr-defined]  # the wrapper prints a banner
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.addVars(parts, np.zeros(parts), np.full(parts, highspy.kHighsInf))
    for statement in public:
        at = np.array(sorted(statement.parts), dtype=np.int32)
        low = float(statement.lowest if statement.value is None else statement.value)
        high = highspy.kHighsInf if statement.value is None else low
        solver.addRow(low, high, len(at), at, np.ones(len(at)))
    for part in wanted:
        solver.changeColCost(part, 1.0)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    solver.run()
    if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
        return float(solver.getInfo().objective_function_value)
    assert solver.getModelStatus() in {
        highspy.HighsModelStatus.kUnbounded,
        highspy.HighsModelStatus.kUnboundedOrInfeasible,
    }
    return np.inf
