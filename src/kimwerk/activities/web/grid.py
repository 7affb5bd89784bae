"""A whole afternoon at once: rows of cells in words, read like the quick line, one list a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.access.actors import Actor
from kimwerk.activities.quantities import find_day, find_number
from kimwerk.activities.selectors.book import Book, name_of
from kimwerk.activities.selectors.usual import LastUsed
from kimwerk.activities.services.refusals import Problems
from kimwerk.activities.types import EntryField, EntryProblem, Facts, ShorthandField
from kimwerk.activities.vocabulary import Lookup, Terms
from kimwerk.activities.web.wording import FIELDS, PROBLEMS
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text

BLANK_ROWS = 8
MOST_ROWS = 200
LONGEST_CELL = 200


class Cell(StrEnum):
    """The columns of the grid, in their order; the names are those of the form's fields."""

    DAY = "day"
    KIND = "kind"
    REFERRAL = "referral"
    MUNICIPALITY = "municipality"
    SITE = "site"
    CHANNEL = "channel"
    TARGET = "target"
    PARTNER = "partner"
    MINUTES = "minutes"
    TOPICS = "topics"
    GROUPS = "groups"


_FIELD_OF = {
    Cell.DAY: EntryField.DAY,
    Cell.KIND: EntryField.KIND,
    Cell.REFERRAL: EntryField.REFERRAL_TARGET,
    Cell.MUNICIPALITY: EntryField.MUNICIPALITY,
    Cell.SITE: EntryField.SITE,
    Cell.CHANNEL: EntryField.CHANNEL,
    Cell.TARGET: EntryField.PARTICIPANTS_TARGET,
    Cell.PARTNER: EntryField.PARTICIPANTS_PARTNER,
    Cell.MINUTES: EntryField.MINUTES,
    Cell.TOPICS: EntryField.TOPICS,
    Cell.GROUPS: EntryField.TARGET_GROUPS,
}
_CELL_OF = {place: cell for cell, place in _FIELD_OF.items()}
_SHORT: Mapping[Cell, Text] = {
    Cell.TARGET: gettext_lazy("People"),
    Cell.PARTNER: gettext_lazy("Partners"),
    Cell.REFERRAL: gettext_lazy("Referred to"),
}


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: heading, width class, and whether numbers stand in it."""

    cell: Cell
    title: Text
    is_numeric: bool = False
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell as typed, with what is wrong with it."""

    cell: Cell
    title: Text
    text: str
    problem: Text = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row as typed; `facts` once every cell is understood."""

    number: int
    cells: tuple[GridCell, ...]
    facts: Facts | None = None
    problem: Text = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.text for cell in self.cells)

    @property
    def problems(self) -> tuple[Text, ...]:
        """Everything wrong in this row."""
        return tuple(filter(None, (*(cell.problem for cell in self.cells), self.problem)))


def grid_columns(book: Book) -> tuple[GridColumn, ...]:
    """The columns with the words one may choose from."""
    numeric = {Cell.TARGET, Cell.PARTNER, Cell.MINUTES}
    return tuple(
        GridColumn(cell, title_of(cell), cell in numeric, tuple(t.label for t in _terms(cell, book) or ()))
        for cell in Cell
    )


def title_of(cell: Cell) -> Text:
    """The heading of a column."""
    return _SHORT.get(cell) or FIELDS[_FIELD_OF[cell]]


def texts_of_form(sent: Mapping[str, str]) -> list[dict[Cell, str]]:
    """The cells a form sent ("r3-kind"), row by row, blank rows left out."""
    rows: list[dict[Cell, str]] = []
    for number in range(MOST_ROWS):
        names = {cell: f"r{number}-{cell.value}" for cell in Cell}
        texts = {cell: " ".join(sent.get(name, "").split())[:LONGEST_CELL] for cell, name in names.items()}
        if any(text for cell, text in texts.items() if cell is not Cell.DAY):  # a day alone is no activity
            rows.append(texts)
    return rows


def texts_of_paste(text: str) -> list[dict[Cell, str]]:
    """Lines copied out of a spreadsheet: cells parted by tabs, in the order of the columns."""
    rows = [line.split("\t") for line in text.splitlines() if line.strip()]
    return [
        {cell: " ".join(values[at].split())[:LONGEST_CELL] if at < len(values) else "" for at, cell in enumerate(Cell)}
        for values in rows[:MOST_ROWS]
    ]


@dataclass(frozen=True)
class GridReader:
    """Reads rows for one actor; a row's empty day and place are those of the row above."""

    actor: Actor
    book: Book
    last: LastUsed
    today: date

    def read(self, rows: Sequence[Mapping[Cell, str]]) -> tuple[GridRow, ...]:
        """All rows, in their order."""
        read: list[GridRow] = []
        above: Facts | None = None
        for number, texts in enumerate(rows):
            row = self._row(number, texts, above)
            above = row.facts or above
            read.append(row)
        return tuple(read)

    def blank(self, first: int, count: int, day: str = "") -> tuple[GridRow, ...]:
        """Empty rows to write in; the first may begin with a day."""
        return tuple(
            GridRow(number, tuple(GridCell(cell, title_of(cell), _first_text(cell, number, day)) for cell in Cell))
            for number in range(first, first + count)
        )

    def _row(self, number: int, texts: Mapping[Cell, str], above: Facts | None) -> GridRow:
        values = {cell: _read(cell, texts.get(cell, ""), self.book, self.today) for cell in Cell}
        cells = tuple(GridCell(c, title_of(c), texts.get(c, ""), values[c].problem) for c in Cell)
        if not texts.get(Cell.KIND):
            missing = _("The kind is missing.")
            cells = tuple(replace(c, problem=missing) if c.cell is Cell.KIND else c for c in cells)
            return GridRow(number, cells)
        is_clear = not any(value.problem for value in values.values())
        return GridRow(number, cells, self._facts(values, above) if is_clear else None)

    def _facts(self, values: Mapping[Cell, _Value], above: Facts | None) -> Facts:
        town, site = values[Cell.MUNICIPALITY].id, values[Cell.SITE].id
        if site is not None and town is None:
            town = self.book.sites[site].place_id
        if town is None:
            town = above.municipality_id if above else self.last.municipality_id
            if site is None:
                site = above.site_id if above else self.last.site_id
        return Facts(
            organisation_id=self.last.organisation_id,
            day=values[Cell.DAY].day or (above.day if above else self.today),
            kind_id=values[Cell.KIND].id or 0,
            done_by_id=self.actor.account_id or 0,
            channel_id=values[Cell.CHANNEL].id,
            municipality_id=town,
            site_id=site,
            topics=values[Cell.TOPICS].ids,
            target_groups=values[Cell.GROUPS].ids,
            participants_target=values[Cell.TARGET].number or 0,
            participants_partner=values[Cell.PARTNER].number or 0,
            minutes=values[Cell.MINUTES].number,
            referral_target_id=values[Cell.REFERRAL].id,
        )


