"""Whether one line of a sequence is the sum of others: what their numbers say, and what their labels say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from kimwerk.reporting.plausibility import labels
from kimwerk.reporting.plausibility.cells import Cell, State
from kimwerk.reporting.plausibility.layout import Axis, Table
from kimwerk.reporting.plausibility.relations import Kind
from kimwerk.reporting.plausibility.sequences import Run

Mask: TypeAlias = npt.NDArray[np.bool_]
Vector: TypeAlias = npt.NDArray[np.float64]

FARTHEST = 120
"""So many lines a sum without a label may reach over."""
ENOUGH_BITS = 20.0
"""How improbable the agreement of an unnamed sum must be by chance, in bits."""
ENOUGH_IF_ALL = 14.0
ENOUGH_DIGITS = 18.0


@dataclass(frozen=True, slots=True)
class Found:
    """One line that is a sum: positions in the sequence, and how well it agrees."""

    total: int
    parts: tuple[int, ...]
    signs: tuple[int, ...]
    agreeing: int
    asked: int
    is_labelled: bool
    kind: Kind | None = None


class Reader:
    """Tries which lines of one sequence are sums of others."""

    def __init__(
        self, table: Table, axis: Axis, run: Run, across: Sequence[int], is_share: bool,
        is_second: bool,
    ) -> None:  # fmt: skip
        self.lines, self.is_share, self.is_second = run.lines, is_share, is_second
        self.known = set[tuple[int, int]]()
        cells = [
            [table.cell(axis, group[member], other) for group in run.groups for other in across]
            for member in range(len(run.lines))
        ]
        self.cells: list[list[Cell]] = cells
        self.values: Vector = np.array([[_float(cell) for cell in row] for row in cells])
        self.unknown: Mask = np.isnan(self.values)
        self.summands: Vector = np.nan_to_num(self.values)
        self.filled = np.array([[cell.state is State.NUMBER for cell in row] for row in cells])
        self.shown = np.array([[cell.is_number for cell in row] for row in cells])
        places = np.array([[cell.places for cell in row] for row in cells])
        self.unit: Vector = 10.0 ** -places.max(axis=0)
        if is_share and any(cell.value and not cell.is_percent and cell.places > 2 for row in cells for cell in row):
            self.unit = np.maximum(self.unit, 1e-9)

    @property
    def reach(self) -> int:
        """So far a sum without a name is looked for; in long tables not so far."""
        return max(min(FARTHEST, 12_000 // len(self.lines)), 6)

    def is_named(self, member: int) -> bool:
        """It is called a total, or is the region at the end of its parts."""
        label = self.lines[member].label
        is_outer = member in {0, len(self.lines) - 1} and len(self.lines) > 2
        return labels.is_total(label) or (is_outer and labels.is_region(label))

    def tried(
        self, total: int, parts: Sequence[int], signs: Sequence[int] | None = None, *, labelled: bool,
        part_sum: Vector | None = None, usable: Mask | None = None,
    ) -> tuple[Found, float]:  # fmt: skip
        """How many entries agree with the claim, and how improbable that is by chance."""
        weights = signs or [1] * len(parts)
        chosen = list(parts)
        if part_sum is None:
            part_sum = np.array(weights, dtype=float) @ self.summands[chosen]
        if usable is None:
            unknown: Mask = np.array(self.unknown[chosen].any(axis=0))
            some: Mask = np.array(self.shown[chosen].any(axis=0))
            usable = ~unknown & some
        target = self.summands[total]
        asked = usable & self.shown[total] & ~self.unknown[total]
        off = np.abs(target - part_sum)
        exact = asked & (off <= 1e-3 * self.unit + 1e-11 * np.abs(part_sum))
        bound = self.unit * (len(parts) + 1) / 2
        near = asked & ~exact & (off <= bound) & (np.abs(part_sum) >= 20 * bound)
        if not self.is_share and not exact.any() and asked.sum() <= 3 and self.unit.max() >= 1:
            near &= False  # two whole numbers that nearly agree may do so by chance
        telling = exact & (np.abs(part_sum) > 0)
        size = np.abs(part_sum) / self.unit
        bits = np.minimum(np.log2(size[telling] + 1), 12).sum() + 2.0 * (near & (size > 100 * len(parts))).sum()
        zeros = int((exact & (part_sum == 0) & (target == 0)).sum())
        agreeing = int(exact.sum() + near.sum()) - zeros
        found = Found(total, tuple(parts), tuple(weights), agreeing, int(asked.sum()) - zeros, labelled)
        return found, float(bits)

    def is_believed(self, found: Found, bits: float) -> bool:
        """By its label and half of the numbers, or by most of them alone."""
        if not found.agreeing or (self.is_share and found.asked < 3 and not self.is_whole(found.total)):
            return False
        if found.is_labelled:
            return 2 * found.agreeing >= found.asked
        if found.asked > 2 and found.agreeing == found.asked and len(found.parts) > 1 and bits >= ENOUGH_IF_ALL:
            return True
        if len(found.parts) < 2 or bits < ENOUGH_BITS:
            return False
        if found.asked < 3:
            return found.agreeing == found.asked == 2
        return 10 * found.agreeing >= 7 * found.asked or (found.asked <= 4 and found.agreeing + 1 >= found.asked)

    def off(self, total: int, parts: Sequence[int]) -> float:
        """How far the total is from the sum of the parts, over all entries; as far as can be without parts."""
        if not parts:
            return float("inf")
        added = self.summands[list(parts)].sum(axis=0)
        return float(np.abs(self.summands[total] - added).sum())

    def is_whole(self, member: int) -> bool:
        """The line says 100 percent."""
        shown = self.values[member][self.filled[member]]
        return bool(len(shown)) and bool((np.isclose(shown, 100) | np.isclose(shown, 1)).mean() >= 0.5)

    def is_hundred(self, member: int) -> bool:
        """The line says 100 almost everywhere: it closes shares, though no percent sign says so."""
        shown = self.values[member][self.filled[member]]
        return len(shown) > 1 and bool((shown == 100).mean() > 0.6)

    def _starts_well(self, order: Sequence[int], count: int, added: Vector) -> bool:
        """A sum behind its one or two numbers reaches to another total or to the end; else only long numbers tell."""
        if count == len(order) or self.is_named(order[count]) or all(self.is_named(at) for at in order[:count]):
            return True
        return float(np.log2(np.abs(added) / self.unit + 1).max()) >= ENOUGH_DIGITS

    def best_block(self, total: int, order: Sequence[int], *, labelled: bool, natural: int = 0) -> Found | None:
        """The first so many lines of the order that the total is the sum of."""
        best: tuple[tuple[float, ...], Found] | None = None
        values = np.zeros(self.values.shape[1])
        usable = np.ones(self.values.shape[1], dtype=bool)
        shown = np.zeros(self.values.shape[1], dtype=bool)
        reach = len(order) if labelled else min(len(order), self.reach)
        for count in range(1, reach + 1):
            line = order[count - 1]
            values = values + self.summands[line]
            usable &= ~self.unknown[line]
            shown |= self.shown[line]
            if count == 1 and not (labelled and natural == 1):
                continue
            found, bits = self.tried(total, order[:count], labelled=labelled, part_sum=values, usable=usable & shown)
            if self.is_believed(found, bits) and (
                found.asked > 2 or line > total or self._starts_well(order, count, values)
            ):
                rank = (found.agreeing / found.asked, float(found.agreeing), float(count == natural), count)
                if best is None or rank > best[0]:
                    best = rank, found
        return best[1] if best else None


def _float(cell: Cell) -> float:
    if cell.state is State.NUMBER:
        return float(cell.value)
    return 0.0 if cell.state in {State.NIL, State.BLANK} else float("nan")


def as_labelled(reader: Reader, total: int, parts: Sequence[int], *, is_first: bool = False) -> list[Found]:
    """What the label says though the numbers do not: a fault if there are few of them, else no sum at all."""
    whole = [part for part in parts if not is_aside(reader.lines[part].label)]
    if (
        not whole
        or reader.is_second
        or (reader.is_share and not reader.is_whole(total))
        or (len(whole) < 2 and is_first)
    ):
        return []
    found, _ = reader.tried(total, whole, labelled=True)
    if not found.asked or all((cell.row, cell.column) in reader.known for cell in reader.cells[total]):
        return []
    added = float(reader.summands[whole].sum())
    stated = float(reader.summands[total].sum())
    limit = 2 if is_first else 11
    if found.asked <= 2 and not (abs(added) <= limit * abs(stated) and abs(stated) <= limit * abs(added)):
        return []
    return [found]


def nearly_agreeing(reader: Reader, total: int, block: Sequence[int]) -> list[Found]:
    """What is not quite the total, and too near it to be anything else."""
    stated = float(np.abs(reader.summands[total]).sum())
    if 3 * reader.off(total, block) >= stated:
        return []
    return [each for each in as_labelled(reader, total, block) if each.asked == 1]


def is_aside(label: str) -> bool:
    """No part of a sum: a balance, a change, a running sum."""
    return labels.is_balance(label) or labels.is_change(label) or labels.is_cumulated(label)
