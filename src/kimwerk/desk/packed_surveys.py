"""A survey on its way to another county: its text and its questions, no address and no answer."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.documents.models import Received
from kimwerk.documents.parts import read
from kimwerk.documents.types import Licence, PackedPart, PartKind
from kimwerk.surveys.models import Question, Survey
from kimwerk.surveys.services.drafting import facts_of, keep_question, write_survey
from kimwerk.surveys.types import QuestionFacts, QuestionKind, SurveyFacts, SurveysRefused

COLUMNS = ("kind", "question", "hint", "required", "need", "answers", "least", "most", "least_label", "most_label")
"""What is told of each question; answers to choose from stand a line each, a mark is "1"."""

LONGEST_TEXT, LONGEST_ANSWER, LONGEST_LABEL = 300, 200, 80


def packed_survey(survey: Survey, questions: Sequence[Question], licence: Licence, home: str) -> PackedPart:
    """A survey as a part of a package."""
    rows = tuple(_row(facts_of(question)) for question in questions)
    facts = ((_("Introduction"), survey.text),) if survey.text else ()
    return PackedPart(PartKind.SURVEY, f"survey-{survey.pk}", survey.title, licence, home, facts, COLUMNS, rows)


def questions_in(received: Received) -> tuple[QuestionFacts, ...]:
    """The questions of a survey that another county sent, as far as they can be asked here."""
    part = read(json.loads(received.content))
    if part.kind is not PartKind.SURVEY or part.columns != COLUMNS:
        return ()
    return tuple(facts for row in part.rows if (facts := _facts(dict(zip(COLUMNS, row, strict=True)))))


@transaction.atomic
def take_up_survey(*, actor: Actor, organisation_id: int, received: Received) -> Survey:
    """Begin a draft of one's own with these questions. What breaks a rule of surveys is left out."""
    part = read(json.loads(received.content))
    text = part.facts[0][1] if part.facts else ""
    survey = write_survey(actor=actor, organisation_id=organisation_id, facts=SurveyFacts(part.title, text))
    for facts in questions_in(received):
        try:
            keep_question(actor=actor, survey=survey, facts=facts)
        except SurveysRefused:
            continue
    return survey


def _row(facts: QuestionFacts) -> tuple[str, ...]:
    return (
        facts.kind.value,
        facts.text,
        facts.hint,
        "1" if facts.is_required else "",
        "1" if facts.is_need else "",
        "\n".join(facts.options),
        "" if facts.least is None else str(facts.least),
        "" if facts.most is None else str(facts.most),
        facts.least_label,
        facts.most_label,
    )


def _facts(told: dict[str, str]) -> QuestionFacts | None:
    """A question; None for what is none."""
    if told["kind"] not in QuestionKind.values or not told["question"].strip():
        return None
    answers = (line.strip()[:LONGEST_ANSWER] for line in told["answers"].splitlines())
    return QuestionFacts(
        QuestionKind(told["kind"]),
        told["question"][:LONGEST_TEXT],
        told["hint"][:LONGEST_TEXT],
        told["required"] == "1",
        told["need"] == "1",
        tuple(answer for answer in answers if answer),
        _number(told["least"]),
        _number(told["most"]),
        told["least_label"][:LONGEST_LABEL],
        told["most_label"][:LONGEST_LABEL],
    )


def _number(text: str) -> int | None:
    is_number = text.removeprefix("-").isdecimal() and len(text) <= len("-99999999")
    return int(text) if is_number else None