def with_problems(rows: tuple[GridRow, ...], problems: Mapping[int, Problems]) -> tuple[GridRow, ...]:
    """Rows with what the errand found wrong, at its cells; `problems` are by a row's place in the list."""
    return tuple(_marked(row, problems[at]) if at in problems else row for at, row in enumerate(rows))


def as_texts(facts: Facts, book: Book) -> dict[Cell, str]:
    """An entry as the words of a row."""
    return {
        Cell.DAY: german.day(facts.day),
        Cell.KIND: book.label(facts.kind_id),
        Cell.REFERRAL: book.label(facts.referral_target_id),
        Cell.MUNICIPALITY: name_of(book.municipalities, facts.municipality_id),
        Cell.SITE: name_of(book.sites, facts.site_id),
        Cell.CHANNEL: book.label(facts.channel_id),
        Cell.TARGET: str(facts.participants_target or ""),
        Cell.PARTNER: str(facts.participants_partner or ""),
        Cell.MINUTES: "" if facts.minutes is None else str(facts.minutes),
        Cell.TOPICS: ", ".join(book.labels(facts.topics)),
        Cell.GROUPS: ", ".join(book.labels(facts.target_groups)),
    }


@dataclass(frozen=True, slots=True)
class _Value:
    """What a cell was read as."""

    id: int | None = None
    ids: tuple[int, ...] = ()
    day: date | None = None
    number: int | None = None
    problem: Text = field(default="")


