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
    homes: forms.Form | None = None
