"""Surveys: the list, one survey, writing it and its questions."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.kernel import german
from kimwerk.surveys.models import Survey
from kimwerk.surveys.selectors.surveys import Return, questions_of, returns_of, surveys_for
from kimwerk.surveys.services.drafting import (
    change_survey,
    keep_question,
    move_question,
    remove_question,
    write_next_version,
    write_survey,
)
from kimwerk.surveys.types import SurveysRefused
from kimwerk.surveys.web.answering import AnswerForm
from kimwerk.surveys.web.forms import QuestionForm, SurveyFilter, SurveyForm
from kimwerk.surveys.web.pages import DoorPage
from kimwerk.surveys.web.showing import note_for_answers, return_text, survey_page
from kimwerk.surveys.web.within import (
    REFUSALS,
    ask,
    attempt,
    done,
    kept_question,
    kept_survey,
    seen_survey,
    state_badge,
    to_survey,
    to_surveys,
    version_text,
)
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Cell, Column, Row, Table, Tone
from kimwerk.ui.listing import chips_of, paged
from kimwerk.ui.notices import notify
from kimwerk.ui.pages import ListPage

READ, MANAGE = Permission.SURVEY_READ, Permission.SURVEY_MANAGE


@require_GET
@needs(READ)
def surveys(request: ActorRequest) -> HttpResponse:
    """All surveys, the newest first."""
    form = SurveyFilter(request.GET)
    found = paged(surveys_for(request.actor, form.wish), request.GET)
    page = ListPage(
        title=_("Surveys"),
        state=_("the newest ones first"),
        crumbs=(),
        action=_write_action() if request.actor.can(MANAGE) else None,
        filter=form,
        chips=chips_of(form, request.GET),
        reset_url=reverse("surveys:surveys"),
        links=(),
        table=_table(found.items, returns_of(found.items)),
        pagination=found.pagination,
        empty_title=_("No survey yet"),
        empty_text=_("Write a survey for municipalities, kindergartens or others. Each gets a link that answers once."),
    )
    return render(request, "surveys/list.html", {"page": page})


@require_GET
@needs(READ)
def survey(request: ActorRequest, pk: int) -> HttpResponse:
    """One survey: its questions, and how many came back from where."""
    return render(request, "surveys/survey.html", {"page": survey_page(request.actor, seen_survey(request, pk))})


@needs(MANAGE)
def write(request: ActorRequest) -> HttpResponse:
    """Begin a survey."""
    form = SurveyForm(request.POST or None)
    if form.is_valid():
        home = min(request.actor.scope(MANAGE).touched_organisations)
        made = write_survey(actor=request.actor, organisation_id=home, facts=form.facts)
        notify(request, _("The survey is begun. Write its questions now."))
        return redirect("surveys:survey", pk=made.pk)
    return ask(request, _("Write a survey"), to_surveys(), form, draft="survey-new")


@needs(MANAGE)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Change what a draft is about."""
    kept = kept_survey(request, pk)
    form = SurveyForm(request.POST or None, survey=kept)
    if form.is_valid():
        answer = done(
            request,
            form,
            lambda: change_survey(actor=request.actor, survey=kept, facts=form.facts),
            _("The survey is changed."),
            pk,
        )
        if answer:
            return answer
    return ask(request, _("Change the survey"), to_survey(kept), form)


@require_GET
@needs(READ)
def preview(request: ActorRequest, pk: int) -> HttpResponse:
    """The survey as those who are asked see it."""
    seen = seen_survey(request, pk)
    page = DoorPage(
        title=seen.title,
        lead=_("A preview: this is what those who are asked see. Nothing can be sent here."),
        text=seen.text,
        note=note_for_answers(seen),
        form=AnswerForm(None, questions=questions_of(seen)),
        crumbs=to_survey(seen),
        is_preview=True,
    )
    return render(request, "surveys/answer.html", {"page": page})


@require_POST
@needs(MANAGE)
def next_version(request: ActorRequest, pk: int) -> HttpResponse:
    """Write the version that follows a survey that was sent."""
    kept = kept_survey(request, pk)
    try:
        made = write_next_version(actor=request.actor, survey=kept)
    except SurveysRefused as refused:
        notify(request, REFUSALS[refused.problem][1], tone=Tone.WARNING)
        return redirect("surveys:survey", pk=pk)
    notify(request, _("The next version is begun, with the same questions."))
    return redirect("surveys:survey", pk=made.pk)


@needs(MANAGE)
def new_question(request: ActorRequest, pk: int) -> HttpResponse:
    """Put a question at the end of a draft."""
    kept = kept_survey(request, pk)
    form = QuestionForm(request.POST or None)
    if form.is_valid():
        answer = done(
            request,
            form,
            lambda: keep_question(actor=request.actor, survey=kept, facts=form.facts),
            _("The question is written down."),
            pk,
        )
        if answer:
            return answer
    return ask(request, _("Write a question"), to_survey(kept), form, draft="survey-question")


@needs(MANAGE)
def change_question(request: ActorRequest, pk: int) -> HttpResponse:
    """Change a question of a draft."""
    kept = kept_question(request, pk)
    form = QuestionForm(request.POST or None, question=kept)
    if form.is_valid():
        answer = done(
            request,
            form,
            lambda: keep_question(actor=request.actor, survey=kept.survey, facts=form.facts, question=kept),
            _("The question is changed."),
            kept.survey_id,
        )
        if answer:
            return answer
    return ask(request, _("Change the question"), to_survey(kept.survey), form)


@require_POST
@needs(MANAGE)
def move(request: ActorRequest, pk: int) -> HttpResponse:
    """Put a question before the one above it."""
    kept = kept_question(request, pk)
    return attempt(request, lambda: move_question(actor=request.actor, question=kept), _("Moved."), kept.survey_id)


@require_POST
@needs(MANAGE)
def remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a question out of a draft."""
    kept = kept_question(request, pk)
    text = _("The question is taken out.")
    return attempt(request, lambda: remove_question(actor=request.actor, question=kept), text, kept.survey_id)


def _write_action() -> Action:
    return Action(_("Write a survey"), reverse("surveys:write"), "add", is_new_entry=True)


def _table(found: tuple[Survey, ...], returns: dict[int, Return]) -> Table:
    columns = (Column(_("Survey")), Column(_("State")), Column(_("Answers until")), Column(_("Returned answers")))
    rows = tuple(
        Row(
            (
                Cell(each.title, address_of_record("surveys:survey", each.pk), note=version_text(each)),
                Cell(badge=state_badge(each)),
                Cell(german.day(each.closes_on) if each.closes_on else "–"),
                Cell(return_text(returns.get(each.pk, Return()))),
            ),
            key=str(each.pk),
        )
        for each in found
    )
    return Table(_("Surveys"), columns, rows, is_caption_hidden=True)
