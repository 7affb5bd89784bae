"""The report as a document: plain values, ready to be printed as PDF or shown as HTML.

Every word that is printed stands in here, already in the language of the reader. Whoever builds
a document takes the words from the catalogue of texts; whoever renders one adds none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

DEEPEST = 5
"""The deepest level of headings; with the title above them HTML has no more."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The fixed words around the content.

    `page` and `of` stand in the footer ("Seite 3 von 12"), `figure` before the number of a figure
    ("Abbildung 3"), `notice` before a note and `warning` before a warning, `data` over the
    table beside a chart. `draft_notice` is the sentence that every draft carries, `draft_mark` the word
    that lies behind its pages.
    """

    contents: str
    page: str
    of: str
    figure: str
    definition: str
    population: str
    unit: str
    window: str
    source: str
    notice: str
    warning: str
    data: str
    organisation: str
    state: str
    released: str
    content_hash: str
    draft_notice: str
    draft_mark: str


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A heading of columns. `columns` and `rows` say how many it spans."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: what it is about, and its values as they are printed. `is_sum` for sums among the rows."""

    header: str
    cells: tuple[str, ...]
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table whose first column heads its rows.

    `numeric` has one entry per column, the first included, and says which ones hold numbers:
    they are right-aligned. ValueError if a row is longer or shorter than `numeric`.
    """

    kind: ClassVar[str] = "table"

    caption: str
    header: tuple[tuple[HeaderCell, ...], ...]
    rows: tuple[Row, ...]
    numeric: tuple[bool, ...]
    total: Row | None = None

    def __post_init__(self) -> None:
        """Refuse tables that could not be read by row and column."""
        rows = self.rows if self.total is None else (*self.rows, self.total)
        if any(len(row.cells) + 1 != len(self.numeric) for row in rows):
            raise ValueError("every row needs as many cells as the table has columns")
        spanned = sum(cell.columns * cell.rows for row in self.header for cell in row)
        if spanned != len(self.header) * len(self.numeric):
            raise ValueError("the headings must span all columns")

    @property
    def numeric_columns(self) -> frozenset[int]:
        """The positions of the columns that hold numbers; the first column has position 0."""
        return frozenset(position for position, is_numeric in enumerate(self.numeric) if is_numeric)

    def placed_header(self) -> tuple[tuple[tuple[HeaderCell, bool], ...], ...]:
        """The headings, row by row, each with whether it stands over one column of numbers."""
        below = [0] * len(self.numeric)
        placed = []
        for row in self.header:
            free = iter([position for position, rows in enumerate(below) if rows == 0])
            cells = []
            for cell in row:
                first, *_ = covered = [next(free) for _ in range(cell.columns)]
                for position in covered:
                    below[position] = cell.rows
                cells.append((cell, cell.columns == 1 and self.numeric[first]))
            below = [max(rows - 1, 0) for rows in below]
            placed.append(tuple(cells))
        return tuple(placed)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text, without markup."""

    kind: ClassVar[str] = "paragraph"

    text: str


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list of short texts, without markup."""

    kind: ClassVar[str] = "list"

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A figure with everything that is needed to understand its numbers.

    `chart_svg` is a chart of `kimwerk.reporting.charts` in the theme "print"; the HTML report
    shows `chart_svg_narrow` on small screens if there is one. `population` says among what is
    counted. `warning` says what must not be overlooked, for example that the neighbouring figure
    has another window.
    """

    kind: ClassVar[str] = "figure"

    title: str
    definition: str
    unit_label: str
    window_label: str
    source_label: str
    table: TableBlock
    population: str = ""
    chart_svg: str | None = None
    chart_alt: str = ""
    chart_svg_narrow: str | None = None
    notes: tuple[str, ...] = ()
    warning: str | None = None

    def __post_init__(self) -> None:
        """Refuse charts that a blind reader would miss."""
        if self.chart_svg and not self.chart_alt.strip():
            raise ValueError("a chart needs a text that says what it shows")


Block = Paragraph | BulletList | TableBlock | FigureBlock


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it. `level` runs from 1 to 5 and never skips one going down."""

    heading: str
    level: int
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class CoverFact:
    """A line on the cover: "Gremium: Ausschuss für Soziales und Integration"."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A report, complete: the same values give the same paper, byte for byte.

    `made_at` (with time zone) becomes the date in the file's description. `released_label` is the
    printed date of release, empty for a draft. `short_title` stands in the header of each page.
    `notice` is what must be known of the whole report; empty if nothing. `cover` makes it a council paper: what the
    committee reads first. `language` is a BCP 47 tag.
    ValueError if a heading skips a level.
    """

    title: str
    subtitle: str
    short_title: str
    organisation: str
    window_label: str
    state_label: str
    is_draft: bool
    made_at: datetime
    labels: Labels
    sections: tuple[Section, ...]
    released_label: str = ""
    content_hash: str = ""
    notice: str = ""
    cover: tuple[CoverFact, ...] = ()
    language: str = "de"

    def __post_init__(self) -> None:
        """Refuse what no accessible document can hold: skipped levels, a nameless paper."""
        if not self.title.strip():
            raise ValueError("a report needs a title")
        if self.made_at.tzinfo is None:
            raise ValueError("made_at needs a time zone")
        level = 0
        for section in self.sections:
            if not 1 <= section.level <= min(level + 1, DEEPEST):
                raise ValueError(f"the heading {section.heading!r} skips a level")
            level = section.level
