"""What came of a survey: on the screen and as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.export.sanitising import harmless
from kimwerk.audit.services import record, record_read
from kimwerk.kernel import german
from kimwerk.surveys.models import Answer, Survey
from kimwerk.surveys.policies import may_keep
from kimwerk.surveys.selectors.results import Result, Told, answers_of, results_of, words_for
from kimwerk.surveys.selectors.surveys import Return, questions_of, returns_of
from kimwerk.surveys.types import QuestionKind
from kimwerk.surveys.web.pages import Bar, ResultPart, ResultsPage
from kimwerk.surveys.web.showing import rate_text, return_text
from kimwerk.surveys.web.within import kept_question, kept_survey, seen_survey, to_survey
from kimwerk.surveys.withholding import FEWEST
from kimwerk.ui.components import Cell, Column, Crumb, Fact, NavItem, Row, Table
from kimwerk.ui.listing import paged
from kimwerk.ui.pages import ListPage

READ, MANAGE = Permission.SURVEY_READ, Permission.SURVEY_MANAGE


@require_GET
@needs(READ)
def results(request: ActorRequest, pk: int) -> HttpResponse:
    """The result of every question, as numbers and bars."""
    seen = seen_survey(request, pk)
    returned = returns_of([seen]).get(pk, Return())
    found, keeps = results_of(seen), may_keep(request.actor, seen.organisation_id)
    is_short = any(each.is_short for each in found)
    page = ResultsPage(
        title=gettext("Results: %(survey)s") % {"survey": seen.title},
        state=f"{gettext('Returned answers')}: {return_text(returned)} ({rate_text(returned)})",
        crumbs=to_survey(seen),
        links=_links(seen, keeps=keeps),
        note=gettext("Fewer than %(fewest)s answers are not told as a number.") % {"fewest": FEWEST}
        if is_short
        else "",
        parts=tuple(_part(each, keeps=keeps) for each in found),
    )
    return render(request, "surveys/results.html", {"page": page})


@require_GET
@needs(MANAGE)
def words(request: ActorRequest, pk: int) -> HttpResponse:
    """What was answered to a question in own words."""
    question = kept_question(request, pk)
    survey = question.survey
    found = paged(words_for(request.actor, question), request.GET)
    record_read(actor=request.actor, subject_type="surveys_answer", amount=len(found.items))
    page = ListPage(
        title=question.text,
        state=_("answers in own words"),
        crumbs=(*to_survey(survey), Crumb(gettext("Results"), reverse("surveys:results", args=[survey.pk]))),
        action=None,
        filter=None,
        chips=(),
        reset_url="",
        links=(),
        table=_words_table(survey, found.items),
        pagination=found.pagination,
        empty_title=_("Nobody has answered this yet"),
        empty_text=_("What comes back stands here, in an order that says nothing about when."),
    )
    return render(request, "surveys/list.html", {"page": page})


@require_GET
@needs(READ)
def export(request: ActorRequest, pk: int) -> HttpResponse:
    """The results as CSV, as far as they may be told."""
    seen = seen_survey(request, pk)
    head = (gettext("Question"), gettext("Answer"), gettext("Number"), gettext("Share"))
    rows = [
        (result.question.text, line.label, _count(line), _share(line, result))
        for result in results_of(seen)
        for line in result.lines
    ]
    record(actor=request.actor, action="survey.results_exported", subject=seen, amount=len(rows))
    return _file(gettext("survey-results"), head, rows)


@require_GET
@needs(MANAGE)
def export_answers(request: ActorRequest, pk: int) -> HttpResponse:
    """Every returned survey as a row of a CSV; without names where the survey is anonymous."""
    kept = kept_survey(request, pk)
    questions, found = questions_of(kept), answers_of(kept)
    about = (gettext("Name"), gettext("Municipality"), gettext("Day")) if kept.is_named else ()
    rows = [
        (*(each.about if kept.is_named else ()), *(each.answers.get(question.pk, "") for question in questions))
        for each in found
    ]
    record(actor=request.actor, action="survey.answers_exported", subject=kept, amount=len(rows))
    return _file(gettext("survey-answers"), (*about, *(question.text for question in questions)), rows)


def _file(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """Rows as CSV; texts shielded against formulas."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(text) for text in head])
    writer.writerows([harmless(text) for text in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _links(survey: Survey, *, keeps: bool) -> tuple[NavItem, ...]:
    results_file = NavItem(_("Results as a file for spreadsheets (CSV)"), reverse("surveys:export", args=[survey.pk]))
    if not keeps:
        return (results_file,)
    every = _("Every answer as a file for spreadsheets (CSV)")
    return (results_file, NavItem(every, reverse("surveys:export_answers", args=[survey.pk])))


def _part(result: Result, *, keeps: bool) -> ResultPart:
    question = result.question
    link = None
    if keeps and question.kind == QuestionKind.TEXT and result.answered != 0:
        link = NavItem(_("Read the answers"), reverse("surveys:words", args=[question.pk]))
    note = _("Several answers could be chosen.") if question.kind == QuestionKind.SEVERAL else ""
    return ResultPart(
        f"question-{question.pk}",
        question.text,
        _answered(result),
        tuple(_bar(line, result) for line in result.lines),
        _numbers(result),
        note,
        link,
    )


def _answered(result: Result) -> str:
    if result.answered is None:
        return gettext("fewer than %(fewest)s have answered") % {"fewest": FEWEST}
    said = ngettext("%(count)s has answered", "%(count)s have answered", result.answered)
    return said % {"count": german.number(result.answered)}


def _bar(line: Told, result: Result) -> Bar:
    length = round(100 * line.count / result.answered) if line.count and result.answered else 0
    return Bar(line.label, _count(line), _share(line, result), min(length, 100))


def _count(line: Told) -> str:
    return gettext("withheld") if line.count is None else german.number(line.count)


def _share(line: Told, result: Result) -> str:
    if line.count is None or not result.answered:
        return "–"
    return german.percent(Decimal(line.count) / Decimal(result.answered), 1)


def _numbers(result: Result) -> tuple[Fact, ...]:
    numbers = result.numbers
    if numbers is None:
        return ()
    facts = (Fact(_("Mean"), german.number(numbers.mean, 1)), Fact(_("Median"), german.number(numbers.median, 1)))
    if result.question.kind == QuestionKind.SCALE:
        return facts
    return (Fact(_("Sum"), german.number(numbers.total)), *facts)


def _words_table(survey: Survey, found: tuple[Answer, ...]) -> Table:
    columns = (Column(_("Answer")), *((Column(_("Given by")),) if survey.is_named else ()))
    rows = tuple(Row((Cell(each.text), *((_giver(each),) if survey.is_named else ()))) for each in found)
    return Table(_("answers in own words"), columns, rows, is_caption_hidden=True)


def _giver(answer: Answer) -> Cell:
    invitation, place = answer.response.invitation, answer.response.municipality
    return Cell(invitation.name if invitation else "–", note=place.name if place else "")
