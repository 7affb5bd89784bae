"""What the pages of templates show."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from kimwerk.documents.selectors.library import DiffLine
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Action, Badge, Chip, Crumb, Fact, Moment, NavItem, Pagination, Table


@dataclass(frozen=True, slots=True)
class Errand:
    """A button that does one thing."""

    label: Text
    url: str


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """The library with its filters (`library.html`)."""

    title: Text
    state: Text
    filter: forms.Form
    chips: tuple[Chip, ...]
    reset_url: str
    table: Table
    pagination: Pagination
    empty_text: Text
    action: Action | None
    links: tuple[NavItem, ...]


@dataclass(frozen=True, slots=True)
class ThingPage:
    """A template, one of its versions, or what another county sent (`thing.html`)."""

    title: Text
    state: Text
    crumbs: tuple[Crumb, ...]
    lead: Text = ""
    badge: Badge | None = None
    action: Action | None = None
    links: tuple[NavItem, ...] = ()
    errands: tuple[Errand, ...] = ()
    facts: tuple[Fact, ...] = ()
    tables: tuple[tuple[str, Table, Text], ...] = ()
    text: str = ""
    lang: str = ""
    moments: tuple[Moment, ...] = ()
    lines: tuple[DiffLine, ...] = ()


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form (`form.html`)."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    form: forms.Form
    label: Text
    draft: str = ""
    upload: forms.Form | None = None

    @property
    def cancel_url(self) -> str:
        """The way back is the last step of the way here."""
        return self.crumbs[-1].url


@dataclass(frozen=True, slots=True)
class ReceivedPage:
    """What other counties sent beside templates (`received.html`)."""

    title: Text
    state: Text
    crumbs: tuple[Crumb, ...]
    table: Table
    pagination: Pagination
    empty: Text


@dataclass(frozen=True, slots=True)
class ChoicePage:
    """Which template is filled (`choose.html`)."""

    title: Text
    state: Text
    crumbs: tuple[Crumb, ...]
    table: Table
    empty: Text


@dataclass(frozen=True, slots=True)
class FromPage:
    """A template with what another room knows for it (`from.html`)."""

    title: Text
    state: Text
    crumbs: tuple[Crumb, ...]
    notice: Text
    links: tuple[NavItem, ...]
    unknown: Text
    form: forms.Form
    label: Text

    @property
    def cancel_url(self) -> str:
        """Back to the choice."""
        return self.crumbs[-1].url


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What a package would bring (`preview.html`). It is sent along once more and checked once more."""

    title: Text
    state: Text
    crumbs: tuple[Crumb, ...]
    facts: tuple[Fact, ...]
    table: Table
    content: str
    label: Text
