"""A survey of the municipalities of the synthetic county that is running, with what came back so far."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from importlib.resources import files
from typing import NotRequired, TypedDict

from django.db.models import F

from kimwerk.access.walls import name_link
from kimwerk.accounts.tokens import fresh_token, hash_token
from kimwerk.desk.demo.casework import acting_as
from kimwerk.desk.demo.ground import Ground
from kimwerk.directory.models import Municipality
from kimwerk.surveys.models import Invitation, Question, Response, Survey
from kimwerk.surveys.selectors.surveys import questions_of
from kimwerk.surveys.services.answering import answer_by_link
from kimwerk.surveys.services.drafting import keep_question, write_survey
from kimwerk.surveys.services.sending import invite, open_survey
from kimwerk.surveys.types import Addressee, Given, QuestionFacts, QuestionKind, SurveyFacts


class QuestionTold(TypedDict):
    """A question."""

    kind: str
    text: str
    is_required: NotRequired[bool]
    is_need: NotRequired[bool]
    options: NotRequired[list[str]]
    least: NotRequired[int]
    most: NotRequired[int]
    least_label: NotRequired[str]
    most_label: NotRequired[str]


class AnswerTold(TypedDict):
    """What one of those who were asked answered."""

    choice: int
    topics: list[int]
    step: int
    number: int
    words: str


class Told(TypedDict):
    """The data file."""

    by: str
    title: str
    text: str
    days_left: int
    begun_days_ago: int
    questions: list[QuestionTold]
    answers: list[AnswerTold]


def load_surveys(ground: Ground) -> None:
    """Ask the municipalities of the county, and let some of them answer."""
    text = files("kimwerk.desk.demo").joinpath("surveys.toml").read_text(encoding="utf-8")
    told: Told = tomllib.loads(text)  # type: ignore[assignment]  # the file is ours, and the demo's test reads it
    towns = Municipality.objects.filter(ags__startswith="05382").order_by("sort_key")
    people = [Addressee(f"Sozialamt {town.name}", f"sozialamt-{town.ags}@{ground.domain}", town.pk) for town in towns]
    closes_on, begun = ground.today + timedelta(days=told["days_left"]), ground.working_day(told["begun_days_ago"])
    facts = SurveyFacts(told["title"], told["text"], closes_on)
    survey = ask_everybody(ground, told["by"], facts, [_question(each) for each in told["questions"]], people, begun)
    questions = questions_of(survey)
    answer_all(survey, [_given(questions, each) for each in told["answers"]], begun)


def ask_everybody(
    ground: Ground,
    by: str,
    facts: SurveyFacts,
    questions: Sequence[QuestionFacts],
    people: Sequence[Addressee],
    begun: date,
) -> Survey:
    """A survey that was sent on a day to these addressees."""
    with acting_as(ground, by) as actor:
        survey = write_survey(actor=actor, organisation_id=ground.organisations["rsk"], facts=facts)
        for question in questions:
            keep_question(actor=actor, survey=survey, facts=question)
        invite(actor=actor, survey=survey, addressees=people)
        return open_survey(actor=actor, survey=survey, today=begun)


def answer_all(survey: Survey, given: Sequence[Sequence[Given]], begun: date) -> None:
    """Answers of the first of those who were asked, some on each of the days after the survey was sent."""
    Invitation.objects.filter(survey=survey).update(sent_at=F("wanted_at"), mails=1)
    for number, (invitation, answers) in enumerate(zip(survey.invitations.order_by("pk"), given, strict=False)):
        token = fresh_token()
        Invitation.objects.filter(pk=invitation.pk).update(token_hash=hash_token(token))
        answer_by_link(token=token, given=answers)
        day = begun + timedelta(days=1 + number % 7)
        Response.objects.filter(invitation=invitation).update(answered_on=day)
        Invitation.objects.filter(pk=invitation.pk).update(answered_on=day)
    name_link("")


def _question(told: QuestionTold) -> QuestionFacts:
    return QuestionFacts(
        QuestionKind(told["kind"]),
        told["text"],
        is_required=told.get("is_required", False),
        is_need=told.get("is_need", False),
        options=tuple(told.get("options", ())),
        least=told.get("least"),
        most=told.get("most"),
        least_label=told.get("least_label", ""),
        most_label=told.get("most_label", ""),
    )


def _given(questions: Sequence[Question], told: AnswerTold) -> list[Given]:
    single, several, scale, number, text = questions
    choices, topics = list(single.options.all()), list(several.options.all())
    return [
        Given(single.pk, options=(choices[told["choice"]].pk,)),
        Given(several.pk, options=tuple(topics[place].pk for place in told["topics"])),
        Given(scale.pk, number=told["step"]),
        Given(number.pk, number=told["number"]),
        Given(text.pk, text=told["words"]),
    ]
