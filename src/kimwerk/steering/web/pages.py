"""What the pages of steering show."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Action, Badge, Chip, Confirmation, Crumb, Fact, Moment, NavItem, Pagination, Table


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


@dataclass(frozen=True, slots=True)
class Page:
    """A page of steering (`page.html`): what it is, facts, text, its parts and what happened to it."""

    title: Text
    state: Text = ""
    crumbs: tuple[Crumb, ...] = ()
    action: Action | None = None
    badge: Badge | None = None
    alert: Text = ""
    lead: Text = ""
    facts: tuple[Fact, ...] = ()
    links: tuple[NavItem, ...] = ()
    errands: tuple[Errand, ...] = ()
    parts: tuple[Part, ...] = ()
    text_title: Text = ""
    text: Text = ""
    moments_title: Text = ""
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list with filters (`list.html`)."""

    title: Text
    state: Text
    filter: forms.Form
    chips: tuple[Chip, ...]
    reset_url: str
    table: Table
    pagination: Pagination
    empty_title: Text
    empty_text: Text
    crumbs: tuple[Crumb, ...] = ()
    action: Action | None = None
    links: tuple[NavItem, ...] = ()


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
