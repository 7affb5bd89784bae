"""Surveys, their questions, and the answers to choose from."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Deferrable, F, Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.surveys.types import QuestionKind, SurveyState


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Surveys of organisations whose surveys the actor reads. Row-level security stands behind it."""

    def visible_to(self, actor: Actor) -> SurveyQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.SURVEY_READ).touched_organisations)

    def kept_by(self, actor: Actor) -> SurveyQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.SURVEY_MANAGE).touched_organisations)

    def running(self) -> SurveyQuerySet:
        """Those that were sent and are not closed."""
        return self.filter(state=SurveyState.OPEN.value)


class Survey(models.Model):
    """One version of a survey. Once it is sent, its questions stay as they are; `follows` is the version before."""

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=SurveyState.choices, default=SurveyState.DRAFT.value)
    is_named = models.BooleanField(default=True)
    closes_on = models.DateField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    written_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="survey_has_a_title"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in SurveyState]), name="survey_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="draft", opened_on__isnull=True, closed_on__isnull=True)
                | Q(state="open", opened_on__isnull=False, closes_on__isnull=False, closed_on__isnull=True)
                | Q(state="closed", opened_on__isnull=False, closes_on__isnull=False, closed_on__isnull=False),
                name="survey_is_sent_with_a_deadline",
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True, version=1) | Q(follows__isnull=False, version__gt=1),
                name="survey_version_counts_from_one",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        """Whether its questions may still be changed."""
        return self.state == SurveyState.DRAFT

    def takes_answers(self, on: date) -> bool:
        """Whether links answer on this day."""
        return self.state == SurveyState.OPEN and self.closes_on is not None and on <= self.closes_on


class Question(models.Model):
    """One question. A scale and a number have a least and a most value."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions", db_index=False)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=QuestionKind.choices)
    text = models.CharField(max_length=300)
    hint = models.CharField(max_length=300, blank=True)
    is_required = models.BooleanField(default=False)
    is_need = models.BooleanField(default=False)
    least = models.IntegerField(null=True, blank=True)
    most = models.IntegerField(null=True, blank=True)
    least_label = models.CharField(max_length=80, blank=True)
    most_label = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "position"], name="survey_question_has_its_place", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=~Q(text=""), name="survey_question_asks"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in QuestionKind]), name="survey_question_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(is_need=False) | Q(kind="text"), name="survey_need_is_told_in_own_words"
            ),
            models.CheckConstraint(
                condition=~Q(kind="scale") | Q(least__isnull=False, most__gt=F("least"), most__lte=F("least") + 10),
                name="survey_scale_has_two_to_eleven_steps",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Option(models.Model):
    """An answer to choose."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "text"], name="survey_option_stands_once"),
            models.CheckConstraint(condition=~Q(text=""), name="survey_option_says_something"),
        ]

    def __str__(self) -> str:
        return self.text
