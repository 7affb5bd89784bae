"""The page of a survey, put together from its parts."""

from __future__ import annotations

from decimal import Decimal

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.directory.models import Municipality
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.surveys.models import Question, Survey
from kimwerk.surveys.offers import links_at
from kimwerk.surveys.policies import may_keep
from kimwerk.surveys.selectors.surveys import (
    Return,
    follower_of,
    questions_of,
    returns_by_place,
    returns_of,
    waiting_mails,
)
from kimwerk.surveys.types import QuestionKind, SurveyState
from kimwerk.surveys.web.pages import QuestionLine, SurveyPage
from kimwerk.surveys.web.within import state_badge, to_surveys, version_text
from kimwerk.ui.components import Action, Badge, Cell, Column, Fact, NavItem, Row, Table, Tone


def survey_page(actor: Actor, survey: Survey) -> SurveyPage:
    """Everything that the actor may know of a survey, with what may be done next."""
    keeps = may_keep(actor, survey.organisation_id)
    returned = returns_of([survey]).get(survey.pk, Return())
    questions = questions_of(survey)
    return SurveyPage(
        title=survey.title,
        state=version_text(survey),
        badge=state_badge(survey),
        crumbs=to_surveys(),
        action=_next(survey, returned, has_questions=bool(questions)) if keeps else None,
        text=survey.text,
        links=(*_reading(survey), *(_keeping(survey) if keeps else ()), *links_at(actor, survey)),
        facts=_facts(survey, returned),
        questions=tuple(_line(each, survey, keeps=keeps) for each in questions),
        question_links=_question_links(survey, keeps=keeps),
        returned=_by_place(survey),
        return_links=_return_links(survey, returned, keeps=keeps),
        next_version_url=_next_version(survey) if keeps else "",
    )


def rate_text(returned: Return) -> str:
    """The return rate, or a dash where nobody was asked."""
    if not returned.asked:
        return "–"
    return german.percent(Decimal(returned.answered) / Decimal(returned.asked), 1)


def return_text(returned: Return) -> str:
    """How many of those who were asked answered."""
    counted = {"answered": german.number(returned.answered), "asked": german.number(returned.asked)}
    return gettext("%(answered)s of %(asked)s") % counted


def note_for_answers(survey: Survey) -> Text:
    """What those who answer are told about their answers."""
    until = {"day": german.day(survey.closes_on) if survey.closes_on else "–"}
    if survey.is_named:
        said = gettext("Your answers stand with the name of your organisation. The survey is open until %(day)s.")
    else:
        said = gettext("Your answers stand without a name: nobody can tell who gave them. Open until %(day)s.")
    nobody = gettext("Please name no person, children least of all.")
    return f"{said % until} {nobody}"


def _link(name: str, title: object, survey: Survey) -> NavItem:
    return NavItem(str(title), reverse(f"surveys:{name}", args=[survey.pk]))


def _next(survey: Survey, returned: Return, *, has_questions: bool) -> Action | None:
    """What the office does next with a survey."""
    if survey.is_draft:
        if not has_questions:
            return Action(_("Write a question"), reverse("surveys:add_question", args=[survey.pk]))
        if not returned.asked:
            return Action(_("Choose whom to ask"), reverse("surveys:invite", args=[survey.pk]))
        return Action(_("Send the survey"), reverse("surveys:send", args=[survey.pk]))
    if survey.takes_answers(timezone.localdate()) and returned.answered < returned.asked:
        return Action(_("Remind those who have not answered"), reverse("surveys:remind", args=[survey.pk]))
    return None


def _next_version(survey: Survey) -> str:
    is_last = not survey.is_draft and follower_of(survey) is None
    return reverse("surveys:next_version", args=[survey.pk]) if is_last else ""


def _reading(survey: Survey) -> tuple[NavItem, ...]:
    links = (_link("preview", _("Preview"), survey),)
    return links if survey.is_draft else (_link("results", _("Results"), survey), *links)


