"""What the pages of referrals, conferences and checklists show."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from kimwerk.casework.web.pages import CaseHead
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Action, Badge, Confirmation, Crumb, Fact, Moment, Pagination, Tab, Table


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list (`listed.html`)."""

    title: Text
    state: Text
    table: Table
    empty_title: Text
    empty_text: Text
    pagination: Pagination | None = None
    tabs: tuple[Tab, ...] = ()
    action: Action | None = None
    second: Action | None = None


@dataclass(frozen=True, slots=True)
class ErrandPage:
    """A form for one errand (`errand.html`)."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    form: forms.Form
    label: Text
    cancel_url: str
    draft: str = ""


@dataclass(frozen=True, slots=True)
class AskPage:
    """A question before something happens (`ask.html`)."""

    title: Text
    crumbs: tuple[Crumb, ...]
    confirmation: Confirmation
    warnings: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What was disclosed of one category."""

    category: Text
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class SentPage:
    """A referral for its sender (`referral_sent.html`)."""

    title: Text
    state: Text
    badge: Badge
    crumbs: tuple[Crumb, ...]
    facts: tuple[Fact, ...]
    history: tuple[Moment, ...]
    warnings: tuple[Text, ...]
    actions: tuple[Action, ...]
    version: int
    release_url: str = ""
    slip_url: str = ""
    link: tuple[Fact, ...] = ()
    link_url: str = ""
    link_form: forms.Form | None = None
    result_url: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedPage:
    """A referral for its recipient, by a queue or by a link (`referral_received.html`, `link.html`)."""

    title: Text
    badge: Badge
    crumbs: tuple[Crumb, ...]
    facts: tuple[Fact, ...]
    told: tuple[Told, ...]
    notice: Text
    answer: forms.Form | None
    result: forms.Form | None
    answer_url: str = ""
    result_url: str = ""
    arrival_url: str = ""
    version: int = 0
    content_url: str = ""


@dataclass(frozen=True, slots=True)
class LinkMadePage:
    """The secrets of a link, shown once (`link_made.html`)."""

    title: Text
    crumbs: tuple[Crumb, ...]
    address: str
    pin: str
    until: Text
    back_url: str
    mailed_to: str = ""
    warning: Text = ""


@dataclass(frozen=True, slots=True)
class LinkDoorPage:
    """What somebody finds who opens a link without having given its PIN (`link_door.html`)."""

    title: Text
    text: Text
    form: forms.Form | None = None


@dataclass(frozen=True, slots=True)
class InvitedLine:
    """An invited organisation with how it stands, and the way to mend what is missing."""

    name: str
    badges: tuple[Badge, ...]
    mend_url: str = ""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task of a conference."""

    id: int
    text: str
    owner: Text
    due: Text
    is_done: bool
    badge: Badge


@dataclass(frozen=True, slots=True)
class ConferencePage:
    """A conference (`conference.html`)."""

    title: Text
    state: Text
    badge: Badge
    crumbs: tuple[Crumb, ...]
    facts: tuple[Fact, ...]
    invited: tuple[InvitedLine, ...]
    tasks: tuple[TaskLine, ...]
    warnings: tuple[Text, ...]
    actions: tuple[Action, ...]
    task_form: forms.Form | None
    pk: int
    is_anonymous: bool


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A line of a checklist with its field."""

    text: str
    law: str
    hint: str
    field: forms.BoundField
    badge: Badge


@dataclass(frozen=True, slots=True)
class ChecklistPage:
    """A checklist (`checklist.html`)."""

    title: Text
    state: Text
    badge: Badge
    crumbs: tuple[Crumb, ...]
    facts: tuple[Fact, ...]
    note: str
    warnings: tuple[Text, ...]
    conditions: tuple[ItemLine, ...]
    documents: tuple[ItemLine, ...]
    form: forms.Form
    actions: tuple[Action, ...]
    version: int
    may_keep: bool


@dataclass(frozen=True, slots=True)
class LinkingPage:
    """What leads from a case to others (`linking.html`)."""

    head: CaseHead
    actions: tuple[Action, ...]
    referrals: Table
    conferences: Table
    checklists: Table
