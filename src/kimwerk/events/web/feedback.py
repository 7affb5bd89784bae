"""The part of an event's page that tells what those said who were there."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kimwerk.events.models import Event
from kimwerk.events.types import EventState
from kimwerk.events.web.pages import Part
from kimwerk.kernel import german
from kimwerk.surveys.models import Survey
from kimwerk.surveys.selectors.results import Result, results_of
from kimwerk.ui.components import Cell, Column, NavItem, Row, Table


def feedback_part(event: Event, survey: Survey | None, *, may_ask: bool) -> Part:
    """Results of the feedback as far as they may be told, or the way to ask for it."""
    title = _("Feedback on the event")
    columns = (
        Column(_("Question")), Column(_("Answers"), is_numeric=True), Column(_("Most named or mean")),
    )  # fmt: skip
    rows = tuple(map(_row, results_of(survey))) if survey else ()
    links: tuple[NavItem, ...] = ()
    if survey:
        links = (
            NavItem(_("Results of the feedback"), reverse("surveys:results", args=[survey.pk])),
            NavItem(_("Survey and return"), reverse("surveys:survey", args=[survey.pk])),
        )
    elif may_ask and event.state == EventState.HELD:
        links = (NavItem(_("Ask for feedback"), reverse("events:ask_back", args=[event.pk])),)
    empty = _("Nobody was asked yet. When the event was held, those who were there can be asked without their names.")
    return Part("feedback", title, Table(title, columns, rows, is_caption_hidden=True), empty, links)


def _row(result: Result) -> Row:
    answered = _("too few") if result.answered is None else german.number(result.answered)
    return Row((Cell(result.question.text), Cell(answered), Cell(_summary(result))))


def _summary(result: Result) -> str:
    if result.numbers is not None:
        return german.number(result.numbers.mean, 1)
    counted = [(line.count, line.label) for line in result.lines if line.count]
    return max(counted)[1] if counted else "–"
