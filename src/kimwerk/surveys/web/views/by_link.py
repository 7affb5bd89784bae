"""The link of a survey. Nobody is signed in here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kimwerk.access.doors import open_to_everyone
from kimwerk.accounts.tokens import LinkState
from kimwerk.kernel.figures import Text
from kimwerk.surveys.selectors.surveys import questions_of
from kimwerk.surveys.services.answering import answer_by_link, find_survey
from kimwerk.surveys.web.answering import AnswerForm
from kimwerk.surveys.web.pages import DoorPage
from kimwerk.surveys.web.showing import note_for_answers


@require_http_methods(["GET", "POST"])
@open_to_everyone
@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Read a survey and answer it once. Looking at the page uses nothing up."""
    found = find_survey(token)
    if found.invitation is None or found.state is not LinkState.OPEN:
        return _closed(request, found.state)
    survey = found.invitation.survey
    form = AnswerForm(request.POST if request.method == "POST" else None, questions=questions_of(survey))
    if form.is_valid():
        answered = answer_by_link(token=token, given=form.given)
        return _thanks(request) if answered.state is LinkState.OPEN else _closed(request, answered.state)
    lead = _("Answer here; the link answers once. Nothing is sent before you press the button at the end.")
    page = DoorPage(survey.title, lead, survey.text, note_for_answers(survey), form)
    return render(request, "surveys/answer.html", {"page": page}, status=422 if form.errors else 200)


def _thanks(request: HttpRequest) -> HttpResponse:
    lead = _("Your answers have arrived. You can close this page.")
    return render(request, "surveys/answer.html", {"page": DoorPage(_("Thank you"), lead)})


def _closed(request: HttpRequest, state: LinkState) -> HttpResponse:
    texts: dict[LinkState, tuple[Text, Text]] = {
        LinkState.USED: (
            _("This survey was answered already"),
            _("The link answers once, and the answers have arrived. If something was wrong, please tell the office."),
        ),
        LinkState.OVER: (
            _("This survey is closed"),
            _("Its last day has passed. If you still want to say something, please write to whoever asked you."),
        ),
        LinkState.GONE: (
            _("This link no longer works"),
            _("It was replaced by a newer one, or is not complete. Look for a later mail, or ask whoever sent it."),
        ),
    }
    title, lead = texts[state]
    return render(request, "surveys/answer.html", {"page": DoorPage(title, lead)}, status=410)
