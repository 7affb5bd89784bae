"""What the diary's pages show: one value a template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kimwerk.activities.selectors.entries import EntryRow, EntryTotals
from kimwerk.activities.selectors.usual import Shortcut
from kimwerk.activities.web.quick import Reading


@dataclass(frozen=True, slots=True)
class QuickEntry:
    """The quick entry (`_quick_entry.html`): the line, what it says, and lines ready to take over."""

    reading: Reading
    favourites: tuple[Shortcut, ...] = ()
    usual: tuple[Shortcut, ...] = ()
    back: str = ""
    has_focus: bool = False
    is_refused: bool = False
    repeatable: date | None = None


@dataclass(frozen=True, slots=True)
class DayEntries:
    """The entries of one day with their sums."""

    day: date
    title: str
    rows: tuple[EntryRow, ...]
    totals: EntryTotals


@dataclass(frozen=True, slots=True)
class RecentEntries:
    """One's own entries of today and of the last day before it that has any (`_recent.html`)."""

    days: tuple[DayEntries, ...]


@dataclass(frozen=True, slots=True)
class QuickPage:
    """The quick entry on a page of its own (`quick.html`)."""

    quick: QuickEntry
    is_confirming: bool = False
