"""What the pages of the directory show."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from kimwerk.directory.models import Contact, Municipality, Office, Organisation, Site
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Action, Badge, Chip, Confirmation, Crumb, Fact, Pagination, Table


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list with filters: municipalities or organisations."""

    title: Text
    state: Text
    filter: forms.Form
    chips: tuple[Chip, ...]
    table: Table
    pagination: Pagination
    reset_url: str
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class MunicipalityPage:
    """A municipality with its sites and organisations."""

    municipality: Municipality
    crumbs: tuple[Crumb, ...]
    facts: tuple[Fact, ...]
    sites: Table
    organisations: Table


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A site of an organisation."""

    site: Site
    is_closed: bool


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A contact and how fresh it is."""

    contact: Contact
    badge: Badge


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """An organisation with offices, sites and contacts."""

    organisation: Organisation
    crumbs: tuple[Crumb, ...]
    badge: Badge | None
    facts: tuple[Fact, ...]
    offices: tuple[Office, ...]
    sites: tuple[SiteLine, ...]
    contacts: tuple[ContactLine, ...]
    may_keep: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form about something in the directory."""

    title: Text
    crumbs: tuple[Crumb, ...]
    form: forms.Form
    label: Text
    cancel_url: str
    lead: Text = ""


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """Asks once more."""

    title: Text
    crumbs: tuple[Crumb, ...]
    confirmation: Confirmation
