"""What came of a survey: counts that may be told, and what was answered in own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import Count, QuerySet

from kimwerk.access.actors import Actor
from kimwerk.surveys.models import Answer, Question, Response, Survey
from kimwerk.surveys.selectors.surveys import questions_of
from kimwerk.surveys.types import QuestionKind
from kimwerk.surveys.withholding import FEWEST, told

NUMBERS = """
select question_id, count(*), sum(number), avg(number), percentile_cont(0.5) within group (order by number)
from surveys_answer where survey_id = %s and question_id = any(%s) group by question_id
"""


@dataclass(frozen=True, slots=True)
class Told:
    """One possible answer with how often it was given. None: withheld. `key` is its key among figures."""

    key: str
    label: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was answered with numbers, over all of them."""

    total: int
    mean: Decimal
    median: Decimal


@dataclass(frozen=True, slots=True)
class Result:
    """What was answered to one question. `answered`: how many did; None where they are too few to be told."""

    question: Question
    answered: int | None
    lines: tuple[Told, ...] = ()
    numbers: Numbers | None = None

    @property
    def is_short(self) -> bool:
        """Whether something is withheld."""
        return self.answered is None or any(line.count is None for line in self.lines)


def results_of(survey: Survey) -> list[Result]:
    """The result of every question in their order. Five queries, however many answers there are."""
    questions = questions_of(survey)
    chosen = _chosen(survey)
    answered = _answered(survey)
    numbers = _numbers(
        survey, [each.pk for each in questions if each.kind in (QuestionKind.NUMBER, QuestionKind.SCALE)]
    )
    return [_result(each, chosen, answered.get(each.pk, 0), numbers.get(each.pk)) for each in questions]


def response_count(survey: Survey) -> int:
    """How many came back."""
    return Response.objects.filter(survey=survey).count()


def words_for(actor: Actor, question: Question) -> QuerySet[Answer]:
    """What was answered in own words; in an order that says nothing about when."""
    found = Answer.objects.visible_to(actor).filter(survey=question.survey_id, question=question.pk)
    return found.exclude(text="").select_related("response__municipality", "response__invitation").order_by("pk")


def lines_of(question: Question, counts: Mapping[str, int]) -> tuple[Told, ...]:
    """Every possible answer of a question with its count, as far as it may be told."""
    labels = _possible(question)
    is_whole = question.kind != QuestionKind.SEVERAL
    counted = told([counts.get(key, 0) for key, _label in labels], is_whole=is_whole)
    return tuple(Told(key, label, count) for (key, label), count in zip(labels, counted, strict=True))


def answer_key(question_id: int, option_id: int | None, number: int | None) -> str:
    """The key of a possible answer."""
    return f"{question_id}-{option_id}" if option_id is not None else f"{question_id}={number}"


def _possible(question: Question) -> list[tuple[str, str]]:
    if question.kind == QuestionKind.SCALE:
        steps = range(question.least or 0, (question.most or 0) + 1)
        return [(answer_key(question.pk, None, step), step_label(question, step)) for step in steps]
    options = question.options.all() if question.kind in (QuestionKind.SINGLE, QuestionKind.SEVERAL) else ()
    return [(answer_key(question.pk, option.pk, None), option.text) for option in options]


def step_label(question: Question, step: int) -> str:
    """A step of a scale, with what its ends mean."""
    ends = {question.least: question.least_label, question.most: question.most_label}
    return f"{step} ({ends[step]})" if ends.get(step) else str(step)


def _result(question: Question, chosen: Mapping[str, int], answered: int, numbers: Numbers | None) -> Result:
    is_few = 0 < answered < FEWEST
    lines = lines_of(question, chosen)
    # A mean beside some of the counts would let the withheld ones be computed.
    has_numbers = answered >= FEWEST and all(line.count is not None for line in lines)
    if is_few:
        lines = tuple(Told(line.key, line.label, None) for line in lines)
    return Result(question, None if is_few else answered, lines, numbers if has_numbers else None)


def _chosen(survey: Survey) -> Counter[str]:
    found = Answer.objects.filter(survey=survey, text="").exclude(question__kind=QuestionKind.NUMBER.value)
    grouped = found.values_list("question", "option", "number").annotate(count=Count("*")).order_by()
    return Counter({answer_key(question, option, number): count for question, option, number, count in grouped})


def _answered(survey: Survey) -> dict[int, int]:
    found = Answer.objects.filter(survey=survey).values_list("question")
    return dict(found.annotate(count=Count("response", distinct=True)).order_by())


def _numbers(survey: Survey, question_ids: Sequence[int]) -> dict[int, Numbers]:
    if not question_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, [survey.pk, list(question_ids)])
        return {
            question: Numbers(int(total), Decimal(mean), Decimal(str(median)))
            for question, _count, total, mean, median in cursor.fetchall()
        }


@dataclass(frozen=True, slots=True)
class Returned:
    """One returned survey for a file: who, from where and when, and the answers by question."""

    about: tuple[str, ...]
    answers: dict[int, str]


def answers_of(survey: Survey) -> list[Returned]:
    """Every returned survey in a random order. Two queries."""
    found = Response.objects.filter(survey=survey).select_related("invitation", "municipality").order_by("pk")
    rows = {each.pk: Returned(_about(each), {}) for each in found}
    for answer in Answer.objects.filter(survey=survey).select_related("option").order_by("option__position", "pk"):
        answers, said = rows[answer.response_id].answers, str(answer)
        answers[answer.question_id] = (
            f"{answers[answer.question_id]}, {said}" if answer.question_id in answers else said
        )
    return list(rows.values())


def _about(response: Response) -> tuple[str, ...]:
    name = response.invitation.name if response.invitation else ""
    place = response.municipality.name if response.municipality else ""
    return name, place, response.answered_on.isoformat()
