"""What of surveys waits: those whose last day is near while answers are missing, and those that are over."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.kernel import german
from kimwerk.kernel.due import DueItem
from kimwerk.surveys.models import Survey
from kimwerk.surveys.selectors.surveys import Return, returns_of

LEAD_TIME = timedelta(days=7)
MOST = 10


def due_items(actor: Actor) -> tuple[DueItem, ...]:
    """What waits for whoever wrote a survey; two queries."""
    if not actor.can(Permission.SURVEY_MANAGE):
        return ()
    today = timezone.localdate()
    own = Survey.objects.kept_by(actor).running().filter(written_by=actor.account_id)
    ending = list(own.filter(closes_on__lte=today + LEAD_TIME).order_by("closes_on")[:MOST])
    returns = returns_of(ending) if ending else {}
    items = (_item(each, returns.get(each.pk, Return()), is_over=not each.takes_answers(today)) for each in ending)
    return tuple(item for item in items if item is not None)


def _item(survey: Survey, returned: Return, *, is_over: bool) -> DueItem | None:
    silent = returned.asked - returned.answered
    url = reverse("surveys:survey", args=[survey.pk])
    if is_over:
        return DueItem(_("Close %(survey)s") % {"survey": survey}, _("Its last day has passed."), url, survey.closes_on)
    if not silent:
        return None
    text = _("%(count)s have not answered yet.") % {"count": german.number(silent)}
    return DueItem(_("Remind: %(survey)s") % {"survey": survey}, text, url, survey.closes_on)
