"""What was named at events and in surveys and is no need yet."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from kimwerk.access.actors import Actor
from kimwerk.events.models import Event, GroupResult
from kimwerk.needs.models import Need
from kimwerk.surveys.models import Answer, Survey


def open_results(actor: Actor, event: Event) -> QuerySet[GroupResult]:
    """What was named at the tables of an event and did not become a need yet, table by table."""
    taken = Need.objects.filter(result=OuterRef("pk"))
    found = GroupResult.objects.visible_to(actor).filter(group__event=event.pk)
    return found.exclude(Exists(taken)).select_related("group", "topic").order_by("group", "pk")


def open_answers(actor: Actor, survey: Survey) -> QuerySet[Answer]:
    """What was answered to the questions of a survey that may become needs, and did not yet."""
    taken = Need.objects.filter(answer=OuterRef("pk"))
    found = Answer.objects.visible_to(actor).filter(survey=survey.pk, question__is_need=True)
    return found.exclude(Exists(taken)).select_related("question", "response__municipality").order_by("question", "pk")
