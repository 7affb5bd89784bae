"""The words of surveys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class SurveyState(models.TextChoices):
    """How far a survey is."""

    DRAFT = "draft", _("being written")
    OPEN = "open", _("survey sent")
    CLOSED = "closed", _("closed")


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SINGLE = "single", _("one of several answers")
    SEVERAL = "several", _("several answers")
    SCALE = "scale", _("on a scale")
    NUMBER = "number", _("with a number")
    TEXT = "text", _("in own words")


WITH_OPTIONS = (QuestionKind.SINGLE, QuestionKind.SEVERAL)
"""Questions that are answered by choosing."""

COUNTED = (QuestionKind.SINGLE, QuestionKind.SEVERAL, QuestionKind.SCALE)
"""Questions whose answers are counted one by one."""


class SurveysProblem(StrEnum):
    """Why something cannot be done with a survey."""

    SENT = "sent"  # what was sent is never changed
    NOT_OPEN = "not_open"  # it was not sent yet, or it is closed
    NO_QUESTION = "no_question"
    NO_DEADLINE = "no_deadline"  # none, or one that has passed
    NOBODY = "nobody"  # nobody new to invite, nobody to remind
    FEW_OPTIONS = "few_options"  # fewer than two answers to choose from
    WRONG_RANGE = "wrong_range"  # the least is more than the most, or a scale is too long
    ANSWERED = "answered"  # this address has answered
    FOLLOWED = "followed"  # there is a newer version already


class SurveysRefused(Exception):
    """Something cannot be done with a survey; `problem` says why."""

    def __init__(self, problem: SurveysProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class SurveyFacts:
    """What a survey is about. `is_named`: answers stand with whoever gave them."""

    title: str
    text: str = ""
    closes_on: date | None = None
    is_named: bool = True


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """A question. `is_need`: what is answered in own words may become a need of the register."""

    kind: QuestionKind
    text: str
    hint: str = ""
    is_required: bool = False
    is_need: bool = False
    options: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    least_label: str = ""
    most_label: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody to ask. `subject` is the key under which the room that named them knows them, such as a kindergarten."""

    name: str
    email: str
    municipality_id: int | None = None
    body_id: int | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody answered to one question; empty where nothing was answered."""

    question_id: int
    options: tuple[int, ...] = ()
    number: int | None = None
    text: str = ""
