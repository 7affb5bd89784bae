"""Check a file: read its tables, gather what they claim, and report what does not agree."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kimwerk.reporting.plausibility import labels
from kimwerk.reporting.plausibility.bands import Border, borders_of
from kimwerk.reporting.plausibility.cells import Cell, State
from kimwerk.reporting.plausibility.grids import read_grids
from kimwerk.reporting.plausibility.layout import Axis, Line, Table, letters, tables_of
from kimwerk.reporting.plausibility.mending import Change, Mend, Mender
from kimwerk.reporting.plausibility.rates import rates_of
from kimwerk.reporting.plausibility.relations import (
    HALF,
    Equation,
    Family,
    Kind,
    Place,
    cut_off,
    number_of,
    place,
    unit_of,
)
from kimwerk.reporting.plausibility.shares import shares_of
from kimwerk.reporting.plausibility.sums import sums_of

SUM_KINDS = frozenset({Kind.ROW_SUM, Kind.COLUMN_SUM, Kind.SUBTOTAL, Kind.BALANCE, Kind.DIFFERENCE, Kind.CUMULATED})


class NoTable(Exception):
    """The file can be read, but no sheet of it holds a table with numbers."""


class RemarkKind(StrEnum):
    """What is worth saying and is no fault."""

    ROUNDING = "rounding"
    OTHER_POPULATION = "other_population"
    OTHER_DATE = "other_date"
    SEVERAL_TIMES = "several_times"
    NOT_ADDITIVE = "not_additive"
    NEGATIVE_COUNT = "negative_count"
    NOTHING_TO_CHECK = "nothing_to_check"


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell as a user sees it."""

    sheet: str
    row: int
    row_label: str
    column: str
    cell: str


@dataclass(frozen=True, slots=True)
class Mending:
    """A change in words of the file: where, from what to what, and which sums change with it."""

    spot: Spot
    was: Decimal | str
    to: Decimal | str
    follows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One relation that does not hold."""

    kind: Kind
    spot: Spot
    expected: Decimal | str
    found: Decimal | str
    difference: Decimal
    mend: Mending | None = None
    alternatives: tuple[Mending, ...] = ()
    parts: tuple[str, ...] = ()
    rate: Decimal | None = None
    base: Decimal | None = None
    also: int = 0


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that explains itself, or that nobody can check."""

    kind: RemarkKind
    spot: Spot | None
    difference: Decimal = Decimal(0)
    times: int = 1


@dataclass(slots=True)
class Report:
    """What was checked in a file, and what was found."""

    tables: int = 0
    checked: int = 0
    findings: list[Finding] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def check(data: bytes, file_name: str = "") -> Report:
    """Check all tables of a file. Raises FileRefused for a file that cannot be read, NoTable for one without table."""
    report = Report()
    for grid in read_grids(data, file_name):
        for table in tables_of(grid):
            report.tables += 1
            _Check(table, report).run()
    if not report.tables:
        raise NoTable
    return report


