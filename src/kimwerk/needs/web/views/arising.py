"""Taking over as needs what was named at an event, or answered in a survey."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.events.models import Event
from kimwerk.needs.models import Need
from kimwerk.needs.selectors.arising import open_answers, open_results
from kimwerk.needs.services import take_answers, take_over
from kimwerk.needs.types import NeedsRefused
from kimwerk.needs.web.forms import TakeOverForm
from kimwerk.needs.web.within import ask, say, to_needs
from kimwerk.surveys.models import Survey
from kimwerk.ui.notices import notify

MOST_AT_ONCE = 100
"""So many answers are offered on one page; when some are taken over, the next ones follow."""


@needs(Permission.NEED_MANAGE)
def from_event(request: ActorRequest, pk: int) -> HttpResponse:
    """Choose what of an event becomes a need; all of it is chosen to begin with."""
    homes = request.actor.scope(Permission.NEED_MANAGE).organisations
    event = get_object_or_404(Event.objects.visible_to(request.actor).filter(organisation__in=homes), pk=pk)
    found = [(str(each.pk), f"{each.title} ({each.group.title})") for each in open_results(request.actor, event)]
    form = TakeOverForm(request.POST or None, found=found, is_all=True)
    return _take(
        request,
        form,
        gettext("Take over as needs: %(event)s") % {"event": event.title},
        lambda: take_over(actor=request.actor, event=event, result_ids=[int(key) for key in form.keys]),
    )


@needs(Permission.NEED_MANAGE)
def from_survey(request: ActorRequest, pk: int) -> HttpResponse:
    """Choose which answers of a survey become needs."""
    homes = request.actor.scope(Permission.NEED_MANAGE).organisations
    survey = get_object_or_404(Survey.objects.visible_to(request.actor).filter(organisation__in=homes), pk=pk)
    answers = open_answers(request.actor, survey)[:MOST_AT_ONCE]
    found = [(str(each.pk), f"{each.text} ({each.response.municipality or each.question})") for each in answers]
    form = TakeOverForm(request.POST or None, found=found, is_all=False)
    return _take(
        request,
        form,
        gettext("Take over as needs: %(event)s") % {"event": survey.title},
        lambda: take_answers(actor=request.actor, survey=survey, answer_ids=form.keys),
    )


def _take(request: ActorRequest, form: TakeOverForm, title: str, errand: Callable[[], list[Need]]) -> HttpResponse:
    if form.is_valid():
        try:
            taken = errand()
        except NeedsRefused as refused:
            say(form, refused)
        else:
            said = ngettext(
                "%(count)s need stands in the register.", "%(count)s needs stand in the register.", len(taken)
            )
            notify(request, said % {"count": len(taken)})
            return redirect("needs:needs")
    return ask(request, title, to_needs(), form, _("Take over"))
