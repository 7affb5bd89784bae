"""What the views of surveys share: whose surveys, the way to them, and how a form page is shown."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimwerk.access.doors import ActorRequest
from kimwerk.kernel.figures import Text
from kimwerk.surveys.models import Question, Survey
from kimwerk.surveys.types import SurveysProblem, SurveysRefused, SurveyState
from kimwerk.surveys.web.pages import ConfirmPage
from kimwerk.ui.components import Badge, Confirmation, Crumb, Tone
from kimwerk.ui.notices import notify
from kimwerk.ui.pages import asking

TONES = {SurveyState.DRAFT: Tone.NEUTRAL, SurveyState.OPEN: Tone.INFO, SurveyState.CLOSED: Tone.SUCCESS}
REFUSALS: dict[SurveysProblem, tuple[str | None, Text]] = {
    SurveysProblem.SENT: (None, _("The survey was sent and stays as it is. Write its next version.")),
    SurveysProblem.NOT_OPEN: (None, _("The survey does not take answers now. Nothing was changed.")),
    SurveysProblem.NO_QUESTION: (None, _("The survey asks nothing yet. Write at least one question.")),
    SurveysProblem.NO_DEADLINE: ("closes_on", _("Say until when answers are taken: today or later.")),
    SurveysProblem.NOBODY: (None, _("There is nobody new among them.")),
    SurveysProblem.FEW_OPTIONS: ("options", _("Give at least two answers to choose from, one a line.")),
    SurveysProblem.WRONG_RANGE: ("most", _("The most value is greater than the least; a scale has at most 11 steps.")),
    SurveysProblem.ANSWERED: (None, _("This address has answered meanwhile. What you entered was not saved.")),
    SurveysProblem.FOLLOWED: (None, _("There is a newer version already.")),
}


def seen_survey(request: ActorRequest, pk: int) -> Survey:
    """A survey that the actor reads; 404 for anybody else."""
    return get_object_or_404(Survey.objects.visible_to(request.actor).select_related("organisation"), pk=pk)


def kept_survey(request: ActorRequest, pk: int) -> Survey:
    """A survey that the actor keeps; 404 for anybody else."""
    return get_object_or_404(Survey.objects.kept_by(request.actor).select_related("organisation"), pk=pk)


def kept_question(request: ActorRequest, pk: int) -> Question:
    """A question of a survey that the actor keeps; 404 for anybody else."""
    kept = Question.objects.filter(survey__in=Survey.objects.kept_by(request.actor)).select_related("survey")
    return get_object_or_404(kept, pk=pk)


def to_surveys() -> tuple[Crumb, ...]:
    """The way to the list of surveys."""
    return (Crumb(_("Surveys"), reverse("surveys:surveys")),)


def to_survey(survey: Survey) -> tuple[Crumb, ...]:
    """The way to a survey."""
    return (*to_surveys(), Crumb(survey.title, reverse("surveys:survey", args=[survey.pk])))


def state_badge(survey: Survey) -> Badge:
    """The state of a survey."""
    return Badge(survey.get_state_display(), TONES[SurveyState(survey.state)])


def version_text(survey: Survey) -> str:
    """Which version it is, where there is more than one."""
    return gettext("version %(number)s") % {"number": survey.version} if survey.version > 1 else ""


ask = asking("surveys/form.html")
"""Show a form of this room; the way back is the last step of the way here."""


def confirm(
    request: ActorRequest, survey: Survey, title: Text, label: Text, consequences: tuple[Text, ...]
) -> HttpResponse:
    """Ask once more before something goes out or ends."""
    crumbs = to_survey(survey)
    return render(
        request,
        "surveys/confirm.html",
        {"page": ConfirmPage(title, crumbs, Confirmation(title, label, crumbs[-1].url, consequences))},
    )


def done(
    request: ActorRequest, form: forms.Form, errand: Callable[[], object], text: Text, survey_pk: int
) -> HttpResponse | None:
    """Do it and go back to the survey; None with the reason at the form where it is refused."""
    try:
        errand()
    except SurveysRefused as refused:
        say(form, refused)
        return None
    notify(request, text)
    return redirect("surveys:survey", pk=survey_pk)


def attempt(request: ActorRequest, errand: Callable[[], object], text: Text, survey_pk: int) -> HttpResponse:
    """Do it, or say why not, and go back to the survey."""
    try:
        errand()
    except SurveysRefused as refused:
        notify(request, REFUSALS[refused.problem][1], tone=Tone.WARNING)
    else:
        notify(request, text)
    return redirect("surveys:survey", pk=survey_pk)


def say(form: forms.Form, refused: SurveysRefused) -> None:
    """Tell at the form why something is refused."""
    field, text = REFUSALS[refused.problem]
    form.add_error(field if field in form.fields else None, str(text))
