"""What the pages of staffing show."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Action, Badge, Confirmation, Crumb, Fact, NavItem, Table, Tile


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: a table, or a sentence where there is nothing; `next_url` leads to the rows behind it."""

    key: str
    title: Text
    table: Table
    empty: Text
    next_url: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of staffing (`page.html`): what it is, numbers at a glance, facts, and its parts."""

    title: Text
    state: Text = ""
    crumbs: tuple[Crumb, ...] = ()
    action: Action | None = None
    badge: Badge | None = None
    filter: forms.Form | None = None
    reset_url: str = ""
    tiles: tuple[Tile, ...] = ()
    facts: tuple[Fact, ...] = ()
    links: tuple[NavItem, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the first weeks with the button that ticks it off."""

    pk: int
    title: str
    due: str
    badge: Badge
    is_done: bool


@dataclass(frozen=True, slots=True)
class LeaveLine:
    """An absence with the button that takes it out."""

    pk: int
    title: Text
    days: str


@dataclass(frozen=True, slots=True)
class SubstitutionLine:
    """Who stands in for whom and when; `remove_url` is empty where it cannot be taken out here."""

    title: str
    days: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class EmployeePage:
    """What the page of somebody has besides its tables (`employee.html`): absences, substitutions, first weeks."""

    leaves: tuple[LeaveLine, ...]
    substitutions: tuple[SubstitutionLine, ...]
    steps: tuple[Step, ...]
    begin_url: str
    may_keep: bool


@dataclass(frozen=True, slots=True)
class AllocationPage:
    """The division of posts (`allocation.html`): what is asked, and the answer once something is."""

    title: Text
    state: Text
    form: forms.Form
    reset_url: str
    tiles: tuple[Tile, ...]
    part: Part | None


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form about something in the plan of posts."""

    title: Text
    crumbs: tuple[Crumb, ...]
    form: forms.Form
    label: Text
    cancel_url: str
    lead: Text = ""
    links: tuple[NavItem, ...] = ()


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """Asks once more."""

    title: Text
    crumbs: tuple[Crumb, ...]
    confirmation: Confirmation
