"""What the public pages show: one value a template."""

from __future__ import annotations

import json
from dataclasses import dataclass

from kimwerk.kernel.figures import Text
from kimwerk.reporting.document import TableBlock
from kimwerk.reporting.models import FactSheet, Publication
from kimwerk.reporting.public.municipalities import SheetJson, SheetPart
from kimwerk.reporting.public.naming import REASONS
from kimwerk.reporting.public.showing import Abstract, shown
from kimwerk.reporting.public.tables import Unpublished


@dataclass(frozen=True, slots=True)
class PublicationLine:
    """A publication in the list."""

    title: str
    url: str
    publisher: str
    window: str
    published: str


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """Everything in public (`statistics.html`)."""

    publications: tuple[PublicationLine, ...]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table with what it counts and its files."""

    anchor: str
    number: int
    block: TableBlock
    definition: str
    source: str
    narrowed: tuple[str, ...]
    hidden: str
    related: str
    csv_url: str
    json_url: str


@dataclass(frozen=True, slots=True)
class PublicationPage:
    """A publication (`publication.html`), or that it was withdrawn."""

    publication: Publication
    window: str
    published: str
    is_withdrawn: bool
    tables: tuple[ShownTable, ...]
    abstract: Abstract | None
    cost: str
    legend: str
    report_url: str
    left_out: tuple[tuple[str, Text], ...]
    comparison: tuple[TableBlock, ...]
    sheets: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FactSheetPage:
    """A municipality (`fact_sheet.html`)."""

    publication: Publication
    name: str
    ags: str
    residents: str
    window: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    parts: tuple[SheetPart, ...]
    legend: str

    @property
    def shown_parts(self) -> tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]:
        """Title, unit and rows of what crossed tables tell."""
        return tuple(
            (part["title"], part["unit"], tuple((label, shown(value)) for label, value in part["rows"]))
            for part in self.parts
        )


def as_sheet(stored: FactSheet) -> SheetJson:
    """What the database keeps of a fact sheet, as the sheet it is."""
    sheet: SheetJson = json.loads(json.dumps(stored.content))
    return sheet


def left_out_lines(publication: Publication) -> tuple[tuple[str, Text], ...]:
    """Figures that the edition has and the publication has not, and why. What texts tell is for the office."""
    listed: list[dict[str, str]] = json.loads(json.dumps(publication.left_out))
    reasons = ((each["title"], Unpublished(each["why"])) for each in listed)
    return tuple((title, REASONS[why]) for title, why in reasons if why is not Unpublished.TOLD_BY_TEXT)
