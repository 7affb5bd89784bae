"""Rates that a label names: "21 % surcharge" on other lines, "3.450 € per head for 16"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from kimwerk.kernel import german
from kimwerk.reporting.plausibility.cells import Cell, State
from kimwerk.reporting.plausibility.layout import Axis, Line, Table
from kimwerk.reporting.plausibility.relations import Equation, Family, Kind, half_up, number_of

_PERCENT = re.compile(r"(\d{1,3}(?:,\d+)?)\s*(?:%|v\. ?h\.|prozent)", re.I)
_RATE = re.compile(r"(\d{1,3}(?:\.\d{3})+(?:,\d\d)?|\d+(?:,\d\d)?)\s*(?:€|eur)", re.I)
_HEADS = re.compile(
    r"(?:für|fuer|x|×|\*)\s*(\d+(?:,\d+)?)\b|\b(\d+(?:,\d+)?)\s*(?:x|×|ma\b|personen|stellen|vzä)", re.I
)
_SPARES = re.compile(r"^\s*(?:davon|darunter)", re.I)
MOST_BASES = 12


def rates_of(table: Table) -> list[Family]:
    """Find the lines whose label names a percentage of others or a rate per head, and that come to it at least once."""
    families = []
    for axis in Axis:
        lines = [line for line in table.lines(axis) if not line.is_percent]
        across = [line.at for line in table.lines(_other(axis)) if not line.is_percent]
        for position, line in enumerate(lines):
            family = _surcharge(table, axis, lines, position, across) or _per_head(table, axis, line, across)
            if family:
                families.append(Family(family, is_labelled=True))
    return families


def _other(axis: Axis) -> Axis:
    return Axis.COLUMNS if axis is Axis.ROWS else Axis.ROWS


def _surcharge(
    table: Table, axis: Axis, lines: Sequence[Line], position: int, across: Sequence[int]
) -> tuple[Equation, ...]:
    line = lines[position]
    named = _PERCENT.search(line.label)
    if named is None or _SPARES.match(line.label):
        return ()
    factor = german.parse_number(named[1]) / 100
    others = [each for number, each in enumerate(lines) if number != position][:MOST_BASES]
    best: tuple[tuple[int, int, int], tuple[Equation, ...]] | None = None
    for base in _bases(others):
        equations = tuple(_equations(table, axis, line, base, across, factor))
        exact = sum(_is_to_the_cent(each) for each in equations)
        rank = exact, -len(base), _words_in_common(line, base)
        if exact and 2 * exact >= len(equations) and (best is None or rank > best[0]):
            best = rank, equations
    return best[1] if best else ()


def _bases(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    for count in (1, 2):
        yield from combinations(lines, count)
    for start in range(len(lines)):
        for end in range(start + 3, len(lines) + 1):
            yield tuple(lines[start:end])


def _words_in_common(line: Line, base: Sequence[Line]) -> int:
    words = set(re.findall(r"\w+", line.label.lower()))
    return sum(len(words & set(re.findall(r"\w+", each.label.lower()))) for each in base)


def _equations(
    table: Table, axis: Axis, line: Line, base: Sequence[Line], across: Sequence[int], factor: Decimal
) -> Iterator[Equation]:
    for at in across:
        target = table.cell(axis, line.at, at)
        parts = [table.cell(axis, each.at, at) for each in base]
        if target.state is State.NUMBER and target.value and all(part.state is State.NUMBER for part in parts):
            places = _places(table, axis, line, across)
            yield Equation(Kind.SURCHARGE, target, tuple((1, part) for part in parts), None, factor, places=places)


def _places(table: Table, axis: Axis, line: Line, across: Sequence[int]) -> int:
    return max((table.cell(axis, line.at, at).places for at in across), default=0)


def _is_to_the_cent(equation: Equation) -> bool:
    """Within one in the last decimal: rounded or cut off."""
    exact = sum((number_of(cell) for _, cell in equation.terms), Decimal(0)) * equation.factor
    return abs(exact - equation.target.value) < Decimal(1).scaleb(-(equation.places or 0))


def _per_head(table: Table, axis: Axis, line: Line, across: Sequence[int]) -> tuple[Equation, ...]:
    rate, heads = _RATE.search(line.label), _HEADS.search(line.label)
    if rate is None or heads is None:
        return ()
    product = german.parse_number(rate[1]) * german.parse_number(heads[1] or heads[2])
    cells = [table.cell(axis, line.at, at) for at in across]
    shown: list[Cell] = [cell for cell in cells if cell.state is State.NUMBER]
    agreeing = sum(half_up(product, cell.places) == cell.value for cell in shown)
    if not agreeing or 2 * agreeing < len(shown):
        return ()
    return tuple(Equation(Kind.PER_HEAD, cell, (), constant=product, places=cell.places) for cell in shown)
