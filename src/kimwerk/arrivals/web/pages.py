"""What the pages of the registration lists show: one value a template."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from kimwerk.arrivals.web.forms import MemberForm, SharedForm
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import (
    Action,
    Badge,
    Chip,
    Confirmation,
    Crumb,
    Fact,
    Moment,
    NavItem,
    Pagination,
    Table,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A table with its heading, or a sentence where there is nothing."""

    key: str
    title: Text
    table: Table
    empty: Text = ""
    links: tuple[NavItem, ...] = ()


@dataclass(frozen=True, slots=True)
class PartsPage:
    """A page of tables (`parts.html`)."""

    title: Text
    state: Text
    parts: tuple[Part, ...]
    crumbs: tuple[Crumb, ...] = ()
    action: Action | None = None
    empty_title: Text = ""
    empty_text: Text = ""


@dataclass(frozen=True, slots=True)
class Errand:
    """A button of its own: what it says, and where it posts to with which values."""

    label: Text
    url: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RowsPage:
    """The rows of an occasion (`rows.html`)."""

    title: Text
    state: Text
    crumbs: tuple[Crumb, ...]
    action: Action | None
    filter: forms.Form
    chips: tuple[Chip, ...]
    reset_url: str
    queues: tuple[NavItem, ...]
    errands: tuple[Errand, ...]
    table: Table
    pagination: Pagination
    links: tuple[NavItem, ...]
    device: DevicePart | None = None


@dataclass(frozen=True, slots=True)
class DoubleLine:
    """Somebody who may be the same person."""

    url: str
    name: str
    original_name: str
    born: str
    place: str
    reasons: str
    badge: Badge | None


@dataclass(frozen=True, slots=True)
class DoublesPart:
    """Who might be one member already (`_doubles.html`)."""

    key: str
    lines: tuple[DoubleLine, ...] = ()
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberPart:
    """One member of the family in the form, with whom it might be already."""

    number: str
    form: MemberForm
    doubles: DoublesPart


@dataclass(frozen=True, slots=True)
class DevicePart:
    """What waits on the device to be sent (`_device.html`): where to, and whence the device's key comes."""

    family_url: str
    device_url: str
    worker_url: str


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """Registering a family (`family.html`). From `blank` the browser makes further members by itself.

    `registered` are the keys of families this session has registered, with blanks between: their drafts are done.
    """

    title: Text
    crumbs: tuple[Crumb, ...]
    key: str
    registered: str
    shared: SharedForm
    members: tuple[MemberPart, ...]
    blank: MemberPart
    device: DevicePart
    is_doubtful: bool
    doubles_url: str
    cancel_url: str
    draft: str
    left_out: Text = ""
    is_sent: bool = False
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page with one form, or with two that are sent together (`form.html`)."""

    title: Text
    crumbs: tuple[Crumb, ...]
    forms: tuple[forms.Form, ...]
    label: Text
    cancel_url: str
    lead: Text = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class RowPage:
    """One registration (`row.html`)."""

    title: Text
    original_name: str
    badge: Badge
    crumbs: tuple[Crumb, ...]
    action: Action | None
    person: tuple[Fact, ...]
    stay: tuple[Fact, ...]
    findings: tuple[tuple[Text, Errand | None], ...]
    errands: tuple[Errand, ...]
    doubles: DoublesPart
    doubles_title: Text
    family: tuple[NavItem, ...]
    moments: tuple[Moment, ...]
    alert: Text
    links: tuple[NavItem, ...]


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """A page that asks once more, with what differs (`confirm.html`)."""

    title: Text
    crumbs: tuple[Crumb, ...]
    confirmation: Confirmation
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One thing with what is known of it, what can be done with it, and its tables (`sheet.html`)."""

    title: Text
    state: Text
    crumbs: tuple[Crumb, ...]
    badge: Badge | None = None
    action: Action | None = None
    alert: Text = ""
    links: tuple[NavItem, ...] = ()
    facts: tuple[Fact, ...] = ()
    errands: tuple[Errand, ...] = ()
    parts: tuple[Part, ...] = ()
    pagination: Pagination | None = None
