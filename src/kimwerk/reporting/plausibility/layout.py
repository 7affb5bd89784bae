"""The tables of a grid: head, lines with their labels, and the cells that hold numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from kimwerk.reporting.plausibility import labels
from kimwerk.reporting.plausibility.cells import Cell, State
from kimwerk.reporting.plausibility.grids import Grid

YEARS = range(1900, 2101)


class Axis(StrEnum):
    """Lines that stand below or beside each other."""

    ROWS = "rows"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class Line:
    """One row or column: its place in the file (from 0), its label, and the label cut into dimensions."""

    at: int
    label: str
    key: tuple[str, ...]
    level: int = 0
    is_percent: bool = False
    is_additive: bool = True


@dataclass(slots=True)
class Table:
    """One table of a file."""

    sheet: str
    rows: list[Line]
    columns: list[Line]
    cells: dict[tuple[int, int], Cell]
    text: str = ""
    label_cells: dict[tuple[int, int], Cell] = field(default_factory=dict)

    def lines(self, axis: Axis) -> list[Line]:
        """Rows or columns."""
        return self.rows if axis is Axis.ROWS else self.columns

    def cell(self, axis: Axis, line: int, across: int) -> Cell:
        """The cell of a line of the axis (as it stands in the file) in a line across."""
        return self.cells[(line, across) if axis is Axis.ROWS else (across, line)]


def tables_of(grid: Grid) -> list[Table]:
    """The tables that stand below each other in a grid."""
    found = [_table(grid.name, block) for block in _blocks(grid.rows)]
    return [table for table in found if table is not None]


def _filled(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if cell.state is not State.BLANK]


def _is_year(cell: Cell) -> bool:
    return cell.state is State.NUMBER and not cell.places and int(cell.value) in YEARS and "." not in cell.text


def _numbers(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row[1:] if cell.state is State.NUMBER] or [
        cell for cell in row[:1] if cell.state is State.NUMBER and len(_filled(row)) == 1 and len(row) == 1
    ]


def _is_head(row: Sequence[Cell]) -> bool:
    """Words over several columns, or years, or the numbers of columns."""
    filled = _filled(row)
    if len(filled) < 2 and not (filled and filled[0].column):
        return False
    numbers = [cell for cell in filled if cell.state is State.NUMBER]
    if not numbers:
        return not any(cell.state in {State.NIL, State.UNKNOWN} for cell in filled[1:])
    return _counts_on(row)


def _counts_on(row: Sequence[Cell]) -> bool:
    """Years or other names that are numbers, each one after the other."""
    filled = _filled(row)
    numbers = [cell for cell in filled if cell.state is State.NUMBER]
    words = [cell for cell in filled if cell.state is State.TEXT]
    if any(cell.places or cell.is_percent or cell.value < 0 for cell in numbers):
        return False
    steps = {after.value - before.value for before, after in pairwise(numbers)}
    if all(_is_year(cell) for cell in numbers):
        return (len(numbers) > 1 and (steps <= {1} or steps <= {-1} or (len(steps) == 1 and 0 not in steps))) or (
            (bool(words) and not steps and not row[0].text) or len(words) > 1
        )
    if len(numbers) < 3 or steps != {1}:
        return False
    if len(numbers) == len(filled):
        return numbers[0].value in {1, 2}
    return bool(words) and words[0].column == filled[0].column and labels.names_rows(words[0].text)


def _blocks(rows: Sequence[Sequence[Cell]]) -> list[list[Sequence[Cell]]]:
    """Where a head stands again after numbers and a blank row or a lone title, a new table begins."""
    blocks: list[list[Sequence[Cell]]] = [[]]
    has_numbers, gap = False, False
    for at, row in enumerate(rows):
        filled = _filled(row)
        if has_numbers and gap and len(filled) > 1 and _is_head(row) and _goes_on(rows, at):
            titles: list[Sequence[Cell]] = []
            while blocks[-1] and len(_filled(blocks[-1][-1])) == 1 and not _numbers(blocks[-1][-1]):
                titles.insert(0, blocks[-1].pop())
            blocks.append(titles)
            has_numbers = False
        if len(filled) < 2:
            gap = gap or not filled
        elif _numbers(row):
            has_numbers, gap = True, False
        blocks[-1].append(row)
    return blocks


def _goes_on(rows: Sequence[Sequence[Cell]], at: int) -> bool:
    return any(_numbers(row) and not _is_head(row) for row in rows[at + 1 : at + 4])


def _table(sheet: str, block: Sequence[Sequence[Cell]]) -> Table | None:
    start = next((at for at, row in enumerate(block) if _numbers(row) and not _is_head_here(block, at)), None)
    if start is None:
        return None
    head, body = _head_of(block, start), [row for row in block[start:] if _filled(row)]
    body = [row for row in body if not (_is_head(row) and _numbers(row) and _counts_on(row) and row is body[0])]
    names, values = _columns(head, body)
    if not values:
        return None
    columns = _column_lines(head, values, body)
    rows, cells, notes = _row_lines(body, names, columns)
    if not rows:
        return None
    titles = [cell.text for row in block[:start] if row not in head for cell in _filled(row)]
    heads = [cell.text for row in head for cell in _filled(row)]
    label_cells = {(row[0].row, column): row[column] for row in body for column in names}
    label_cells |= {(cell.row, cell.column): cell for row in head for cell in row}
    return Table(sheet, rows, columns, cells, "\n".join([*titles, *heads, *notes]), label_cells)


def _is_head_here(block: Sequence[Sequence[Cell]], at: int) -> bool:
    """A row of years is no head where words stand over the same columns already."""
    row = block[at]
    if not _is_head(row) and not _names_one_year(block, at):
        return False
    above = [each for each in block[:at] if len(_filled(each)) > 1]
    numbers = [cell.column for cell in row if cell.state is State.NUMBER]
    covered = above and all(above[-1][column].state is State.TEXT for column in numbers)
    if covered and all(_is_year(row[column]) for column in numbers):
        values = [row[column].value for column in numbers]
        return len(values) > 1 and {abs(b - a) for a, b in pairwise(values)} == {1}
    return True


def _names_one_year(block: Sequence[Sequence[Cell]], at: int) -> bool:
    """The first row with several cells, a word and then years: "Position; 2022"."""
    first = next((row for row in block if len(_filled(row)) > 1), None)
    numbers = _numbers(block[at])
    return (
        first is block[at] and all(_is_year(cell) and cell.text.isdigit() for cell in numbers) and len(block) > at + 2
    )


def _head_of(block: Sequence[Sequence[Cell]], start: int) -> list[Sequence[Cell]]:
    head: list[Sequence[Cell]] = []
    for row in reversed(block[:start]):
        if not _filled(row) and head:
            break
        if _is_head(row) or (len(_filled(row)) > 1 and _numbers(row)):
            head.insert(0, row)
        elif head:
            break
    return [row for row in head if not (_counts_on(row) and row is not head[0] and _filled(row)[0].value == 1)]


def _columns(head: Sequence[Sequence[Cell]], body: Sequence[Sequence[Cell]]) -> tuple[list[int], list[int]]:
    """The columns with names of rows, and those with numbers."""
    names: list[int] = []
    values: list[int] = []
    for column in range(len(body[0])):
        cells = [row[column] for row in body if row[column].state is not State.BLANK]
        numbers = [cell for cell in cells if cell.state is not State.TEXT]
        title = next((row[column].text for row in reversed(head) if row[column].text), "")
        if not cells:
            continue
        if not values and (2 * len(numbers) < len(cells) or _is_name(column, title, cells)):
            names.append(column)
        elif 2 * len(numbers) >= len(cells) and _has_numbers(cells) and not labels.names_rows(title):
            values.append(column)
    if not values and len(names) > 1:
        last = next((column for column in reversed(names) if any(row[column].is_number for row in body)), None)
        if last is not None and not labels.names_rows(next((r[last].text for r in reversed(head) if r[last].text), "")):
            names, values = [name for name in names if name < last], [last]
    return names, values


def _has_numbers(cells: Sequence[Cell]) -> bool:
    return any(cell.state is State.NUMBER for cell in cells)


def _is_name(column: int, title: str, cells: Sequence[Cell]) -> bool:
    numbers = [cell for cell in cells if cell.state is State.NUMBER]
    if labels.names_rows(title):
        return True
    if all(_is_year(cell) for cell in numbers) and len(numbers) > 1 and not column:
        return True
    if any(len(cell.text) in {5, 8} and cell.text.isdigit() and cell.text[0] == "0" for cell in numbers):
        return True
    steps = {after.value - before.value for before, after in pairwise(numbers)}
    return not column and steps == {1} and len(numbers) > 2 and numbers[0].value in {0, 1}


def _column_lines(head: Sequence[Sequence[Cell]], values: Sequence[int], body: Sequence[Sequence[Cell]]) -> list[Line]:
    paths: dict[int, list[str]] = {column: [] for column in values}
    for number, row in enumerate(head):
        carried = ""
        for column in range(min(values), max(values) + 1):
            text = row[column].text.strip()
            if number < len(head) - 1:  # a heading over several columns stands in the first of them
                carried = text or carried
                text = carried
            if column in paths:
                paths[column].append(text)
    _clear_carried(paths, head, values)
    lines = []
    for column in values:
        path = paths[column]
        label = " ".join(dict.fromkeys(text for text in path if text)) or letters(column)
        numbers = [row[column] for row in body if row[column].state is State.NUMBER and row[column].value]
        percent = labels.is_percent(label) or 10 * sum(cell.is_percent for cell in numbers) > 9 * len(numbers) > 0
        lines.append(
            Line(
                column,
                label,
                tuple(path),
                labels.level_of(label),
                percent,
                not percent and not labels.is_not_added(label),
            )
        )
    return lines


def _clear_carried(paths: dict[int, list[str]], head: Sequence[Sequence[Cell]], values: Sequence[int]) -> None:
    """A heading is not carried on to a column that has nothing below it: that column stands for itself."""
    for column in values:
        if len(head) > 1 and not head[-1][column].text and not head[0][column].text:
            own = next((row[column].text.strip() for row in reversed(head) if row[column].text), "")
            if own:
                paths[column] = [own, *[""] * (len(head) - 1)]


def _row_lines(
    body: Sequence[Sequence[Cell]], names: Sequence[int], columns: Sequence[Line]
) -> tuple[list[Line], dict[tuple[int, int], Cell], list[str]]:
    rows: list[Line] = []
    cells: dict[tuple[int, int], Cell] = {}
    notes: list[str] = []
    carried = [""] * len(names)
    heading = ""
    values = [line.at for line in columns]
    for row in body:
        if not any(row[column].is_number for column in values) and not (
            any(row[column].state is State.UNKNOWN for column in values)
        ):
            notes.extend(cell.text for cell in _filled(row))
            heading = next((cell.text.strip() for cell in _filled(row)), heading)
            continue
        texts = [row[column].text.rstrip() for column in names]
        for depth, text in enumerate(texts[:-1]):
            if text.strip():
                carried[depth : len(carried)] = [text.strip(), *[""] * (len(carried) - depth - 1)]
            elif any(each.strip() for each in texts[depth:]):
                texts[depth] = "" if carried[depth].isdigit() else carried[depth]
        label = " ".join(dict.fromkeys(text.strip() for text in texts if text.strip()))
        last = next((text for text in reversed(texts) if text.strip()), "")
        counts = [row[line.at] for line in columns if not line.is_percent and row[line.at].state is State.NUMBER]
        percent = bool(counts) and all(cell.is_percent for cell in counts)
        percent = percent or bool(labels.is_percent(label) and _are_shares(row, values))
        additive = not percent and not labels.is_not_added(label)
        key = (heading, *[text.strip() for text in texts])
        level = labels.level_of(texts[0] if len(texts) == 1 else last)
        rows.append(Line(row[0].row, label or str(row[0].row + 1), key, level, percent, additive))
        cells |= {(row[0].row, column): row[column] for column in values}
    return rows, cells, notes


def _are_shares(row: Sequence[Cell], values: Sequence[int]) -> bool:
    """Not more than 100 each: "21 % surcharge" is a label of amounts."""
    return all(abs(row[column].value) <= 100 for column in values if row[column].state is State.NUMBER)


def letters(column: int) -> str:
    """The name of a column, counted from 0: A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
