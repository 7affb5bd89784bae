"""What the pages of consent show: one value a template."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import Form

from kimwerk.consent.models import ConsentText, Declaration, Disclosure, RecipientGroup
from kimwerk.consent.web.forms import DeclareForm, DisclosureForm, ParticularsForm, TextForm
from kimwerk.kernel.figures import Text
from kimwerk.persons.selectors import PersonCard
from kimwerk.ui.components import Badge, Confirmation, Fact, Pagination, Tab, Table


@dataclass(frozen=True, slots=True)
class ListPage:
    """The persons in one's care and how it stands with their consent (`list.html`)."""

    table: Table
    pagination: Pagination


@dataclass(frozen=True, slots=True)
class GrantLine:
    """One thing that is allowed."""

    id: int
    recipient: str
    members: str
    purpose: str
    data: str
    direction: str
    period: str
    badge: Badge
    is_running: bool


@dataclass(frozen=True, slots=True)
class DeclarationLine:
    """A declaration in the list of a person."""

    declaration: Declaration
    title: Text
    badge: Badge
    told: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What a person declared and what was told about them (`person.html`)."""

    card: PersonCard
    grants: tuple[GrantLine, ...]
    declarations: tuple[DeclarationLine, ...]
    disclosures: Table
    may_declare: bool
    has_texts: bool


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text to read, in its language."""

    text: ConsentText
    sections: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class DeclarePage:
    """Giving or refusing consent (`declare.html`)."""

    card: PersonCard
    form: DeclareForm
    title: Text
    spoken: tuple[Spoken, ...]
    kinds: tuple[Tab, ...]
    languages: tuple[Tab, ...]
    may_add: bool


@dataclass(frozen=True, slots=True)
class DeclarationPage:
    """One declaration (`declaration.html`)."""

    card: PersonCard
    declaration: Declaration
    title: Text
    badge: Badge
    facts: tuple[Fact, ...]
    grants: tuple[GrantLine, ...]
    may_withdraw: bool
    has_proof: bool


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """A question before something happens (`confirm.html`)."""

    title: Text
    back: str
    back_title: Text
    confirmation: Confirmation


@dataclass(frozen=True, slots=True)
class ContentGroup:
    """The fields of one category, as they were sent."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class DisclosurePage:
    """One disclosure, seen from the sender or from the recipient (`disclosure.html`)."""

    disclosure: Disclosure
    title: Text
    badge: Badge | None
    facts: tuple[Fact, ...]
    groups: tuple[ContentGroup, ...]
    back: str
    back_title: Text
    may_recall: bool = False


@dataclass(frozen=True, slots=True)
class DisclosePage:
    """Telling somebody something about a person (`disclose.html`)."""

    card: PersonCard
    form: DisclosureForm


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """Something that reached one's organisation."""

    disclosure: Disclosure
    data: str


@dataclass(frozen=True, slots=True)
class InboxPage:
    """What was disclosed to one's organisation (`inbox.html`)."""

    received: tuple[ReceivedLine, ...]
    to_delete: tuple[ReceivedLine, ...]


@dataclass(frozen=True, slots=True)
class ByLawPage:
    """The month's disclosures on a statutory basis (`by_law.html`)."""

    title: str
    table: Table
    previous_url: str
    next_url: str
    csv_url: str
    pdf_url: str
    count: int


@dataclass(frozen=True, slots=True)
class TextsPage:
    """The texts of an organisation (`texts.html`)."""

    organisation: str
    tables: tuple[Table, ...]
    begins: tuple[Tab, ...]


@dataclass(frozen=True, slots=True)
class TextPage:
    """One text (`text.html`)."""

    spoken: Spoken
    badge: Badge
    facts: tuple[Fact, ...]
    languages: tuple[Tab, ...]
    may_edit: bool
    may_approve: bool


@dataclass(frozen=True, slots=True)
class EditTextPage:
    """A text to write (`edit_text.html`)."""

    text: ConsentText
    form: TextForm
    revision: int
    language: Text


@dataclass(frozen=True, slots=True)
class BeginTextPage:
    """The first version, from the samples (`begin_text.html`)."""

    title: Text
    form: ParticularsForm


@dataclass(frozen=True, slots=True)
class Passage:
    """A line of a comparison: "kept", "added" or "removed"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    """What changed since the version before (`compare.html`)."""

    text: ConsentText
    before: ConsentText | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class ListLine:
    """One entry of a list."""

    label: str
    detail: str
    badge: Badge
    is_active: bool
    note: str = ""
    switch_url: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ListsPage:
    """One of the lists (`lists.html`), with a new entry for whoever keeps it."""

    tabs: tuple[Tab, ...]
    title: Text
    lines: tuple[ListLine, ...]
    form: Form | None


@dataclass(frozen=True, slots=True)
class MemberLine:
    """An organisation in a group."""

    name: str
    window: str
    leave_url: str


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group of recipients (`group.html`)."""

    group: RecipientGroup
    badge: Badge
    lines: tuple[MemberLine, ...]
    form: Form | None
    back: str
