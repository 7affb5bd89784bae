"""What the register of needs puts on the pages of events and surveys."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import ngettext

from kimwerk.access.actors import Actor
from kimwerk.events.models import Event
from kimwerk.needs.policies import may_bundle
from kimwerk.needs.selectors.arising import open_answers, open_results
from kimwerk.surveys.models import Survey
from kimwerk.ui.components import NavItem


def results_of_event(actor: Actor, event: Event) -> NavItem | None:
    """The way to take over what was named and is no need yet."""
    if not may_bundle(actor, event.organisation_id):
        return None
    count = open_results(actor, event).count()
    if not count:
        return None
    said = ngettext("Take %(count)s result over as a need", "Take %(count)s results over as needs", count)
    return NavItem(said % {"count": count}, reverse("needs:from_event", args=[event.pk]))


def answers_of_survey(actor: Actor, survey: Survey) -> NavItem | None:
    """The way to take over what was answered and is no need yet."""
    if not may_bundle(actor, survey.organisation_id):
        return None
    count = open_answers(actor, survey).count()
    if not count:
        return None
    said = ngettext("Take %(count)s answer over as a need", "Take %(count)s answers over as needs", count)
    return NavItem(said % {"count": count}, reverse("needs:from_survey", args=[survey.pk]))
