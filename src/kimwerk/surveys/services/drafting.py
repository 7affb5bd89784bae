"""Writing a survey: its text, its questions, and the next version of one that was sent."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.surveys.models import Option, Question, Survey
from kimwerk.surveys.policies import may_keep
from kimwerk.surveys.selectors.surveys import follower_of, questions_of
from kimwerk.surveys.types import (
    WITH_OPTIONS,
    QuestionFacts,
    QuestionKind,
    SurveyFacts,
    SurveysProblem,
    SurveysRefused,
)

LONGEST_SCALE = 10
"""The last step of a scale lies at most so many above the first."""


@transaction.atomic
def write_survey(*, actor: Actor, organisation_id: int, facts: SurveyFacts) -> Survey:
    """Begin a survey; its questions follow."""
    if not may_keep(actor, organisation_id) or actor.account_id is None:
        raise PermissionDenied
    survey = Survey(organisation_id=organisation_id, written_by_id=actor.account_id)
    _take_over(survey, facts)
    record(actor=actor, action="survey.written", subject=survey)
    return survey


@transaction.atomic
def change_survey(*, actor: Actor, survey: Survey, facts: SurveyFacts) -> Survey:
    """Change a draft. Raises SurveysRefused where it was sent."""
    current = drafted(actor, survey)
    _take_over(current, facts)
    record(actor=actor, action="survey.changed", subject=current)
    return current


@transaction.atomic
def keep_question(*, actor: Actor, survey: Survey, facts: QuestionFacts, question: Question | None = None) -> Question:
    """Put a question at the end of a draft, or change one. Raises SurveysRefused."""
    current = drafted(actor, survey)
    _judge(facts)
    kept = question or Question(survey=current, position=_last(current) + 1)
    _write(kept, facts)
    record(actor=actor, action="survey.question_kept", subject=current)
    return kept


@transaction.atomic
def move_question(*, actor: Actor, question: Question) -> None:
    """Let a question change places with the one before it. Raises SurveysRefused where the survey was sent."""
    current = drafted(actor, question.survey)
    before = current.questions.filter(position__lt=question.position).order_by("-position").first()
    if before is not None:
        before.position, question.position = question.position, before.position
        Question.objects.bulk_update([before, question], ["position"])
        record(actor=actor, action="survey.question_moved", subject=current)


@transaction.atomic
def remove_question(*, actor: Actor, question: Question) -> None:
    """Take a question out of a draft. Raises SurveysRefused where the survey was sent."""
    current = drafted(actor, question.survey)
    question.delete()
    record(actor=actor, action="survey.question_removed", subject=current)


@transaction.atomic
def write_next_version(*, actor: Actor, survey: Survey) -> Survey:
    """A draft with the same questions, which follows a survey that was sent. Raises SurveysRefused."""
    current = locked(actor, survey)
    if current.is_draft:
        raise SurveysRefused(SurveysProblem.NOT_OPEN)
    if follower_of(current) is not None:
        raise SurveysRefused(SurveysProblem.FOLLOWED)
    follower = Survey.objects.create(
        organisation_id=current.organisation_id,
        title=current.title,
        text=current.text,
        is_named=current.is_named,
        version=current.version + 1,
        follows=current,
        written_by_id=actor.account_id or current.written_by_id,
    )
    for question in questions_of(current):
        _write(Question(survey=follower, position=question.position), facts_of(question))
    record(actor=actor, action="survey.next_version_written", subject=follower)
    return follower


def facts_of(question: Question) -> QuestionFacts:
    """A question as it was written."""
    return QuestionFacts(
        QuestionKind(question.kind),
        question.text,
        question.hint,
        question.is_required,
        question.is_need,
        tuple(option.text for option in question.options.all()),
        question.least,
        question.most,
        question.least_label,
        question.most_label,
    )


def locked(actor: Actor, survey: Survey) -> Survey:
    """The survey as it stands now, held until the transaction ends; only for who keeps it."""
    current = Survey.objects.kept_by(actor).select_for_update(of=("self",)).filter(pk=survey.pk).first()
    if current is None:
        raise PermissionDenied
    return current


def drafted(actor: Actor, survey: Survey) -> Survey:
    """The same of a draft. Raises SurveysRefused for one that was sent."""
    current = locked(actor, survey)
    if not current.is_draft:
        raise SurveysRefused(SurveysProblem.SENT)
    return current


def _take_over(survey: Survey, facts: SurveyFacts) -> None:
    survey.title, survey.text = facts.title, facts.text
    survey.closes_on, survey.is_named = facts.closes_on, facts.is_named
    survey.save()


def _judge(facts: QuestionFacts) -> None:
    if facts.kind in WITH_OPTIONS and len(set(facts.options)) < 2:
        raise SurveysRefused(SurveysProblem.FEW_OPTIONS)
    has_range = facts.least is not None and facts.most is not None
    if facts.least is not None and facts.most is not None and facts.least >= facts.most:
        raise SurveysRefused(SurveysProblem.WRONG_RANGE)
    if facts.kind is QuestionKind.SCALE:
        is_long = (facts.most or 0) - (facts.least or 0) > LONGEST_SCALE
        if not has_range or is_long:
            raise SurveysRefused(SurveysProblem.WRONG_RANGE)


def _write(question: Question, facts: QuestionFacts) -> None:
    """What does not belong to this sort of question is left out."""
    has_range = facts.kind in (QuestionKind.SCALE, QuestionKind.NUMBER)
    is_scale = facts.kind is QuestionKind.SCALE
    question.kind, question.text, question.hint = facts.kind.value, facts.text, facts.hint
    question.is_required = facts.is_required
    question.is_need = facts.is_need and facts.kind is QuestionKind.TEXT
    question.least, question.most = (facts.least, facts.most) if has_range else (None, None)
    question.least_label = facts.least_label if is_scale else ""
    question.most_label = facts.most_label if is_scale else ""
    question.save()
    question.options.all().delete()
    options = dict.fromkeys(facts.options) if facts.kind in WITH_OPTIONS else {}
    Option.objects.bulk_create(
        Option(question=question, position=place, text=text) for place, text in enumerate(options, start=1)
    )


def _last(survey: Survey) -> int:
    found: int | None = survey.questions.aggregate(last=Max("position"))["last"]
    return found or 0
