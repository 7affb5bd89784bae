"""What the pages of needs and gaps show."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Badge, Crumb, Fact, Moment, NavItem, Table


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """Municipalities and topics (`matrix.html`)."""

    title: Text
    state: Text
    crumbs: tuple[Crumb, ...]
    links: tuple[NavItem, ...]
    table: Table
    note: Text
    empty: Text
    homes: forms.Form | None = None


@dataclass(frozen=True, slots=True)
class ThingPage:
    """A need or a gap (`thing.html`)."""

    title: Text
    state: Text
    badge: Badge
    crumbs: tuple[Crumb, ...]
    links: tuple[NavItem, ...]
    text: str
    facts: tuple[Fact, ...]
    table_title: Text
    table: Table
    table_empty: Text
    moments: tuple[Moment, ...] = ()
    check_url: str = ""
