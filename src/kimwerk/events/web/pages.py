"""What the pages of events show."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from kimwerk.events.web.sketch import Sketch
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import (
    Action,
    Badge,
    Confirmation,
    Crumb,
    Fact,
    Moment,
    NavItem,
    Table,
    Tile,
)


@dataclass(frozen=True, slots=True)
class Errand:
    """A button that does one thing: where it leads and what it sends."""

    label: Text
    url: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TickLine:
    """A line of the checklist (`_checklist.html`) with the button that ticks it off, or takes the tick back."""

    title: str
    note: Text
    badge: Badge
    errand: Errand | None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: its table, or a sentence where there is nothing, and what one may do about it."""

    key: str
    title: Text
    table: Table
    empty: Text
    links: tuple[NavItem, ...] = ()


@dataclass(frozen=True, slots=True)
class EventPage:
    """An event (`event.html`)."""

    title: Text
    state: Text
    badge: Badge
    crumbs: tuple[Crumb, ...]
    action: Action | None
    text: str
    links: tuple[NavItem, ...]
    facts: tuple[Fact, ...]
    checklist: tuple[TickLine, ...]
    checklist_links: tuple[NavItem, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """Where kick-off events were held (`overview.html`): numbers, and a line for every municipality."""

    title: Text
    state: Text
    action: Action | None
    tiles: tuple[Tile, ...]
    table: Table
    sketch: Sketch | None = None
    homes: forms.Form | None = None


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """What was agreed with a municipality (`agreement.html`)."""

    title: Text
    state: Text
    crumbs: tuple[Crumb, ...]
    action: Action | None
    facts: tuple[Fact, ...]
    empty: Text
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """Asks once more (`confirm.html`)."""

    title: Text
    crumbs: tuple[Crumb, ...]
    confirmation: Confirmation


@dataclass(frozen=True, slots=True)
class DoorPage:
    """What somebody without an account finds behind the link of an invitation (`invitation.html`)."""

    title: Text
    lead: Text
    facts: tuple[Fact, ...] = ()
    text: str = ""
    form: forms.Form | None = None
