"""What the pages of finance show."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from kimwerk.kernel.figures import Text
from kimwerk.staffing.web.pages import Part
from kimwerk.ui.components import Action, Confirmation, Crumb, Fact, NavItem, Tab, Table, Tile


@dataclass(frozen=True, slots=True)
class CostRow:
    """A row of a cost table; `is_sum` ones stand out, `is_count` ones count people and posts."""

    title: str
    cells: tuple[str, ...]
    is_sum: bool = False
    is_count: bool = False


@dataclass(frozen=True, slots=True)
class CostTable:
    """A cost table (`_cost_table.html`): years or scenarios across, lines down."""

    caption: Text
    columns: tuple[str, ...]
    rows: tuple[CostRow, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its number: `width` of a hundred."""

    label: str
    text: str
    width: int
    is_negative: bool = False


@dataclass(frozen=True, slots=True)
class BarGroup:
    """The bars of one year or one part."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan (`plan.html`): its table, where every amount comes from, and what a reader should know."""

    title: Text
    state: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Tab, ...]
    action: Action | None
    note: str
    hidden: Text
    tiles: tuple[Tile, ...]
    table: CostTable
    origins: Table
    findings: tuple[str, ...]
    bars: tuple[BarGroup, ...]
    files: tuple[NavItem, ...]


@dataclass(frozen=True, slots=True)
class ComparePage:
    """A plan beside its scenarios (`compare.html`)."""

    title: Text
    state: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Tab, ...]
    action: Action | None
    filter: forms.Form
    reset_url: str
    hidden: Text
    table: CostTable
    bars: tuple[BarGroup, ...]
    sensitivity: Table
    links: tuple[NavItem, ...]
    has_scenarios: bool


@dataclass(frozen=True, slots=True)
class PartsPage:
    """A page of tables under the tabs of a plan, or without them (`parts.html`)."""

    title: Text
    state: Text
    crumbs: tuple[Crumb, ...] = ()
    tabs: tuple[Tab, ...] = ()
    action: Action | None = None
    filter: forms.Form | None = None
    reset_url: str = ""
    hidden: Text = ""
    tiles: tuple[Tile, ...] = ()
    links: tuple[NavItem, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form about a plan."""

    title: Text
    crumbs: tuple[Crumb, ...]
    form: forms.Form
    label: Text
    cancel_url: str
    lead: Text = ""
    links: tuple[NavItem, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The check of an uploaded table (`check.html`); `verdict` is empty before one was uploaded."""

    title: Text
    state: Text
    form: forms.Form
    verdict: Text
    is_clean: bool
    deviations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """Asks once more."""

    title: Text
    crumbs: tuple[Crumb, ...]
    confirmation: Confirmation


@dataclass(frozen=True, slots=True)
class UploadPage:
    """A file of bookings that was read (`upload.html`): what would be booked, and which rows cannot be."""

    title: Text
    state: Text
    crumbs: tuple[Crumb, ...]
    facts: tuple[Fact, ...]
    refused: tuple[str, ...]
    part: Part
    apply_url: str
    apply_label: Text
    discard_url: str


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A proof as it was handed in: when, the beginning of its checksum, and its files."""

    title: str
    note: str
    files: tuple[NavItem, ...]


@dataclass(frozen=True, slots=True)
class ProofPage:
    """A proof of use as it stands (`proof.html`), with what was handed in and what has changed since."""

    title: Text
    state: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Tab, ...]
    action: Action
    filter: forms.Form
    reset_url: str
    warnings: tuple[str, ...]
    handed_in: tuple[HandedIn, ...]
    changed: tuple[str, ...]
    files: tuple[NavItem, ...]
    parts: tuple[Part, ...]
    vouchers: Part
    report: str
    report_link: NavItem
