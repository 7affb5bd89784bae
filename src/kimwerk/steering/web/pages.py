"""What the pages of steering show."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from kimwerk.kernel.figures import Text
from kimwerk.steering.web.timeline import Timeline
from kimwerk.ui.components import Action, Badge, Confirmation, Crumb, Fact, Moment, NavItem, Table


@dataclass(frozen=True, slots=True)
class Errand:
    """A button that does one thing: where it leads and what it sends."""

    label: Text
    url: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: its table, or a sentence where there is nothing, and what one may do about it."""

    key: str
    title: Text
    table: Table
    empty: Text
    links: tuple[NavItem, ...] = ()
    errands: tuple[Errand, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of steering (`page.html`): what it is, facts, text, its parts and what happened to it."""

    title: Text
    state: Text = ""
    crumbs: tuple[Crumb, ...] = ()
    action: Action | None = None
    badge: Badge | None = None
    lead: Text = ""
    facts: tuple[Fact, ...] = ()
    links: tuple[NavItem, ...] = ()
    parts: tuple[Part, ...] = ()
    text_title: Text = ""
    text: Text = ""
    moments_title: Text = ""
    moments: tuple[Moment, ...] = ()
    homes: forms.Form | None = None


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form (`form.html`); with a `draft` the browser keeps what is typed until it is sent."""

    title: Text
    crumbs: tuple[Crumb, ...]
    form: forms.Form
    label: Text
    cancel_url: str
    lead: Text = ""
    draft: str = ""
    links: tuple[NavItem, ...] = ()


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """Asks once more (`confirm.html`)."""

    title: Text
    crumbs: tuple[Crumb, ...]
    confirmation: Confirmation


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """An item while the agenda is built: with what moves it, and the page on which it is changed."""

    pk: int
    number: int
    title: str
    note: Text
    change_url: str
    move_url: str
    remove_url: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class AgendaPage:
    """Building an agenda (`agenda.html`): its items, what waits to be taken up, and an item of one's own."""

    title: Text
    state: Text
    crumbs: tuple[Crumb, ...]
    lines: tuple[AgendaLine, ...]
    suggestions: forms.Form | None
    form: forms.Form
    take_up_url: str
    add_url: str


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """The invitation before it goes out (`invitation.html`)."""

    title: Text
    state: Text
    crumbs: tuple[Crumb, ...]
    alert: Text
    table: Table
    subject: str
    text: str
    links: tuple[NavItem, ...]
    send_label: Text
    send_url: str


@dataclass(frozen=True, slots=True)
class NotePart:
    """An item in the minutes (`_note.html` is its answer to each writing)."""

    pk: int
    number: int
    title: str
    text: str
    form: forms.Form
    url: str
    draft_key: str
    state: NoteState
    links: tuple[NavItem, ...]
    results: tuple[NavItem, ...]


@dataclass(frozen=True, slots=True)
class NoteState:
    """How the text of an item stands: saved when and by whom, or kept as a draft beside another one's."""

    pk: int
    version: int
    said: Text
    theirs: str = ""
    choose_url: str = ""


@dataclass(frozen=True, slots=True)
class MinutesPage:
    """Writing the minutes (`minutes.html`)."""

    title: Text
    state: Text
    crumbs: tuple[Crumb, ...]
    badge: Badge
    links: tuple[NavItem, ...]
    notes: tuple[NotePart, ...]
    errands: tuple[Errand, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class ChoicePage:
    """Two texts about one item (`choose.html`): theirs to read, one's own to go on with."""

    title: Text
    crumbs: tuple[Crumb, ...]
    theirs: str
    theirs_by: Text
    form: forms.Form
    cancel_url: str
    drop_url: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The programme plan (`plan.html`): drawn, and as a table that says the same."""

    title: Text
    state: Text
    action: Action | None
    alert: Text
    timeline: Timeline | None
    table: Table
    empty: Text
    homes: forms.Form | None = None