class _Check:
    """The check of one table."""

    def __init__(self, table: Table, report: Report) -> None:
        self._table, self._report = table, report
        self._rows = {line.at: line for line in table.rows}
        self._columns = {line.at: line for line in table.columns}
        self._values: dict[Place, Decimal] = {at: number_of(cell) for at, cell in table.cells.items()}
        numbers = [cell for cell in table.cells.values() if cell.state is State.NUMBER]
        self._is_rounded = labels.is_rounded(table.text) or any(
            labels.is_rounded(line.label) for line in (*table.rows, *table.columns)
        )
        self._has_negatives = any(cell.value < 0 for cell in numbers)
        self._grain = _grain(numbers)

    def run(self) -> None:
        """Gather the relations, judge them, and write down what is found."""
        said = len(self._report.remarks)
        sums = sums_of(self._table)
        families = [*sums.families, *shares_of(self._table, sums), *rates_of(self._table)]
        equations = self._gathered(families)
        borders = borders_of(self._table)
        self._report.checked += len(equations)
        violated = self._violated(equations)
        mender = self._mender(equations)
        violated -= self._explained_by_rounding(equations, violated, mender)
        self._write(equations, violated, self._mender(equations))
        for border in borders:
            self._report.findings.append(self._band_finding(border))
        self._report.findings += self._parts_too_large()
        self._remark_negatives()
        if not equations and not borders and len(self._report.remarks) == said:
            self._report.remarks.append(Remark(RemarkKind.NOTHING_TO_CHECK, None))

    def _mender(self, equations: Sequence[Equation]) -> Mender:
        signed = any(each.kind in {Kind.BALANCE, Kind.DIFFERENCE, Kind.CHANGE} for each in equations)
        may_be_negative = self._has_negatives or signed
        return Mender(equations, self._values, may_be_negative=may_be_negative)

    def _violated(self, equations: Sequence[Equation]) -> set[int]:
        return {number for number, each in enumerate(equations) if not each.holds(self._values)}

    # ---- what is believed ----

    def _gathered(self, families: Sequence[Family]) -> list[Equation]:
        """All equations that are believed; a claim that numbers deny counts for nothing where another one agrees."""
        doubted = [family for family in families if family.is_doubted or family.is_guess]
        firm = [family for family in families if not (family.is_doubted or family.is_guess)]
        equations = [each for family in firm for each in self._believed(family)]
        known: dict[Place, set[Place]] = {}
        for each in equations:
            if each.kind in SUM_KINDS:
                known.setdefault(place(each.target), set()).update(place(cell) for _, cell in each.terms)
        for family in doubted:
            parts = {place(cell): place(each.target) for each in family.equations for _, cell in each.terms}
            if not any(part in known.get(target, ()) for part, target in parts.items()):
                equations += self._believed(family)
        return equations

    def _believed(self, family: Family) -> tuple[Equation, ...]:
        """The equations of a family; none, and a remark, if the label claims what most numbers deny."""
        off = [each for each in family.equations if not each.holds(self._values)]
        if not off or not family.is_labelled or off[0].kind not in {*SUM_KINDS, Kind.SHARE_SUM}:
            return family.equations
        if 2 * len(off) <= len(family.equations) and not family.is_doubted:
            return family.equations
        kind = self._reason(off[0])
        if kind is None and (not family.is_doubted or self._is_narrow(off)):
            return family.equations
        self._report.remarks.append(
            Remark(kind or RemarkKind.NOT_ADDITIVE, self._spot(off[0].target), self._off(off[0]), len(off))
        )
        return ()

    def _is_narrow(self, off: Sequence[Equation]) -> bool:
        """Two numbers that are both nearly right are two faults, or rounding."""
        return (len(off) <= 2 and all(abs(self._off(each)) * 20 <= abs(each.target.value) for each in off)) or all(
            abs(self._off(each)) <= self._bound(each) for each in off
        )

    def _reason(self, equation: Equation) -> RemarkKind | None:
        """Why the total need not be the sum of its parts: it says so itself, or a note does."""
        line, parts = self._lines_of(equation)
        said = "\n".join([line.label, *self._notes_on(line, equation.target)])
        if labels.counts_several_times(self._table.text + said):
            return RemarkKind.SEVERAL_TIMES
        others = {each for part in parts for each in labels.dates_in(part.label)}
        if labels.dates_in(said) - others or (
            labels.is_of_another_day(said) and not any(labels.is_of_another_day(part.label) for part in parts)
        ):
            return RemarkKind.OTHER_DATE
        return RemarkKind.OTHER_POPULATION if labels.is_of_others(said) else None

    def _lines_of(self, equation: Equation) -> tuple[Line, list[Line]]:
        target = equation.target
        below = all(cell.column == target.column for _, cell in equation.terms)
        if below:
            return self._rows[target.row], [self._rows[cell.row] for _, cell in equation.terms]
        return self._columns[target.column], [self._columns[cell.column] for _, cell in equation.terms]

    def _notes_on(self, line: Line, target: Cell) -> list[str]:
        """The notes that carry the mark of the line or of the number, and those that speak of a total."""
        marks = set(labels.marks_in(line.label)) | set(target.marks)
        notes = []
        for note in self._table.text.splitlines():
            if note.strip() == line.label.strip():
                continue
            if any(labels.is_note_of(note, mark) for mark in marks) or labels.speaks_of_total(note):
                notes.append(note)
        return notes

    # ---- rounding ----

    def _off(self, equation: Equation) -> Decimal:
        expected = equation.expected(self._values)
        return Decimal(0) if expected is None else self._values[place(equation.target)] - expected

    def _bound(self, equation: Equation) -> Decimal:
        """How far rounded numbers may be from the sum of rounded numbers."""
        places = max(cell.places for cell in equation.cells)
        unit = max(unit_of(places), Decimal(self._grain if self._grain > 1 else 0))
        count = sum(1 for _, cell in equation.terms if cell.state is State.NUMBER and cell.value)
        count += equation.kind is not Kind.SHARE_SUM or self._values[place(equation.target)] != 100
        return unit * HALF * count

    def _explained_by_rounding(self, equations: Sequence[Equation], violated: set[int], mender: Mender) -> set[int]:
        """Sums off by no more than rounding can do, where numbers look rounded; they get that tolerance."""
        within = {
            number for number in violated
            if equations[number].kind in {*SUM_KINDS, Kind.SHARE_SUM}
            and abs(self._off(equations[number])) <= self._bound(equations[number])
        }  # fmt: skip
        shares = {number for number in within if equations[number].kind is Kind.SHARE_SUM}
        amounts = within - shares
        if amounts and not self._look_rounded(equations, violated, amounts, mender):
            amounts = self._shown_shorter(equations, amounts)
        explained = amounts | shares
        for number in explained:
            equations[number].tolerance = self._bound(equations[number])
            spot = self._spot(equations[number].target)
            self._report.remarks.append(Remark(RemarkKind.ROUNDING, spot, self._off(equations[number])))
        if self._is_rounded or self._grain > 1 or explained & amounts:
            for equation in equations:
                if equation.kind in {*SUM_KINDS, Kind.SHARE_SUM} and equation.places is None:
                    equation.tolerance = max(equation.tolerance, self._bound(equation))
        return explained

    def _look_rounded(
        self, equations: Sequence[Equation], violated: set[int], within: set[int], mender: Mender
    ) -> bool:
        if self._is_rounded:
            return True
        mends = mender.mends(violated)
        single = next((mend for mend in mends if within <= mend.mended), None)
        decimals = {max(cell.places for cell in equations[number].cells) for number in within}
        sums = sum(each.kind in SUM_KINDS for each in equations)
        if single and ((len(single.mended) > 1 and sums > 5) or (decimals <= {0, 2} and self._grain == 1)):
            return False
        if decimals <= {0, 2} and self._grain == 1:
            return len(within) > 2 and 6 * len(within) >= sums
        return True

    def _shown_shorter(self, equations: Sequence[Equation], within: set[int]) -> set[int]:
        """Totals with fewer decimals than their parts, rounded as they should be."""
        found = set()
        for number in within:
            equation = equations[number]
            own, parts = equation.target.places, max(cell.places for _, cell in equation.terms)
            if own < parts and abs(self._off(equation)) <= unit_of(own) * HALF and "," not in equation.target.text:
                lines = [line for line in self._table.rows if line.at == equation.target.row]
                same = [self._table.cells[line.at, at].places for line in lines for at in self._columns]
                if all(each == own for each in same):
                    found.add(number)
        return found

    # ---- findings ----

    def _write(self, equations: Sequence[Equation], violated: set[int], mender: Mender) -> None:
        mends = mender.mends(violated)
        mend_of = {number: mend for mend in mends for number in mend.mended}
        for number in sorted(violated, key=lambda each: place(equations[each].target)):
            equation, mend = equations[number], mend_of.get(number)
            if mend and self._is_consequence(equations, number, mend):
                continue
            also = sum(self._is_consequence(equations, each, mend) for each in mend.mended) if mend else 0
            self._report.findings.append(self._finding(equations, equation, mend, also))

    @staticmethod
    def _is_consequence(equations: Sequence[Equation], number: int, mend: Mend) -> bool:
        """A share that is wrong only because a count is, while a sum tells of that count already."""
        cell, target = mend.change.cell, equations[number].target
        if equations[number].kind not in {Kind.PERCENTAGE, Kind.CHANGE} or place(cell) == place(target):
            return False
        return any(equations[each].kind in SUM_KINDS for each in mend.mended)

    def _finding(self, equations: Sequence[Equation], equation: Equation, mend: Mend | None, also: int) -> Finding:
        expected = equation.expected(self._values) or Decimal(0)
        found = self._values[place(equation.target)]
        kind, mending = equation.kind, self._mending(mend.change) if mend else None
        base = rate = None
        if kind is Kind.SURCHARGE:
            rate = equation.factor * 100
            base = sum((self._values[place(cell)] for _, cell in equation.terms), Decimal(0))
            exact = equation.exact(self._values)
            if exact is not None and found == cut_off(exact, equation.places or 0):
                kind = Kind.CUT_OFF
        if mending is None and kind in {Kind.CUT_OFF, Kind.SURCHARGE}:
            follows = self._followers(equations, equation.target)
            mending = Mending(self._spot(equation.target), found, expected, follows)
        return Finding(
            kind, self._spot(equation.target), expected, found, found - expected, mending,
            tuple(self._mending(change) for change in (mend.others[:20] if mend else ())),
            tuple(self._spot(cell).cell for cell in equation.cells[1:]), rate, base, also,
        )  # fmt: skip

    def _followers(self, equations: Sequence[Equation], cell: Cell) -> tuple[str, ...]:
        """The sums that change when the cell does, and what is reckoned from them."""
        moved, found = {place(cell)}, list[str]()
        for _ in range(4):
            for each in equations:
                touched = any(place(part) in moved for part in each.cells[1:])
                if touched and place(each.target) not in moved and each.kind in SUM_KINDS:
                    moved.add(place(each.target))
                    found.append(self._spot(each.target).cell)
        return tuple(found)

    def _mending(self, change: Change) -> Mending:
        return Mending(self._spot(change.cell), self._values[place(change.cell)], change.to)

    def _spot(self, cell: Cell) -> Spot:
        row, column = self._rows.get(cell.row), self._columns.get(cell.column)
        return Spot(
            self._table.sheet, cell.row + 1, row.label if row else "", column.label if column else letters(cell.column),
            f"{letters(cell.column)}{cell.row + 1}",
        )  # fmt: skip

    def _band_finding(self, border: Border) -> Finding:
        first, last = border.ages
        line = border.after.line
        text = border.after.text
        cells = self._table.label_cells.values()
        at = line.at
        named = next(
            (cell for cell in cells if cell.text.strip() == text and at in {cell.row, cell.column}),
            next((cell for cell in cells if cell.text.strip() == text), None),
        )
        spot = self._spot(named) if named else Spot(self._table.sheet, at + 1, text, "", "")
        spot = Spot(spot.sheet, spot.row, line.label if border.axis is Axis.ROWS else "", spot.column, spot.cell)
        kind = Kind.AGE_GAP if border.is_gap else Kind.AGE_OVERLAP
        wanted = text.replace(str(border.after.low), str(border.before.high + 1), 1)
        mend = Mending(spot, text, wanted) if border.before.high < border.after.high else None
        shared = f"{first}-{last}" if last > first else str(first)
        return Finding(kind, spot, wanted, text, Decimal(last - first + 1), mend, parts=(border.before.text, shared))

    def _parts_too_large(self) -> list[Finding]:
        """ "darunter" is never more than what it is a part of."""
        found = []
        for axis in Axis:
            whole: Line | None = None
            for line in self._table.lines(axis):
                if not labels.is_part_only(line.label) or "nachrichtlich" in line.label.lower():
                    whole = line
                elif whole and line.is_additive and whole.is_additive:
                    found += self._larger_than(axis, line, whole)
        return found

    def _larger_than(self, axis: Axis, part: Line, whole: Line) -> list[Finding]:
        across = [
            line for line in self._table.lines(Axis.COLUMNS if axis is Axis.ROWS else Axis.ROWS) if line.is_additive
        ]
        pairs = [(self._table.cell(axis, part.at, at.at), self._table.cell(axis, whole.at, at.at)) for at in across]
        known = [(cell, of) for cell, of in pairs if cell.state is State.NUMBER and of.is_number]
        larger = [(cell, of) for cell, of in known if cell.value > of.value >= 0]
        if len(larger) > 1 and 2 * len(larger) > len(known):
            return []
        return [
            Finding(Kind.PART_TOO_LARGE, self._spot(cell), of.value, cell.value, cell.value - of.value)
            for cell, of in larger
        ]

    def _remark_negatives(self) -> None:
        """Whole numbers that are negative once or twice among many are no counts of anything."""
        numbers = [cell for cell in self._table.cells.values() if cell.state is State.NUMBER and not cell.is_percent]
        negative = [cell for cell in numbers if cell.value < 0]
        if any(cell.places for cell in numbers) or not negative or 10 * len(negative) > len(numbers):
            return
        for cell in negative:
            names = self._rows[cell.row].label + " " + self._columns[cell.column].label
            if not labels.is_change(names) and not labels.is_balance(names) and not labels.is_money(names):
                self._report.remarks.append(Remark(RemarkKind.NEGATIVE_COUNT, self._spot(cell), cell.value))


def _grain(numbers: Iterable[Cell]) -> int:
    """The base that all whole numbers of a table are multiples of, as 5 where counts are rounded to it."""
    whole = [int(abs(cell.value)) for cell in numbers if not cell.is_percent and not cell.places and cell.value]
    if len(whole) < 12:
        return 1
    base = math.gcd(*whole)
    return base if base > 2 else 1
