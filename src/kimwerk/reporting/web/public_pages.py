"""What the public pages show: one value a template."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kimwerk.kernel.figures import Text
from kimwerk.reporting.document import TableBlock
from kimwerk.reporting.models import FactSheet, Publication
from kimwerk.reporting.public.municipalities import SheetJson, SheetPart
from kimwerk.reporting.public.showing import Abstract, shown
from kimwerk.reporting.public.tables import Unpublished

REASONS: Mapping[Unpublished, Text] = {
    Unpublished.RATE: _("a rate or a mean would tell its parts"),
    Unpublished.STAFF: _("it tells of single colleagues"),
    Unpublished.TOO_FINE: _("weeks and days are too fine"),
    Unpublished.OVERLAPPING: _("it is narrowed in a way that cannot be protected"),
    Unpublished.CONTRIBUTIONS: _("it would tell what a single post costs or a single body gives"),
    Unpublished.NOT_ADDITIVE: _("one may stand in several of its parts, so that they have no sum"),
    Unpublished.BALANCE: _("with an earlier stock and who came and went, it would tell a number that is hidden"),
    Unpublished.NOT_COUNTED: _("nothing was counted"),
}


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
    """What the edition has and the publication has not, and why."""
    listed: list[dict[str, str]] = json.loads(json.dumps(publication.left_out))
    return tuple((each["title"], REASONS[Unpublished(each["why"])]) for each in listed)
