"""What the diary's pages show: one value a template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.forms import BoundField

from kimwerk.activities.models import Activity, Category, Favourite, SavedView
from kimwerk.activities.selectors.entries import EntryRow, EntryTotals
from kimwerk.activities.selectors.usual import Shortcut
from kimwerk.activities.web.category_forms import CategoryForm, ProposalForm
from kimwerk.activities.web.filters import FilterForm
from kimwerk.activities.web.forms import EntryForm, FavouriteForm, RepeatForm, SettingsForm
from kimwerk.activities.web.grid import GridColumn, GridRow
from kimwerk.activities.web.quick import Reading
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Chip, Confirmation, Crumb, Fact, Moment, Pagination, Tab, Table


@dataclass(frozen=True, slots=True)
class QuickEntry:
    """The quick entry (`_quick_entry.html`): the line, what it says, and lines ready to take over.

    An answer replaces what the browser had kept of the line; after a tap the focus stays where it is, so
    that no keyboard opens on a phone.
    """

    reading: Reading
    favourites: tuple[Shortcut, ...] = ()
    usual: tuple[Shortcut, ...] = ()
    back: str = ""
    has_focus: bool = False
    is_answer: bool = False
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


@dataclass(frozen=True, slots=True)
class ListPage:
    """The list of entries (`list.html`, `_list.html`)."""

    filter_bar: str
    head: Table
    rows: tuple[EntryRow, ...]
    totals: EntryTotals
    pagination: Pagination
    chips: tuple[Chip, ...]
    window: Text
    query: str
    views: tuple[SavedView, ...]
    quick: QuickEntry | None
    shows_people: bool
    may_export: bool
    is_filtered: bool


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One entry (`entry.html`): its facts, and what one may do with it."""

    activity: Activity
    title: str
    state: str
    facts: tuple[Fact, ...]
    history: tuple[Moment, ...]
    may_change: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class FormPage:
    """The form for all facts (`form.html`), new or to correct an entry."""

    form: EntryForm
    title: Text
    draft: str
    cancel_url: str
    version: int = 0
    activity: Activity | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """A fact on which two versions differ."""

    name: str
    label: Text
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """Somebody else was faster (`conflict.html`): both versions, to choose from fact by fact."""

    activity: Activity
    clashes: tuple[Clash, ...]
    kept: tuple[tuple[str, str], ...]
    changed_by: str


@dataclass(frozen=True, slots=True)
class RepeatPage:
    """Entering a day's activities again (`repeat.html`)."""

    form: RepeatForm
    source: date
    rows: tuple[EntryRow, ...]


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """A question before something happens (`confirm.html`)."""

    title: Text
    confirmation: Confirmation


@dataclass(frozen=True, slots=True)
class FavouritesPage:
    """One's favourites (`favourites.html`), each with its own form."""

    favourites: tuple[tuple[Favourite, FavouriteForm], ...]
    new: FavouriteForm


@dataclass(frozen=True, slots=True)
class ViewsPage:
    """One's saved views of the list (`views.html`)."""

    views: tuple[SavedView, ...]


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """An organisation's rules for its diary (`settings.html`)."""

    form: SettingsForm
    organisation: str


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """Sums per person, site and kind (`summaries.html`)."""

    form: FilterForm
    window: Text
    totals: EntryTotals
    tables: tuple[Table, ...]
    shows_team: bool


@dataclass(frozen=True, slots=True)
class WeekPage:
    """One's own week (`week.html`)."""

    title: str
    window: Text
    days: tuple[DayEntries, ...]
    totals: EntryTotals
    previous_url: str
    next_url: str


@dataclass(frozen=True, slots=True)
class CategoriesPage:
    """One list of categories (`categories.html`)."""

    title: Text
    tabs: tuple[Tab, ...]
    table: Table
    may_manage: bool
    list_key: str
    proposed: int = 0


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """What a proposal would add to the mappings (`proposal.html`)."""

    title: Text
    table: Table
    confirmation: Confirmation
    form: ProposalForm
    crumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True)
class CategoryPage:
    """One category to change or to begin (`category.html`)."""

    title: Text
    form: CategoryForm
    mappings: tuple[BoundField, ...]
    cancel_url: str
    category: Category | None = None


@dataclass(frozen=True, slots=True)
class GridPage:
    """Many entries at once (`grid.html`)."""

    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    problem_count: int
    filled: int
