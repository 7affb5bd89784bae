"""What the pages about persons show: one value a template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.forms import Form

from kimwerk.kernel.figures import Text
from kimwerk.persons.models import Person
from kimwerk.persons.offers import PersonPart
from kimwerk.persons.selectors.cards import PersonCard
from kimwerk.persons.selectors.erasing import ErasureOutlook
from kimwerk.persons.selectors.search import PersonHit
from kimwerk.persons.web.erase_form import EraseForm
from kimwerk.persons.web.forms import PersonForm
from kimwerk.persons.web.part_forms import ReviewForm, SearchForm
from kimwerk.ui.components import Badge, Confirmation, Fact, Moment, Pagination, Table


@dataclass(frozen=True, slots=True)
class ListPage:
    """The people in one's care (`list.html`, `_list.html`)."""

    form: SearchForm
    table: Table
    pagination: Pagination | None
    searched: str
    may_register: bool


@dataclass(frozen=True, slots=True)
class ErasePage:
    """What erasing a person would mean (`erase.html`); without a form while something speaks against it."""

    person_id: int
    name: str
    outlook: ErasureOutlook
    form: EraseForm | None


@dataclass(frozen=True, slots=True)
class TitleLine:
    """One residence title in the history."""

    id: int
    title: str
    window: str
    details: str
    noted: str
    badge: Badge | None
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper."""

    id: int
    kind: Text
    number: str
    details: str
    badge: Badge | None


@dataclass(frozen=True, slots=True)
class MemberLine:
    """Somebody of the household; `file` is the number of their own file where it opens."""

    id: int
    name: str
    relation: Text
    details: str
    file: int | None


@dataclass(frozen=True, slots=True)
class OtherName:
    """A further name with the way it is written."""

    kind: Text
    name: str
    lang: str
    direction: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person's file (`person.html`)."""

    person: Person
    card: PersonCard
    names: tuple[OtherName, ...]
    reach: tuple[Fact, ...]
    speech: tuple[Fact, ...]
    identity: tuple[Fact, ...]
    titles: tuple[TitleLine, ...]
    papers: tuple[PaperLine, ...]
    household: tuple[MemberLine, ...]
    care: tuple[Moment, ...]
    parts: tuple[PersonPart, ...]
    may_keep: bool


@dataclass(frozen=True, slots=True)
class FormPage:
    """The form for a person (`form.html`), new or to correct."""

    form: PersonForm
    title: Text
    draft: str
    cancel_url: str
    organisation: str
    version: int = 0
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class PartPage:
    """The form for something that hangs on a file (`part.html`)."""

    form: Form
    title: Text
    state: Text
    label: Text
    person_id: int
    person_name: str


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A file that may be of the same person, with the reasons in words."""

    hit: PersonHit
    reasons: str
    badge: Badge | None


@dataclass(frozen=True, slots=True)
class DuplicatesPage:
    """Before a file is opened (`duplicates.html`): who it might be already, with all that was typed kept."""

    candidates: tuple[CandidateLine, ...]
    elsewhere: tuple[Text, ...]
    kept: tuple[tuple[str, str], ...]
    name: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A fact on which two versions differ."""

    name: str
    label: Text
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """Somebody else was faster (`conflict.html`): both versions, to choose from fact by fact."""

    person: Person
    clashes: tuple[Clash, ...]
    kept: tuple[tuple[str, str], ...]
    changed_by: str


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """A question before something happens (`confirm.html`)."""

    title: Text
    confirmation: Confirmation
    person_id: int
    person_name: str


@dataclass(frozen=True, slots=True)
class WaitPage:
    """Many files were opened (`wait.html`): the next one opens in some seconds."""

    seconds: int
    url: str


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """A day of unusual reading."""

    account_id: int
    name: str
    day: date
    opened: int
    limit: int
    note: str
    reviewed_by: str
    form: ReviewForm | None


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """Unusual reading (`reading.html`), for the data protection officer."""

    lines: tuple[ReadingLine, ...]
    days: int
