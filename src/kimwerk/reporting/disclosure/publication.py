"""Tables that are published, what they have in common with others, and what protects them: values without effects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kimwerk.kernel.periods import Period
from kimwerk.reporting.disclosure.audit import Audit
from kimwerk.reporting.disclosure.tables import Dimension, Key

TIME = "time"
"""The dimension whose nodes are periods."""


class Status(StrEnum):
    """Why a cell is printed or not. Readers see one sign for both kinds of suppressed cells."""

    PUBLISHED = "published"
    PRIMARY = "primary"
    SECONDARY = "secondary"


@dataclass(frozen=True, slots=True)
class PublicTable:
    """Counts as somebody wants to publish them, and what tells which people they count.

    Two cells of different tables are the same cell if `figure`, `definition`, the period and all nodes agree. The root
    of a dimension is everything, unless `partial` names the dimension; then tables without it have other totals.
    `only` narrows the whole table to one node of a dimension that it does not show.
    """

    name: str
    figure: str
    window: Period
    dimensions: tuple[Dimension, ...]
    counts: Mapping[Key, int]
    """Of the leaves, in the order of the dimensions; a leaf without a count is 0."""
    definition: str = ""
    """Changes with what the figure counts, for example a hash."""
    only: Mapping[str, str] = field(default_factory=dict)
    partial: frozenset[str] = frozenset()
    periods: Mapping[str, Period] = field(default_factory=dict)
    """What the nodes of the dimension `time` cover; its root covers the window."""


@dataclass(frozen=True, slots=True)
class Published:
    """A table of an earlier publication, and which cells were not printed."""

    table: PublicTable
    hidden: frozenset[Key]
    publication: str = ""
    """What it was called, for the sentence that says why something is a break."""


class BreakKind(StrEnum):
    """Why numbers of two publications cannot be compared or added up."""

    DEFINITION = "definition"  # the figure counts something else now
    HIERARCHY = "hierarchy"  # a sum has other parts now: a municipality moved, a category was merged
    CORRECTED = "corrected"  # the same cell has another value now


@dataclass(frozen=True, slots=True)
class Break:
    """A break in the series between an earlier publication and a table of this one."""

    kind: BreakKind
    table: str
    publication: str
    dimension: str = ""
    node: str = ""


@dataclass(frozen=True, slots=True)
class ProtectedCell:
    """A cell as the office sees it; `value` is None where it is not printed."""

    key: Key
    value: int | None
    status: Status


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """Every cell of a table with its margins.

    `beside` names the tables, of this publication or an earlier one, because of which it lost cells: whoever
    subtracted one from the other would learn something small. Nobody outside of the office may read that, since a
    number that is missing for that reason can be told from the other one.
    """

    table: PublicTable
    cells: tuple[ProtectedCell, ...]
    beside: tuple[str, ...] = ()

    @property
    def hidden(self) -> frozenset[Key]:
        """The cells that are not printed."""
        return frozenset(cell.key for cell in self.cells if cell.value is None)

    @property
    def printed(self) -> dict[Key, int]:
        """What readers get to see."""
        return {cell.key: cell.value for cell in self.cells if cell.value is not None}


@dataclass(frozen=True, slots=True)
class ProtectedPublication:
    """Tables protected together, with what it cost and the proof."""

    tables: tuple[ProtectedTable, ...]
    cost: int
    bound: int
    gap: float
    audit: Audit
    breaks: tuple[Break, ...]
    differences: int
    """Differences between tables that readers could form, and that were protected like printed cells."""
