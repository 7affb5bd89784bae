"""Pages that look alike in every room. A room's template extends the one named here and brings its style sheet."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Action, Chip, Crumb, NavItem, Pagination, Table


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list with its filters (`ui/list_page.html`); without a filter it shows everything."""

    title: Text
    state: Text
    filter: forms.Form | None
    chips: tuple[Chip, ...]
    reset_url: str
    table: Table
    pagination: Pagination
    empty_title: Text
    empty_text: Text
    crumbs: tuple[Crumb, ...] = ()
    action: Action | None = None
    links: tuple[NavItem, ...] = ()
