"""Which lines are sums of which others: read from labels and indentation, and believed where the numbers agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations, pairwise, takewhile
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from kimwerk.reporting.plausibility import labels
from kimwerk.reporting.plausibility.cells import Cell, State
from kimwerk.reporting.plausibility.layout import Axis, Line, Table
from kimwerk.reporting.plausibility.relations import Equation, Family, Kind, Place, number_of

Claimed: TypeAlias = tuple[Place, frozenset[Place]]
Mask: TypeAlias = npt.NDArray[np.bool_]
Vector: TypeAlias = npt.NDArray[np.float64]

FARTHEST = 120
"""So many lines a sum without a label may reach over."""
ENOUGH_BITS = 20.0
"""How improbable the agreement of an unnamed sum must be by chance, in bits."""
ENOUGH_IF_ALL = 14.0
ENOUGH_DIGITS = 18.0
MANY_LINES = 5_000


@dataclass(frozen=True, slots=True)
class Run:
    """Lines one after the other, the same in every group: municipalities, or men and women of each municipality."""

    lines: tuple[Line, ...]
    groups: tuple[tuple[int, ...], ...]


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
                for run in _runs(lines):
                    reader = _Reader(table, axis, run, [other.at for other in others], is_share, is_second)
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


def _runs(lines: Sequence[Line]) -> Iterator[Run]:
    """The lines as they stand, and along each dimension of their labels."""
    depth = max(len(line.key) for line in lines)
    varying = [at for at in range(depth) if len({_part(line, at) for line in lines}) > 1]
    for at in varying if len(varying) > 1 else ():
        groups: dict[tuple[str, ...], list[Line]] = {}
        for line in lines:
            rest = tuple(_part(line, other) for other in varying if other != at)
            groups.setdefault(rest, []).append(line)
        alike: dict[tuple[str, ...], list[list[Line]]] = {}
        for group in groups.values():
            members = tuple(_part(line, at) for line in group)
            if len(members) > 1 and len(set(members)) == len(members) and all(members):
                alike.setdefault(members, []).append(group)
        for members, found in alike.items():
            named = tuple(
                Line(line.at, name, (name,), labels.level_of(name), line.is_percent, line.is_additive)
                for name, line in zip(members, found[0], strict=True)
            )
            yield Run(named, tuple(tuple(line.at for line in group) for group in found))
    if len(lines) <= MANY_LINES:
        yield Run(tuple(_with_levels(lines)), (tuple(line.at for line in lines),))


def _part(line: Line, at: int) -> str:
    return line.key[at] if at < len(line.key) else ""


def _with_levels(lines: Sequence[Line]) -> Iterator[Line]:
    """A sum stands no deeper than what it sums, whatever its indentation; "davon" reaches to the end of its block."""
    before = 0
    for number, line in enumerate(lines):
        level = line.level
        if number and level > before and labels.is_total(line.label.strip()):
            level = before
        before = level
        yield Line(line.at, line.label, line.key, level, line.is_percent, line.is_additive)


class _Reader:
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
            part_sum = np.array(weights, dtype=float) @ np.nan_to_num(self.values[chosen])
        if usable is None:
            unknown: Mask = np.array(np.isnan(self.values[chosen]).any(axis=0))
            some: Mask = np.array(self.shown[chosen].any(axis=0))
            usable = ~unknown & some
        target = self.values[total]
        asked = usable & self.shown[total] & ~np.isnan(target)
        off = np.abs(np.nan_to_num(target) - part_sum)
        exact = asked & (off <= 1e-3 * self.unit + 1e-11 * np.abs(part_sum))
        bound = self.unit * (len(parts) + 1) / 2
        near = asked & ~exact & (off <= bound) & (np.abs(part_sum) >= 20 * bound)
        if not self.is_share and not exact.any() and asked.sum() <= 3 and self.unit.max() >= 1:
            near &= False  # two whole numbers that nearly agree may do so by chance
        telling = exact & (np.abs(part_sum) > 0)
        size = np.abs(part_sum) / self.unit
        bits = np.minimum(np.log2(size[telling] + 1), 12).sum() + 2.0 * (near & (size > 100 * len(parts))).sum()
        zeros = int((exact & (part_sum == 0) & (np.nan_to_num(target) == 0)).sum())
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
        added = np.nan_to_num(self.values[list(parts)]).sum(axis=0)
        return float(np.abs(np.nan_to_num(self.values[total]) - added).sum())

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
            values = values + np.nan_to_num(self.values[line])
            usable &= ~np.isnan(self.values[line])
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


def _read(reader: _Reader, axis: Axis, run: Run, sums: Sums, known: set[Claimed]) -> None:
    is_share = reader.is_share
    reader.known = {target for target, _ in known}
    found = _totals(reader)
    if not is_share and not reader.is_second:
        found += _balances(reader, found)
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


def _totals(reader: _Reader) -> list[Found]:
    lines = reader.lines
    found, hidden = _by_indentation(reader)
    stack, neat = list[int](), list[int]()
    """What is no part of a sum yet; in `neat` a sum that disagrees has taken its parts away too."""
    barrier, open_totals = -1, list[tuple[int, list[int], list[int]]]()
    for total in range(len(lines)):
        if total in hidden:
            continue
        label = lines[total].label
        named = reader.is_named(total)
        if stack and not _is_aside(label):
            since = [at for at in neat if at > barrier] if named else []
            natural = since if named and labels.is_partial_total(label) and since else neat
            tried = (
                reader.best_block(total, each[::-1] if named else each[: -reader.reach - 1 : -1], labelled=named,
                                  natural=len(natural))
                for each in ((neat, stack) if neat != stack else (neat,))
            )  # fmt: skip
            each = next((found for found in tried if found), None)
            if each:
                found.append(each)
                stack, neat = ([at for at in old if at not in each.parts] for old in (stack, neat))
                barrier = total
            elif labels.is_total(label):
                open_totals.append((total, natural, since))
                neat = [at for at in neat if at not in natural]
                barrier = total
        elif named:
            open_totals.append((total, [], []))
        if not labels.is_part_only(label):
            stack.append(total)
            neat.append(total)
    leading, outer = _leading(reader, stack)
    is_leading = len({each.total for each in leading}) > len(found)
    found += leading
    found += _unresolved(reader, found, open_totals, outer if leading else [], is_leading=is_leading)
    if lines and labels.is_total(lines[0].label) and 0 not in {each.total for each in found}:
        following = [at for at in range(1, len(lines)) if at not in hidden and not _is_aside(lines[at].label)]
        if not any(labels.is_total(lines[at].label) for at in following) and following:
            found += _natural(reader, 0, following, is_first=True)
    return found


def _unresolved(
    reader: _Reader, found: Sequence[Found], open_totals: Sequence[tuple[int, list[int], list[int]]],
    outer: Sequence[int], *, is_leading: bool,
) -> list[Found]:  # fmt: skip
    """What is named a sum and agrees with nothing yet: perhaps with sums found since, else with what stands nearest."""
    resolved, more = {each.total for each in found}, list[Found]()
    for total, natural, since in open_totals:
        if total in resolved:
            continue
        before = [at for at in outer if at < total and not _is_aside(reader.lines[at].label)]
        sums = [at for at in before if labels.is_total(reader.lines[at].label)]
        tried = (reader.best_block(total, lines[::-1], labelled=True, natural=len(lines)) for lines in (before, sums))
        each = next((block for block in tried if block), None)
        if each:
            more.append(each)
            continue
        after = _until_next_total(reader, total)
        if is_leading and after and labels.is_partial_total(reader.lines[total].label):
            more += _natural(reader, total, after)
            continue
        choices = [part for part in (before, natural, since) if part]
        if choices:
            more += _natural(reader, total, min(choices, key=lambda each: reader.off(total, each)))
    return more


def _until_next_total(reader: _Reader, total: int) -> list[int]:
    lines: list[int] = []
    for at in range(total + 1, len(reader.lines)):
        if labels.is_total(reader.lines[at].label):
            break
        lines.append(at)
    return lines


def _is_aside(label: str) -> bool:
    return labels.is_balance(label) or labels.is_change(label) or labels.is_cumulated(label)


def _leading(reader: _Reader, open_lines: Sequence[int]) -> tuple[list[Found], list[int]]:
    """Totals that stand before their parts, perhaps before several divisions; and the lines that are parts of none."""
    found: list[Found] = []
    stack: list[int] = []
    for total in reversed([at for at in open_lines if not _is_aside(reader.lines[at].label)]):
        named = reader.is_named(total)
        following = stack[::-1] if named else stack[: -reader.reach - 1 : -1]
        each = reader.best_block(total, following, labelled=named) if following else None
        if each:
            found.append(each)
            taken = len(each.parts)
            while following[taken:] and (again := reader.best_block(total, following[taken:], labelled=named)):
                found.append(again)
                taken += len(again.parts)
            found += _another_division(reader, total, following[taken:]) if named else []
            del stack[len(stack) - taken :]
        stack.append(total)
    return found, stack[::-1]


def _another_division(reader: _Reader, total: int, following: Sequence[int]) -> list[Found]:
    """What stands below the parts of a named total up to the next one, if it is nearly the total again."""
    lines = reader.lines
    block = list(takewhile(lambda at: not labels.is_total(lines[at].label), following))
    if any(labels.is_part_only(lines[at].label) for at in block):
        return []
    return _nearly(reader, total, block) if len(block) > 1 else []


def _nearly(reader: _Reader, total: int, block: Sequence[int]) -> list[Found]:
    stated = float(np.abs(np.nan_to_num(reader.values[total])).sum())
    if 3 * reader.off(total, block) >= stated:
        return []
    return [each for each in _natural(reader, total, block) if each.asked == 1]


def _by_indentation(reader: _Reader) -> tuple[list[Found], set[int]]:
    """A line and what stands deeper below it; the deeper lines are no parts of anything else."""
    lines, found, hidden = reader.lines, list[Found](), set[int]()
    doubtful: list[tuple[int, list[int]]] = []
    for total in range(len(lines)):
        below = _deeper(lines, total)
        if not below:
            continue
        hidden.update(below)
        children = _children(lines, below)
        if _bulleted_only(lines, children) and below[-1] + 1 < len(lines):
            more = _unbulleted(reader, total, children, below[-1] + 1)
            if more:
                hidden.update(more.parts)
                found.append(more)
                continue
        for block in filter(None, _split(children, lines)):
            each, bits = reader.tried(total, block, labelled=True)
            if reader.is_believed(each, bits):
                found.append(each)
            elif each.asked and len(block) > 1 and not labels.is_part_only(lines[below[0]].label):
                doubtful.append((total, block))
    for total, block in doubtful:
        if found or any(labels.is_thereof(lines[at].label) for at in block):
            found += [each for each in _natural(reader, total, block) if not 2 * each.agreeing < each.asked > 2]
    return found, hidden


def _deeper(lines: Sequence[Line], total: int) -> list[int]:
    """The lines below that are indented more, as far as they reach."""
    return list(takewhile(lambda at: lines[at].level > lines[total].level, range(total + 1, len(lines))))


def _children(lines: Sequence[Line], below: Sequence[int]) -> list[int]:
    nearest = min(lines[at].level for at in below)
    return [at for at in below if lines[at].level == nearest and not labels.is_part_only(lines[at].label)]


def _bulleted_only(lines: Sequence[Line], children: Sequence[int]) -> bool:
    return len(children) == 1 and labels.is_thereof(lines[children[0]].label)


def _unbulleted(reader: _Reader, total: int, first: Sequence[int], start: int) -> Found | None:
    """ "davon männlich" is followed by "weiblich" without the word: as far as it adds up, else to the next total."""
    order = [*first, *range(start, len(reader.lines))]
    found = reader.best_block(total, order, labelled=True)
    if found:
        return found
    block = list(takewhile(lambda at: not labels.is_total(reader.lines[at].label), order))
    nearly = _nearly(reader, total, block)
    return nearly[0] if nearly else None


def _split(children: Sequence[int], lines: Sequence[Line]) -> list[list[int]]:
    """Where "davon" stands again, the whole is divided again another way."""
    starts = [at for at in children if labels.is_thereof(lines[at].label)]
    if len(starts) < 2 or len(starts) == len(children):
        return [list(children)]
    blocks: list[list[int]] = []
    for child in children:
        if child in starts or not blocks:
            blocks.append([])
        blocks[-1].append(child)
    return blocks


def _natural(reader: _Reader, total: int, parts: Sequence[int], *, is_first: bool = False) -> list[Found]:
    """What the label says though the numbers do not: a fault if there are few of them, else no sum at all."""
    whole = [part for part in parts if not _is_aside(reader.lines[part].label)]
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
    added = float(np.nan_to_num(reader.values[whole]).sum())
    stated = float(np.nan_to_num(reader.values[total]).sum())
    limit = 2 if is_first else 11
    if found.asked <= 2 and not (abs(added) <= limit * abs(stated) and abs(stated) <= limit * abs(added)):
        return []
    return [found]


def _balances(reader: _Reader, sums: Sequence[Found]) -> list[Found]:
    found: list[Found] = []
    totals = {each.total for each in sums} | {at for at, line in enumerate(reader.lines) if labels.is_total(line.label)}
    for target, line in enumerate(reader.lines):
        if target in {each.total for each in sums}:
            continue
        if labels.is_balance(line.label):
            earlier = [at for at in range(len(reader.lines)) if at != target and (at < target or at in totals)]
            pairs = list(combinations([at for at in earlier if at in totals], 2)) + list(combinations(earlier[-8:], 2))
            found += _best_pair(reader, target, pairs, ((1, -1), (-1, 1), (1, 1)), Kind.BALANCE)
        elif labels.is_change(line.label):
            earlier = list(range(max(target - 6, 0), target))
            pairs = sorted(combinations(earlier, 2), key=lambda pair: target - pair[0] + target - pair[1])
            found += _best_pair(reader, target, pairs, ((-1, 1), (1, -1)), Kind.DIFFERENCE)
    return found


def _best_pair(
    reader: _Reader, target: int, pairs: Sequence[tuple[int, int]], signs: Sequence[tuple[int, int]], kind: Kind
) -> list[Found]:
    best: Found | None = None
    first: Found | None = None
    for pair in pairs:
        for sign in signs:
            each, _ = reader.tried(target, pair, sign, labelled=True)
            first = first or each
            is_good = each.agreeing and 2 * each.agreeing >= each.asked
            if is_good and (best is None or each.agreeing > best.agreeing):
                best = each
    if best is None and kind is Kind.BALANCE and first is not None and first.asked == 1:
        best = _nearest(reader, target, pairs[0], signs)
    if best is None:
        return []
    return [Found(best.total, best.parts, best.signs, best.agreeing, best.asked, True, kind)]


def _nearest(reader: _Reader, target: int, pair: tuple[int, int], signs: Sequence[tuple[int, int]]) -> Found:
    """Where one number alone is to be balanced, the signs that come nearest."""

    def off(sign: tuple[int, int]) -> float:
        added = np.array(sign, dtype=float) @ np.nan_to_num(reader.values[list(pair)])
        return float(np.abs(np.nan_to_num(reader.values[target]) - added).sum())

    return reader.tried(target, pair, min(signs, key=off), labelled=True)[0]


def _family(reader: _Reader, axis: Axis, found: Found, known: set[Claimed]) -> tuple[Equation, ...]:
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


def _kind(reader: _Reader, axis: Axis, found: Found) -> Kind:
    if reader.is_share or (reader.is_hundred(found.total) and found.asked > 1):
        return Kind.SHARE_SUM
    if len(found.parts) + 1 < len(reader.lines) and not (
        labels.is_total(reader.lines[found.total].label)
        and not labels.is_partial_total(reader.lines[found.total].label)
    ):
        return Kind.SUBTOTAL
    return Kind.COLUMN_SUM if axis is Axis.ROWS else Kind.ROW_SUM
