"""What must be protected and what may be suppressed for it: the policy of an office as a task for the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil

from kimwerk.kernel.dominance import is_telling, safe_from
from kimwerk.reporting.disclosure.structure import Structure


class Zeros(StrEnum):
    """How cells without anybody are treated. Known to everybody, the attacker included."""

    PUBLISHED = "published"  # always printed: a suppressed cell is known to be 1 at least
    SUPPRESSIBLE = "suppressible"  # may be suppressed to protect others


class Cost(StrEnum):
    """What secondary suppression shall lose as little of as possible."""

    CELLS = "cells"  # the number of cells
    SUM = "sum"  # the people counted in them


class PolicyProblem(StrEnum):
    """Why a policy protects nothing."""

    THRESHOLD = "threshold"  # below 2: nothing would be small


class PolicyError(ValueError):
    """The policy cannot be applied; `problem` says why."""

    def __init__(self, problem: PolicyProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of an instance: counts from 1 to threshold - 1 are small and never published or derivable."""

    threshold: int = 3
    zeros: Zeros = Zeros.PUBLISHED
    cost: Cost = Cost.CELLS

    def __post_init__(self) -> None:
        if self.threshold < 2:
            raise PolicyError(PolicyProblem.THRESHOLD)


@dataclass(frozen=True, slots=True)
class Task:
    """What the engine solves. Each primary cell must be possibly as large as its level, for all that is public.

    `lowest` is what the attacker knows each cell to be at least; `open_cells` may be suppressed for others;
    what is neither primary nor open is public.
    """

    structure: Structure
    levels: Mapping[int, int]
    lowest: tuple[int, ...]
    open_cells: frozenset[int]
    costs: tuple[int, ...]
    already: frozenset[int] = field(default_factory=frozenset)
    """Suppressed whatever it costs: hidden in an earlier edition."""

    def cost_of(self, suppressed: frozenset[int]) -> int:
        """What the secondary cells among the suppressed cost."""
        return sum(self.costs[cell] for cell in suppressed if cell not in self.levels and cell not in self.already)


def task_of(
    structure: Structure,
    policy: Policy,
    *,
    dominated: Mapping[int, int] | None = None,
    public: frozenset[int] = frozenset(),
    already: frozenset[int] = frozenset(),
    never_printed: frozenset[int] = frozenset(),
) -> Task:
    """The task that a policy sets for a structure.

    `dominated` adds primary cells with their levels (see `dominated_cells`); `public` cells were published
    before and stay so; `already` cells were suppressed before and stay so. `never_printed` cells stand in no
    table, but can be formed by subtracting: nobody knows that they are not 0.
    """
    values, already = structure.values, (already | never_printed) - public
    levels = {cell: policy.threshold for cell, value in enumerate(values) if 0 < value < policy.threshold}
    for cell, level in (dominated or {}).items():
        levels[cell] = max(level, levels.get(cell, 0))
    zeros_fixed = policy.zeros is Zeros.PUBLISHED
    open_cells = frozenset(
        cell
        for cell, value in enumerate(values)
        if cell not in levels and cell not in public and cell not in already and (value or not zeros_fixed)
    )
    lowest = tuple(
        min(value, 1) if zeros_fixed and cell not in never_printed else 0 for cell, value in enumerate(values)
    )
    costs = tuple(1 if policy.cost is Cost.CELLS else max(value, 1) for value in values)
    return Task(structure, {cell: level for cell, level in levels.items() if cell not in public}, lowest, open_cells,
                costs, already)  # fmt: skip


def dominated_cells(contributions: Mapping[int, Sequence[int]], percent: int) -> dict[int, int]:
    """Cells of amounts in which the second largest contributor could estimate the largest within `percent`.

    The p-percent rule: a cell is dominated if all but the two largest are less than percent of the largest. Its
    level is the value at which the estimate becomes safe.
    """
    return {cell: ceil(safe_from(amounts, percent)) for cell, amounts in contributions.items()
            if is_telling(amounts, percent)}  # fmt: skip
