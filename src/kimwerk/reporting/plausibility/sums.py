"""Which lines are sums of which others: read from labels and indentation, and believed where the numbers agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias

from kimwerk.reporting.plausibility import labels
from kimwerk.reporting.plausibility.balances import balances_of
from kimwerk.reporting.plausibility.cells import Cell, State
from kimwerk.reporting.plausibility.claims import Found, Reader
from kimwerk.reporting.plausibility.layout import Axis, Table
from kimwerk.reporting.plausibility.relations import Equation, Family, Kind, Place, number_of
from kimwerk.reporting.plausibility.sequences import Run, runs_of
from kimwerk.reporting.plausibility.totals import totals_of

Claimed: TypeAlias = tuple[Place, frozenset[Place]]


@dataclass(slots=True)
class Sums:
    """All sums of a table along both axes, and the totals that each cell is a part of."""

    families: list[Family] = field(default_factory=list)
    totals: dict[Axis, list[dict[int, int]]] = field(default_factory=lambda: {axis: [] for axis in Axis})


def sums_of(table: Table) -> Sums:
    """Find the sums along rows and columns, of amounts and of shares."""
    sums, known = Sums(), set[Claimed]()
    for axis in (Axis.ROWS, Axis.COLUMNS):
        across = Axis.COLUMNS if axis is Axis.ROWS else Axis.ROWS
        plain = [line for line in table.lines(axis) if not line.is_percent]
        added = [line for line in plain if line.is_additive]
        counts = [other for other in table.lines(across) if not other.is_percent]
        for lines, others, is_share, is_second in (
            (added, [other for other in counts if other.is_additive], False, False),
            (plain if len(plain) > len(added) else [], counts, False, True),  # perhaps a label was misread
            (plain, [other for other in table.lines(across) if other.is_percent], True, False),
            ([line for line in table.lines(axis) if line.is_percent], counts, True, False),
        ):
            if len(lines) > 1 and others:
                for run in runs_of(lines):
                    reader = Reader(table, axis, run, [other.at for other in others], is_share, is_second)
                    _read(reader, axis, run, sums, known)
        sums.families += _running(table, axis, across)
    return sums


def _running(table: Table, axis: Axis, across: Axis) -> Iterator[Family]:
    """Lines that say they are the running sum of another line."""
    lines, others = table.lines(axis), [other.at for other in table.lines(across) if not labels.is_total(other.label)]
    for line in lines:
        if not labels.is_cumulated(line.label):
            continue
        best: tuple[int, tuple[Equation, ...]] = 0, ()
        for base in lines:
            if base.at == line.at or labels.is_cumulated(base.label) or base.is_percent != line.is_percent:
                continue
            steps = [(table.cell(axis, line.at, at), table.cell(axis, base.at, at)) for at in others]
            equations = tuple(
                Equation(Kind.CUMULATED, after, ((1, before), (1, step)))
                for (before, _), (after, step) in pairwise(steps)
                if before.is_number and after.is_number and step.is_number
            )
            agreeing = sum(each.target.value == sum(number_of(cell) for _, cell in each.terms) for each in equations)
            if agreeing > 1 and 2 * agreeing >= len(equations) and agreeing > best[0]:
                best = agreeing, equations
        if best[1]:
            yield Family(best[1], is_labelled=True)


def _read(reader: Reader, axis: Axis, run: Run, sums: Sums, known: set[Claimed]) -> None:
    is_share = reader.is_share
    reader.known = {target for target, _ in known}
    found = totals_of(reader)
    if not is_share and not reader.is_second:
        found += balances_of(reader, found)
    for each in found:
        doubted = each.asked > 1 and (2 * each.agreeing < each.asked or not each.agreeing)
        family = _family(reader, axis, each, known)
        if family:
            sums.families.append(Family(family, each.is_labelled, doubted, not each.agreeing))
        if each.kind is None and not is_share and not doubted:
            for group in run.groups:
                whole = group[each.total]
                sums.totals[axis].append({group[part]: whole for part in (*each.parts, each.total)})
    if not is_share:
        for member in {total for total, line in enumerate(reader.lines) if labels.is_total(line.label)}:
            for group in run.groups:  # shares may be of a total whose own sum disagrees
                sums.totals[axis].append(dict.fromkeys(group, group[member]))


def _family(reader: Reader, axis: Axis, found: Found, known: set[Claimed]) -> tuple[Equation, ...]:
    equations = []
    kind = found.kind or _kind(reader, axis, found)
    for entry, target in enumerate(reader.cells[found.total]):
        parts = [reader.cells[part][entry] for part in found.parts]
        if not target.is_number or any(p.state in {State.TEXT, State.UNKNOWN} for p in parts):
            continue
        if not any(part.is_number for part in parts):
            continue
        if (
            reader.is_share
            and not _closes(target, parts)
            and not (found.asked > 2 and 2 * found.agreeing > found.asked)
        ):
            continue
        key = ((target.row, target.column), frozenset((part.row, part.column) for part in parts))
        if key not in known:
            known.add(key)
            equations.append(Equation(kind, target, tuple(zip(found.signs, parts, strict=True))))
    return tuple(equations)


def _closes(target: Cell, parts: Sequence[Cell]) -> bool:
    """Shares that make a whole, or should: 100 is written, or comes out."""
    added = sum((number_of(part) for part in parts), Decimal(0))
    return any(abs(value - whole) * 50 <= whole for value in (target.value, added) for whole in (1, 100))


def _kind(reader: Reader, axis: Axis, found: Found) -> Kind:
    if reader.is_share or (reader.is_hundred(found.total) and found.asked > 1):
        return Kind.SHARE_SUM
    if len(found.parts) + 1 < len(reader.lines) and not (
        labels.is_total(reader.lines[found.total].label)
        and not labels.is_partial_total(reader.lines[found.total].label)
    ):
        return Kind.SUBTOTAL
    return Kind.COLUMN_SUM if axis is Axis.ROWS else Kind.ROW_SUM
