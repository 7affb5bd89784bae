"""What the pages of surveys show."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Action, Badge, Confirmation, Crumb, Fact, NavItem, Table


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question of a survey (`_questions.html`), in a draft with what one may do about it."""

    text: str
    note: Text
    options: tuple[str, ...]
    badges: tuple[Badge, ...]
    change_url: str = ""
    up_url: str = ""
    remove_url: str = ""


@dataclass(frozen=True, slots=True)
class SurveyPage:
    """A survey (`survey.html`)."""

    title: Text
    state: Text
    badge: Badge
    crumbs: tuple[Crumb, ...]
    action: Action | None
    text: str
    links: tuple[NavItem, ...]
    facts: tuple[Fact, ...]
    questions: tuple[QuestionLine, ...]
    question_links: tuple[NavItem, ...]
    returned: Table
    return_links: tuple[NavItem, ...]
    next_version_url: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One possible answer: how often it was given, in words and as a bar of so many of a hundred."""

    label: str
    count: Text
    share: Text
    length: int


@dataclass(frozen=True, slots=True)
class ResultPart:
    """What was answered to a question (`_result.html`)."""

    key: str
    title: str
    state: Text
    bars: tuple[Bar, ...]
    facts: tuple[Fact, ...]
    note: Text
    link: NavItem | None


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """What came of a survey (`results.html`)."""

    title: Text
    state: Text
    crumbs: tuple[Crumb, ...]
    links: tuple[NavItem, ...]
    note: Text
    parts: tuple[ResultPart, ...]


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """Asks once more (`confirm.html`)."""

    title: Text
    crumbs: tuple[Crumb, ...]
    confirmation: Confirmation


@dataclass(frozen=True, slots=True)
class DoorPage:
    """What somebody without an account finds behind a link (`answer.html`), and the office as a preview."""

    title: Text
    lead: Text
    text: str = ""
    note: Text = ""
    form: forms.Form | None = None
    crumbs: tuple[Crumb, ...] = ()
    is_preview: bool = False
