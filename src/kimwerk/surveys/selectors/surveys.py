"""Surveys, their questions, and how many came back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet

from kimwerk.access.actors import Actor
from kimwerk.directory.models import Municipality
from kimwerk.surveys.models import Invitation, Option, Question, Survey
from kimwerk.surveys.types import SurveyState


@dataclass(frozen=True, slots=True)
class Return:
    """How many were asked, and how many answered."""

    asked: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class InvitationWish:
    """Which addressees are asked for."""

    has_answered: bool | None = None
    municipality_id: int | None = None


def surveys_for(actor: Actor, state: SurveyState | None = None) -> QuerySet[Survey]:
    """Surveys, or those in one state, the newest first."""
    found = Survey.objects.visible_to(actor)
    if state is not None:
        found = found.filter(state=state.value)
    return found.order_by("-pk")


def questions_of(survey: Survey) -> list[Question]:
    """The questions in their order, each with its options in their order. Two queries."""
    options = Prefetch("options", queryset=Option.objects.order_by("position", "pk"))
    return list(survey.questions.prefetch_related(options).order_by("position"))


def returns_of(surveys: Iterable[Survey]) -> dict[int, Return]:
    """How many were asked and answered in each of these surveys; one query."""
    found = Invitation.objects.filter(survey__in=[survey.pk for survey in surveys])
    counted = found.values_list("survey").annotate(asked=Count("pk"), answered=Count("answered_on")).order_by()
    return {survey: Return(asked, answered) for survey, asked, answered in counted}


def returns_by_place(survey: Survey) -> list[tuple[Municipality | None, Return]]:
    """The same by municipality, in the order of their names; those without one last."""
    found = Invitation.objects.filter(survey=survey).values_list("municipality")
    counted = {
        place: Return(asked, answered)
        for place, asked, answered in found.annotate(asked=Count("pk"), answered=Count("answered_on")).order_by()
    }
    places = Municipality.objects.filter(pk__in=[place for place in counted if place]).order_by("sort_key")
    rows: list[tuple[Municipality | None, Return]] = [(place, counted[place.pk]) for place in places]
    return [*rows, (None, counted[None])] if None in counted else rows


def invitations_for(actor: Actor, survey: Survey, wish: InvitationWish) -> QuerySet[Invitation]:
    """Those who are asked, by name."""
    found = Invitation.objects.visible_to(actor).filter(survey=survey).select_related("municipality")
    if wish.has_answered is not None:
        found = found.filter(answered_on__isnull=not wish.has_answered)
    if wish.municipality_id is not None:
        found = found.filter(municipality=wish.municipality_id)
    return found.order_by("name", "pk")


def waiting_mails(survey: Survey) -> int:
    """How many mails were ordered and have not gone out."""
    return Invitation.objects.filter(survey=survey).to_be_mailed().count()


def follower_of(survey: Survey) -> int | None:
    """The number of the version after this one."""
    return Survey.objects.filter(follows=survey.pk).values_list("pk", flat=True).first()