def _first_text(cell: Cell, number: int, day: str) -> str:
    return day if cell is Cell.DAY and number == 0 else ""


def _read(cell: Cell, text: str, book: Book, today: date) -> _Value:
    if not text:
        return _Value()
    if cell is Cell.DAY:
        return _read_day(text, today)
    if cell in {Cell.TARGET, Cell.PARTNER, Cell.MINUTES}:
        return _read_number(cell, text)
    terms = _terms(cell, book) or Terms()
    if cell in {Cell.TOPICS, Cell.GROUPS}:
        return _read_several(text, terms)
    found = terms.look_up(text)
    return _Value(id=found.term.id) if found.term else _Value(problem=_unclear(text, found))


def _read_day(text: str, today: date) -> _Value:
    found = find_day(text, 0, today)
    if found is None or found.end < len(text.rstrip()) or not isinstance(found.value, date):
        return _Value(
            problem=_("“%(text)s” is no day. Write it as 24.12.2022 or yesterday’s weekday.") % {"text": text}
        )
    return _Value(day=found.value)


def _read_number(cell: Cell, text: str) -> _Value:
    if text.isdecimal() and len(text) <= 6:
        return _Value(number=int(text))
    found = find_number(text, 0)
    wanted = {Cell.MINUTES: ShorthandField.MINUTES}.get(cell)
    is_whole = found is not None and found.end == len(text) and isinstance(found.value, int)
    if found and is_whole and isinstance(found.value, int) and (wanted is None or wanted in found.fields):
        return _Value(number=found.value)
    return _Value(problem=_("“%(text)s” is no number.") % {"text": text})


def _read_several(text: str, terms: Terms) -> _Value:
    whole = terms.exactly(text)
    if whole:
        return _Value(ids=(whole.id,))
    found = {part: terms.look_up(part) for part in (part.strip() for part in text.replace(";", ",").split(",")) if part}
    for part, lookup in found.items():
        if lookup.term is None:
            return _Value(problem=_unclear(part, lookup))
    return _Value(ids=tuple(dict.fromkeys(lookup.term.id for lookup in found.values() if lookup.term)))


def _unclear(text: str, found: Lookup) -> str:
    names = " · ".join(term.label for term in (found.choices or found.suggestions)[:4])
    if found.choices:
        return _("“%(text)s” can mean: %(names)s.") % {"text": text, "names": names}
    if names:
        return _("“%(text)s” is unknown. Do you mean: %(names)s?") % {"text": text, "names": names}
    return _("“%(text)s” is unknown.") % {"text": text}


def _terms(cell: Cell, book: Book) -> Terms | None:
    words = book.vocabulary
    return {
        Cell.KIND: words.kinds,
        Cell.REFERRAL: words.referral_targets,
        Cell.MUNICIPALITY: words.municipalities,
        Cell.SITE: words.sites,
        Cell.CHANNEL: words.channels,
        Cell.TOPICS: words.topics,
        Cell.GROUPS: words.target_groups,
    }.get(cell)


def _marked(row: GridRow, problems: Problems) -> GridRow:
    by_cell: dict[Cell, EntryProblem] = {}
    rest: list[EntryProblem] = []
    for place, problem in problems.items():
        cell = _CELL_OF.get(place)
        if cell:
            by_cell[cell] = problem
        else:
            rest.append(problem)
    cells = tuple(replace(c, problem=PROBLEMS[by_cell[c.cell]]) if c.cell in by_cell else c for c in row.cells)
    return replace(row, cells=cells, facts=None, problem=" ".join(str(PROBLEMS[problem]) for problem in rest))
