"""What the pages of the network log show."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Action, Badge, Crumb, Fact, NavItem, Pagination, Table


@dataclass(frozen=True, slots=True)
class Part:
    """A section with a table, or with what is said where there is nothing."""

    key: str
    table: Table
    empty: Text
    pagination: Pagination | None = None


@dataclass(frozen=True, slots=True)
class ThingPage:
    """A body or an offer (`thing.html`)."""

    title: Text
    state: Text
    crumbs: tuple[Crumb, ...]
    badge: Badge | None
    action: Action | None
    links: tuple[NavItem, ...]
    text: str
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form (`form.html`). The way back is the last step of the way here."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    form: forms.Form
    label: Text
    draft: str = ""

    @property
    def cancel_url(self) -> str:
        """Where one goes without saving."""
        return self.crumbs[-1].url
