"""What surveys count: who was asked and answered, and which answers were given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.kernel.counting import GroupedCount, Rows
from kimwerk.kernel.figures import MISSING, Dimension, Figure, FigureQuery, Member, MemberKind, Unit
from kimwerk.surveys.models import Answer, Invitation, Question, Survey
from kimwerk.surveys.selectors.results import answer_key, lines_of
from kimwerk.surveys.types import COUNTED

SURVEY = Dimension("survey", _("Survey"))
RETURN = Dimension("survey_return", _("Return"))
MUNICIPALITY = Dimension("survey_municipality", _("Municipality"), MemberKind.PLACE)
QUESTION = Dimension("survey_question", _("Question"))
ANSWER = Dimension("survey_answer", _("Answer"), is_multiple=True)
WITHHELD = "withheld"

Counts = dict[tuple[int | None, str | None], dict[str, int]]
"""Of one question: by municipality and its name, how often each answer was given."""


def _place(key: int | None, name: str | None) -> Member:
    return Member(str(key), name) if key and name else Member(MISSING, _g("not recorded"))


def _survey(pk: int, title: str, version: int) -> Member:
    said = _g("%(survey)s, version %(number)s") % {"survey": title, "number": version}
    return Member(str(pk), said if version > 1 else title)


def _asked(actor: Actor, query: FigureQuery) -> Rows:
    found = Invitation.objects.visible_to(actor)
    found = found.filter(survey__opened_on__gte=query.window.start, survey__opened_on__lt=query.window.end)
    if query.organisation is not None:
        found = found.filter(organisation=query.organisation)
    names = ("survey", "survey__title", "survey__version", "municipality", "municipality__name")
    grouped = found.values_list(*names).annotate(asked=Count("pk"), answered=Count("answered_on")).order_by()
    for pk, title, version, place, place_name, asked, answered in grouped:
        at = {SURVEY.key: _survey(pk, title, version), MUNICIPALITY.key: _place(place, place_name)}
        yield at | {RETURN.key: Member("answered", _g("answered"))}, answered
        yield at | {RETURN.key: Member("silent", _g("no answer"))}, asked - answered


def _surveys(actor: Actor, query: FigureQuery) -> QuerySet[Survey]:
    """Those sent in the window, and of these the ones that are asked for."""
    found = Survey.objects.visible_to(actor)
    found = found.filter(opened_on__gte=query.window.start, opened_on__lt=query.window.end)
    if query.organisation is not None:
        found = found.filter(organisation=query.organisation)
    wanted = [int(key) for key in query.only.get(SURVEY.key, ()) if key.isdecimal()]
    return found.filter(pk__in=wanted) if query.only.get(SURVEY.key) else found


def _answers(actor: Actor, query: FigureQuery) -> Rows:
    """Answers as they are told on the page of results: what is withheld there stands together in one row."""
    surveys = {survey.pk: survey for survey in _surveys(actor, query)}
    is_by_place = MUNICIPALITY.key in query.by or bool(query.only.get(MUNICIPALITY.key))
    counts = _counts(actor, list(surveys), is_by_place=is_by_place)
    asked = Question.objects.filter(survey__in=surveys, kind__in=[kind.value for kind in COUNTED])
    for question in asked.prefetch_related("options").order_by("survey", "position"):
        survey = surveys[question.survey_id]
        at = {
            SURVEY.key: _survey(survey.pk, survey.title, survey.version),
            QUESTION.key: Member(str(question.pk), question.text),
        }
        for (place, name), given in counts.get(question.pk, {}).items():
            for member, count in _told(question, given):
                yield at | {MUNICIPALITY.key: _place(place, name), ANSWER.key: member}, count


def _told(question: Question, given: Mapping[str, int]) -> Iterator[tuple[Member, int]]:
    withheld = 0
    for line in lines_of(question, given):
        if line.count is None:
            withheld += given.get(line.key, 0)
        elif line.count:
            yield Member(line.key, line.label), line.count
    if withheld:
        yield Member(WITHHELD, _g("withheld")), withheld


def _counts(actor: Actor, survey_ids: list[int], *, is_by_place: bool) -> dict[int, Counts]:
    """Counts by municipality only where that is asked: small numbers of each would hide the sum of all."""
    found = Answer.objects.visible_to(actor).filter(survey__in=survey_ids, text="")
    places = ("response__municipality", "response__municipality__name") if is_by_place else ()
    grouped = found.values_list("question", "option", "number", *places).annotate(count=Count("*")).order_by()
    counts: dict[int, Counts] = defaultdict(lambda: defaultdict(dict))
    for question, option, number, *place, count in grouped:
        at = (place[0], place[1]) if place else (None, None)
        counts[question][at][answer_key(question, option, number)] = count
    return counts


def _choices(actor: Actor) -> Mapping[str, tuple[Member, ...]]:
    """The surveys that were sent, the newest first."""
    found = Survey.objects.visible_to(actor).filter(opened_on__isnull=False).order_by("-pk")
    rows = found.values_list("pk", "title", "version")
    return {SURVEY.key: tuple(_survey(pk, title, version) for pk, title, version in rows)}


FIGURES: tuple[Figure[Actor], ...] = (
    Figure(
        "survey_addressees",
        _("Asked by surveys"),
        Unit.ADDRESSEES,
        _("Every address that was asked counts once in each survey, on the day on which the survey was sent."),
        _("The surveys that the reader may read."),
        (SURVEY, RETURN, MUNICIPALITY),
        "surveys",
        GroupedCount(_asked, (SURVEY, RETURN, MUNICIPALITY)),
        rows="surveys:surveys",
        by=(SURVEY.key, RETURN.key),
        choices=_choices,
    ),
    Figure(
        "survey_answers",
        _("Answers given in surveys"),
        Unit.ANSWERS,
        _(
            "Every answer that was chosen counts once, on the day on which the survey was sent. Fewer than three of a"
            " municipality stand in a row of their own, and so do those that would tell them."
        ),
        _("The surveys that the reader may read; anonymous ones have no municipality."),
        (SURVEY, QUESTION, ANSWER, MUNICIPALITY),
        "surveys",
        GroupedCount(_answers, (SURVEY, QUESTION, ANSWER, MUNICIPALITY)),
        rows="surveys:surveys",
        by=(QUESTION.key, ANSWER.key),
        choices=_choices,
    ),
)
