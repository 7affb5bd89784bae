"""Which percentages are of what: of the column, the row, the whole, or the change since the line before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kimwerk.reporting.plausibility import labels
from kimwerk.reporting.plausibility.cells import Cell, State
from kimwerk.reporting.plausibility.layout import Axis, Line, Table
from kimwerk.reporting.plausibility.relations import Equation, Family, Kind, number_of, place
from kimwerk.reporting.plausibility.sums import Sums

FARTHEST = 12
"""Counts that a line of shares may be of stand no farther away, unless there are few lines at all."""
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Claim:
    """One reading of a line of shares, and how many of its cells agree."""

    equations: tuple[Equation, ...]
    agreeing: int
    nearness: int

    @property
    def is_believed(self) -> bool:
        telling = {equation.target.value for equation in self.equations}
        if (self.agreeing < 2 and len(self.equations) > 1) or not self.agreeing:
            return False
        if len(self.equations) == 1:
            return False
        return 2 * self.agreeing >= len(self.equations) and (len(telling) > 1 or self.nearness <= 1)


def shares_of(table: Table, sums: Sums) -> list[Family]:
    """Find for each line of percentages what it is of."""
    families = []
    for axis in (Axis.COLUMNS, Axis.ROWS):
        for line in table.lines(axis):
            if line.is_percent:
                claim = _best(table, axis, line, sums)
                if claim:
                    families.append(Family(claim.equations, is_labelled=True))
    return families or list(_lone_shares(table))


_PLAIN_SHARE = re.compile(r"(?:anteile?|prozent|%|v\. ?h\.|in|am|an|ganzen|gesamt|verteilung|\W)+", re.I)


def _lone_shares(table: Table) -> Iterator[Family]:
    """A table of nothing but shares, without a total: they should make 100 all the same."""
    rows = [row for row in table.rows if not labels.is_part_only(row.label)]
    if len(rows) < 3 or any(not line.is_percent for line in table.columns):
        return
    if any(labels.is_total(row.label) or row.level for row in rows):
        return
    for line in table.columns:
        cells = [table.cells[row.at, line.at] for row in rows]
        added = sum((number_of(cell) for cell in cells), Decimal(0))
        if not _PLAIN_SHARE.fullmatch(line.label) or any(not cell.is_number for cell in cells):
            continue
        if abs(added - HUNDRED) <= 10:
            last = cells[-1]
            rest = tuple((-1, cell) for cell in cells[:-1])
            yield Family((Equation(Kind.SHARE_SUM, last, rest, constant=HUNDRED),), is_labelled=True)


def _best(table: Table, axis: Axis, line: Line, sums: Sums) -> _Claim | None:
    lines, across = table.lines(axis), table.lines(_other(axis))
    counts = [each for each in lines if not each.is_percent]
    position = [each.at for each in lines].index(line.at)
    places_of = {each.at: number for number, each in enumerate(lines)}
    near = sorted(counts, key=lambda each: (abs(places_of[each.at] - position), each.at > line.at))
    if len(lines) > 2 * FARTHEST:
        near = near[:FARTHEST]
    cells = {each.at: table.cell(axis, line.at, each.at) for each in across}
    shown = [cell for cell in cells.values() if cell.state is State.NUMBER]
    if not shown:
        return None
    factors = (HUNDRED,) if any(abs(cell.value) > Decimal("1.5") for cell in shown) else (Decimal(1), HUNDRED)
    best: _Claim | None = None
    for factor in factors:
        for claim in _claims(table, axis, line, near, cells, sums, factor):
            if claim.is_believed and (
                best is None or (claim.agreeing, -claim.nearness) > (best.agreeing, -best.nearness)
            ):
                best = claim
    return best


def _other(axis: Axis) -> Axis:
    return Axis.COLUMNS if axis is Axis.ROWS else Axis.ROWS


def _claims(
    table: Table, axis: Axis, line: Line, near: Sequence[Line], cells: Mapping[int, Cell], sums: Sums, factor: Decimal
) -> Iterator[_Claim]:
    across = _other(axis)
    is_change = labels.is_change(line.label)
    wholes = _whole_lines(table, across, sums)
    for distance, base in enumerate(near):
        if not is_change:
            for totals in wholes:
                pairs = [(at, at, totals[at]) for at in cells if at in totals]
                yield _claim(table, axis, base, base, cells, pairs, factor, distance)
        for whole_distance, whole in enumerate(near):
            if whole.at == base.at:
                continue
            same = [(at, at, at) for at in cells]
            nearness = distance + whole_distance
            if is_change:
                yield _change(table, axis, whole, base, cells, factor, nearness)
            else:
                yield _claim(table, axis, base, whole, cells, same, factor, nearness)
                for totals in wholes[:2]:
                    pairs = [(at, at, totals[at]) for at in cells if at in totals]
                    yield _claim(table, axis, base, whole, cells, pairs, factor, nearness + 3)


def _whole_lines(table: Table, axis: Axis, sums: Sums) -> list[dict[int, int]]:
    """For each division of the lines across: of which total a line is a part. Divisions of groups are put together."""
    lines = table.lines(axis)
    found: list[dict[int, int]] = []
    for part_of in sums.totals[axis]:
        home = next((each for each in found if not set(each) & set(part_of)), None)
        if home is None:
            found.append(dict(part_of))
        else:
            home.update(part_of)
    for line in lines:
        if labels.is_total(line.label):
            found.append({each.at: line.at for each in lines})
    unique = {tuple(sorted(each.items())): each for each in found}
    return list(unique.values())[:24]


def _claim(
    table: Table, axis: Axis, base: Line, whole: Line, cells: Mapping[int, Cell],
    pairs: Sequence[tuple[int, int, int]], factor: Decimal, nearness: int,
) -> _Claim:  # fmt: skip
    equations = []
    for at, part_at, whole_at in pairs:
        target = cells[at]
        part, by = table.cell(axis, base.at, part_at), table.cell(axis, whole.at, whole_at)
        if target.state is State.NUMBER and part.is_number and by.state is State.NUMBER and by.value:
            equations.append(_share(table, axis, target, part, by, factor))
    return _Claim(tuple(equations), _agreeing(equations), nearness)


def _share(table: Table, axis: Axis, target: Cell, part: Cell, by: Cell, factor: Decimal) -> Equation:
    return Equation(Kind.PERCENTAGE, target, ((1, part),), by, factor, places=places_in(table, axis, target))


def places_in(table: Table, axis: Axis, cell: Cell) -> int:
    """Decimals a share is shown with: its own where it is text, those of its line where a workbook drops zeros."""
    if cell.is_percent:
        return cell.places
    line = cell.column if axis is Axis.COLUMNS else cell.row
    others = [table.cell(axis, line, other.at).places for other in table.lines(_other(axis))]
    return max([cell.places, *others])


def _change(
    table: Table, axis: Axis, before: Line, after: Line, cells: Mapping[int, Cell], factor: Decimal, nearness: int
) -> _Claim:
    equations = []
    for at, target in cells.items():
        old, new = table.cell(axis, before.at, at), table.cell(axis, after.at, at)
        if target.state is State.NUMBER and old.state is State.NUMBER and new.is_number and old.value:
            places = places_in(table, axis, target)
            terms = ((1, new), (-1, old))
            equations.append(Equation(Kind.CHANGE, target, terms, old, factor, places=places))
    return _Claim(tuple(equations), _agreeing(equations), nearness)


def _agreeing(equations: Sequence[Equation]) -> int:
    values = {place(cell): number_of(cell) for equation in equations for cell in equation.cells}
    return sum(equation.holds(values) for equation in equations)
