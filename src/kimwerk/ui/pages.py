"""Pages that look alike in every room. A room's template extends the one named here and brings its style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

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


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form (`ui/form_page.html`); with a `draft` the browser keeps what is typed until it is sent.

    The way back is the last step of the way here. Behind `remove_url` the entry itself is taken out.
    """

    title: Text
    crumbs: tuple[Crumb, ...]
    form: forms.Form
    label: Text
    lead: Text = ""
    draft: str = ""
    remove_url: str = ""

    @property
    def cancel_url(self) -> str:
        """Where one goes without saving."""
        return self.crumbs[-1].url


class Ask(Protocol):
    """Show a form of a room."""

    def __call__(
        self,
        request: HttpRequest,
        title: Text,
        crumbs: tuple[Crumb, ...],
        form: forms.Form,
        label: Text = "",
        *,
        lead: Text = "",
        draft: str = "",
        remove_url: str = "",
    ) -> HttpResponse: ...


def asking(template: str) -> Ask:
    """How a room shows its forms: by a template of its own that extends `ui/form_page.html`."""

    def ask(
        request: HttpRequest,
        title: Text,
        crumbs: tuple[Crumb, ...],
        form: forms.Form,
        label: Text = "",
        *,
        lead: Text = "",
        draft: str = "",
        remove_url: str = "",
    ) -> HttpResponse:
        page = FormPage(title, crumbs, form, label or _("Save"), lead, draft, remove_url)
        return render(request, template, {"page": page})

    return ask
