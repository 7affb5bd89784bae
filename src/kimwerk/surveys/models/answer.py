"""What came back."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.surveys.models.invitation import Invitation
from kimwerk.surveys.models.survey import Option, Question, Survey


class ResponseQuerySet(models.QuerySet["Response"]):
    """Returned surveys of organisations whose surveys the actor reads."""

    def visible_to(self, actor: Actor) -> ResponseQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.SURVEY_READ).touched_organisations)


class Response(models.Model):
    """One returned survey. It is never changed.

    In an anonymous survey it hangs on no invitation and on no municipality. Its key is drawn at random and the log
    keeps none of its lines, so that neither tells in which order, and thereby from whom, answers came.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="responses")
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    answered_on = models.DateField()

    objects = ResponseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(invitation__isnull=False) | Q(municipality__isnull=True),
                name="survey_anonymous_answer_has_no_place",
            ),
        ]

    def __str__(self) -> str:
        return str(self.survey_id)


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Answers in surveys that the actor reads."""

    def visible_to(self, actor: Actor) -> AnswerQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.SURVEY_READ).touched_organisations)


class Answer(models.Model):
    """One answer to one question: an option chosen, a number, or words. Several options are several answers.

    Organisation and survey stand here again, so that half a million answers are counted without joins.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="+", db_index=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+", db_index=False)
    option = models.ForeignKey(
        Option, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    number = models.IntegerField(null=True, blank=True)
    text = models.TextField(blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(option__isnull=False, number__isnull=True, text="")
                | Q(option__isnull=True, number__isnull=False, text="")
                | (Q(option__isnull=True, number__isnull=True) & ~Q(text="")),
                name="survey_answer_says_one_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["survey", "question"], include=["option", "number"], name="survey_answers_counted"),
        ]

    def __str__(self) -> str:
        return str(self.option or self.text) if self.number is None else str(self.number)