def _keeping(survey: Survey) -> tuple[NavItem, ...]:
    if survey.is_draft:
        return (_link("change", _("Change the survey"), survey),)
    links = (_link("prolong", _("Change the last day"), survey),)
    return (*links, _link("close", _("Close the survey"), survey)) if survey.state == SurveyState.OPEN else links


def _question_links(survey: Survey, *, keeps: bool) -> tuple[NavItem, ...]:
    return (_link("add_question", _("Write a question"), survey),) if keeps and survey.is_draft else ()


def _return_links(survey: Survey, returned: Return, *, keeps: bool) -> tuple[NavItem, ...]:
    links: tuple[NavItem, ...] = ()
    if returned.asked:
        links = (_link("addressees", _("Everybody who is asked"), survey),)
    if keeps and survey.state != SurveyState.CLOSED:
        links = (*links, _link("invite", _("Choose whom to ask"), survey))
    return links


def _facts(survey: Survey, returned: Return) -> tuple[Fact, ...]:
    waiting = waiting_mails(survey)
    named, unnamed = _("with whoever gave them"), _("without a name")
    days = {"day": german.day(survey.opened_on) if survey.opened_on else ""}
    return (
        Fact(
            _("Answers until"),
            german.day(survey.closes_on) if survey.closes_on else _("not said yet"),
            note=gettext("sent on %(day)s") % days if survey.opened_on else "",
        ),
        Fact(_("Answers stand"), named if survey.is_named else unnamed),
        Fact(_("Returned answers"), return_text(returned), note=rate_text(returned) if returned.asked else ""),
        *([Fact(_("Mails on their way"), german.number(waiting))] if waiting else []),
        *([_version_fact(survey, follower_of(survey))]),
    )


def _version_fact(survey: Survey, follower: int | None) -> Fact:
    said = gettext("version %(number)s") % {"number": survey.version}
    if follower is not None:
        return Fact(_("Version"), said, note=_("there is a newer one"), url=reverse("surveys:survey", args=[follower]))
    before = reverse("surveys:survey", args=[survey.follows_id]) if survey.follows_id else ""
    return Fact(_("Version"), said, note=_("leads to the one before") if before else "", url=before)


def _line(question: Question, survey: Survey, *, keeps: bool) -> QuestionLine:
    badges = []
    if question.is_required:
        badges.append(Badge(_("must be answered"), Tone.INFO))
    if question.is_need:
        badges.append(Badge(_("may become needs"), Tone.SUCCESS))
    args = [question.pk]
    is_kept = keeps and survey.is_draft
    return QuestionLine(
        question.text,
        _asked(question),
        tuple(option.text for option in question.options.all()),
        tuple(badges),
        reverse("surveys:change_question", args=args) if is_kept else "",
        reverse("surveys:move_question", args=args) if is_kept else "",
        reverse("surveys:remove_question", args=args) if is_kept else "",
    )


def _asked(question: Question) -> str:
    said = str(question.get_kind_display())
    if question.kind in (QuestionKind.SCALE, QuestionKind.NUMBER) and question.most is not None:
        return gettext("%(kind)s, %(least)s to %(most)s") % {
            "kind": said, "least": question.least if question.least is not None else "–", "most": question.most,
        }  # fmt: skip
    return said


def _by_place(survey: Survey) -> Table:
    columns = (
        Column(_("Municipality")), Column(_("Asked"), is_numeric=True), Column(_("Have answered"), is_numeric=True),
        Column(_("Return rate"), is_numeric=True),
    )  # fmt: skip
    rows = tuple(_place_row(survey, place, returned) for place, returned in returns_by_place(survey))
    return Table(_("Return by municipality"), columns, rows, is_caption_hidden=True)


def _place_row(survey: Survey, place: Municipality | None, returned: Return) -> Row:
    address = reverse("surveys:addressees", args=[survey.pk])
    name = Cell(place.name, f"{address}?municipality={place.pk}") if place else Cell(_("no municipality"))
    counts = (Cell(german.number(returned.asked)), Cell(german.number(returned.answered)))
    return Row((name, *counts, Cell(rate_text(returned))))
