"""What the pages of casework show: one value a template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.forms import BaseForm, BoundField

from kimwerk.casework.models import Agreement, Case, Draft
from kimwerk.casework.selectors.case_file import (
    ClarificationView,
    ContactView,
    FindingView,
    GoalView,
    StepView,
)
from kimwerk.kernel.due import DueItem
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Action, Badge, Chip, Crumb, Fact, Moment, Pagination, Tab, Table


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What stands above every page of a case: whose it is, how it stands, its parts.

    Whoever only looks into it is told so by `guest`, and may stop at `leave_url`.
    """

    case: Case
    name: str
    state: str
    badge: Badge
    tabs: tuple[Tab, ...]
    crumbs: tuple[Crumb, ...]
    may_write: bool
    guest: Text = ""
    leave_url: str = ""


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list of cases (`list.html`)."""

    title: Text
    state: Text
    filter_bar: str
    chips: tuple[Chip, ...]
    table: Table
    pagination: Pagination
    empty: Text
    how_to_begin: Text
    action: Action | None = None
    load: Table | None = None


@dataclass(frozen=True, slots=True)
class CasePage:
    """The case (`case.html`): what is due, then what it is."""

    head: CaseHead
    due: tuple[DueItem, ...]
    drafts: tuple[Draft, ...]
    person_facts: tuple[Fact, ...]
    case_facts: tuple[Fact, ...]
    clarification: ClarificationView | None
    clarification_facts: tuple[Fact, ...]
    agreement_facts: tuple[Fact, ...]
    goals: tuple[GoalLine, ...]
    contacts: tuple[ContactView, ...]
    deadlines: tuple[DayLine, ...]
    insights: tuple[InsightLine, ...]


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day to remember, with its kind in words."""

    id: int
    due_on: date
    title: Text
    note: str


@dataclass(frozen=True, slots=True)
class InsightLine:
    """Somebody looked into the case."""

    id: int
    title: Text
    by: str
    reason: str
    begins: date
    until: Text
    is_seen: bool
    findings: tuple[tuple[FindingView, Badge], ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Goals, steps and printed plans (`plan.html`)."""

    head: CaseHead
    goals: tuple[GoalLine, ...]
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step with its state in words."""

    step: StepView
    badge: Badge
    owner: Text


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal with its state in words."""

    goal: GoalView
    badge: Badge
    steps: tuple[StepLine, ...]
    moves: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class LevelCell:
    """One level of a life domain on one day; `level` is None where it was not talked about."""

    level: int | None
    word: Text = ""


@dataclass(frozen=True, slots=True)
class DomainRow:
    """A life domain over all assessments (`situation.html`)."""

    label: str
    cells: tuple[LevelCell, ...]
    change: Text
    is_better: bool
    is_worse: bool


@dataclass(frozen=True, slots=True)
class RatingLine:
    """What was last said about a life domain."""

    label: str
    level: Text
    urgency: Text
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class SituationPage:
    """The assessments compared (`situation.html`)."""

    head: CaseHead
    columns: tuple[AssessmentColumn, ...]
    rows: tuple[DomainRow, ...]
    ratings: tuple[RatingLine, ...]


@dataclass(frozen=True, slots=True)
class AssessmentColumn:
    """One assessment as a column."""

    id: int
    assessed_on: date
    occasion: Text
    by: str


@dataclass(frozen=True, slots=True)
class DomainFields:
    """The fields for one life domain, and what somebody else saved meanwhile."""

    label: str
    level: BoundField
    urgency: BoundField
    resource: BoundField
    need: BoundField
    own_view: BoundField
    meanwhile: tuple[Fact, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class AssessmentPage:
    """An assessment to be filled in (`assessment.html`)."""

    head: CaseHead
    crumbs: tuple[Crumb, ...]
    title: Text
    form: BaseForm
    domains: tuple[DomainFields, ...]
    keep_url: str
    cancel_url: str
    version: int | None
    conflict: Text = ""


@dataclass(frozen=True, slots=True)
class ContactsPage:
    """All contacts and notes (`contacts.html`)."""

    head: CaseHead
    contacts: tuple[ContactView, ...]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """What happened to the case, and who looked into it (`history.html`)."""

    head: CaseHead
    moments: tuple[Moment, ...]
    insights: tuple[InsightLine, ...]


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form about a case, or on its way to one (`form.html`)."""

    title: Text
    form: BaseForm
    label: Text
    cancel_url: str
    crumbs: tuple[Crumb, ...]
    state: Text = ""
    lead: Text = ""
    keep_url: str = ""
    version: int | None = None
    note_version: int | None = None
    conflict: Text = ""
    blocks: tuple[tuple[Text, str], ...] = ()
    ways: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """Somebody for whom a case can be opened."""

    name: str
    original: str
    direction: str
    about: str
    url: str


@dataclass(frozen=True, slots=True)
class ChoosePersonPage:
    """Whose case it will be (`choose_person.html`)."""

    text: str
    found: tuple[PersonChoice, ...]
    crumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True)
class SamplesPage:
    """Quality samples and broken glass, as the coordination keeps them (`samples.html`)."""

    form: BaseForm
    table: Table


@dataclass(frozen=True, slots=True)
class RulesPage:
    """An organisation's rules for casework (`rules.html`)."""

    organisation: str
    form: BaseForm
    rule_form: BaseForm
    rules: tuple[tuple[str, bool, str], ...]


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """An entry of a list; `end_url` is empty where it has ended, `map_url` where the Land asks for no such list."""

    label: str
    state: Text
    end_url: str
    land: str = ""
    map_url: str = ""


@dataclass(frozen=True, slots=True)
class ListsPage:
    """The lists casework chooses from (`lists.html`)."""

    tabs: tuple[Tab, ...]
    title: Text
    lines: tuple[ChoiceLine, ...]
    form: BaseForm
