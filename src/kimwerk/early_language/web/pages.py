"""What the pages of the language programme show."""

from __future__ import annotations

from dataclasses import dataclass

from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Action, Badge, Crumb, Fact, NavItem, Table


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: its table, or a sentence where there is nothing."""

    key: str
    title: Text
    table: Table
    empty: Text


@dataclass(frozen=True, slots=True)
class KindergartenPage:
    """A kindergarten (`kindergarten.html`)."""

    title: Text
    state: Text
    badge: Badge | None
    crumbs: tuple[Crumb, ...]
    action: Action | None
    links: tuple[NavItem, ...]
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]
