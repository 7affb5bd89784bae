"""The single change that would mend a table: one cell with which all violated relations hold and no other breaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kimwerk.reporting.plausibility.cells import Cell, State
from kimwerk.reporting.plausibility.relations import Equation, Place, half_up, place

MOST_VIOLATED = 200
"""A table with more faults is not mended by naming cells."""


@dataclass(frozen=True, slots=True)
class Change:
    """Another number in one cell."""

    cell: Cell
    to: Decimal


@dataclass(frozen=True, slots=True)
class Mend:
    """The likeliest change, the relations it mends, and the changes that would do as well."""

    change: Change
    mended: frozenset[int]
    others: tuple[Change, ...] = ()


class Mender:
    """Tries changes against all equations of a table."""

    def __init__(self, equations: Sequence[Equation], values: dict[Place, Decimal], *, may_be_negative: bool) -> None:
        self._equations, self._values, self._may_be_negative = equations, values, may_be_negative
        self._at: dict[Place, set[int]] = {}
        for number, equation in enumerate(equations):
            for cell in equation.cells:
                self._at.setdefault(place(cell), set()).add(number)
        self._residual = [self._off(equation) for equation in equations]
        self._places: dict[int, int] = {}
        for equation in equations:
            for cell in equation.cells:
                self._places[cell.column] = max(self._places.get(cell.column, 0), cell.places)

    def _off(self, equation: Equation) -> Decimal:
        exact = equation.exact(self._values)
        return Decimal(0) if exact is None else self._values[place(equation.target)] - exact

    def mends(self, violated: Iterable[int]) -> list[Mend]:
        """One change after the other, each the one that mends most of what is still violated."""
        left = set(violated)
        if len(left) > MOST_VIOLATED:
            return []
        found: list[Mend] = []
        while left and (mend := self._best(left)):
            found.append(mend)
            left -= mend.mended
        return found

    def _best(self, violated: set[int]) -> Mend | None:
        tried: dict[tuple[Place, Decimal], tuple[Change, frozenset[int]]] = {}
        for number in sorted(violated):
            equation = self._equations[number]
            for cell in equation.cells:
                change = self._change(equation, cell)
                if change is None or (place(cell), change.to) in tried:
                    continue
                mended = self._mended(change, violated)
                if mended:
                    tried[place(cell), change.to] = change, mended
        if not tried:
            return None
        targets = {place(self._equations[number].target) for number in violated}
        most = max(len(mended) for _, mended in tried.values())
        best = [(change, mended) for change, mended in tried.values() if len(mended) == most]
        best.sort(key=lambda each: (slip(each[0]), place(each[0].cell) not in targets, place(each[0].cell)))
        change, mended = best[0]
        return Mend(change, mended, tuple(other for other, same in best[1:] if same == mended))

    def _change(self, equation: Equation, cell: Cell) -> Change | None:
        to = equation.solved_for(cell, self._values)
        if to is None:
            return None
        places = max(self._places.get(cell.column, 0), cell.places)
        if places > 6:
            to = half_up(to, 9)
        rounded = half_up(to, min(places, 9))
        if equation.places is None and abs(rounded - to) > Decimal("1e-9"):
            return None
        if rounded < 0 and not self._may_be_negative and cell.value >= 0:
            return None
        return Change(cell, rounded) if rounded != self._values[place(cell)] else None

    def _mended(self, change: Change, violated: set[int]) -> frozenset[int]:
        """What the change mends; nothing if it breaks anything that holds."""
        here = place(change.cell)
        mended = []
        for number in self._at[here]:
            holds = self._holds_with(self._equations[number], number, change)
            if number in violated:
                if holds:
                    mended.append(number)
            elif not holds:
                return frozenset()
        return frozenset(mended)

    def _holds_with(self, equation: Equation, number: int, change: Change) -> bool:
        here = place(change.cell)
        if equation.per is None and equation.places is None:
            step = change.to - self._values[here]
            off = self._residual[number]
            if place(equation.target) == here:
                off += step
            off -= sum(sign for sign, cell in equation.terms if place(cell) == here) * step * equation.factor
            return abs(off) <= equation.tolerance + Decimal("1e-9") * max(
                abs(self._values[place(equation.target)]), Decimal(1)
            )
        before = self._values[here]
        self._values[here] = change.to
        holds = equation.holds(self._values)
        self._values[here] = before
        return holds


def slip(change: Change) -> int:
    """How like a slip of the hand the change is: 0 for one digit or two swapped, 1 for a digit more or less, else 2."""
    old, new = _digits(change.cell.value), _digits(change.to)
    if change.cell.state is not State.NUMBER or change.cell.value == -change.to:
        return 1
    if len(old) == len(new):
        unlike = [at for at in range(len(old)) if old[at] != new[at]]
        swapped = len(unlike) == 2 and [old[at] for at in unlike] == [new[at] for at in reversed(unlike)]
        return 0 if len(unlike) == 1 or swapped else 2
    longer, shorter = sorted((old, new), key=len, reverse=True)
    return 1 if any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))) else 2


def _digits(value: Decimal) -> str:
    return f"{abs(value):f}".replace(".", "").lstrip("0") or "0"
