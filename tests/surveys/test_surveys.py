"""Surveys: written, sent by links that answer once, told without small counts, and turned into needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kimwerk.access.actors import Actor
from kimwerk.access.walls import name_link, set_actor
from kimwerk.accounts.tokens import LinkState
from kimwerk.kernel.figures import FigureQuery
from kimwerk.kernel.periods import Period
from kimwerk.needs.models import Need
from kimwerk.needs.services import take_answers
from kimwerk.surveys.due import due_items
from kimwerk.surveys.figures import FIGURES
from kimwerk.surveys.letters import letter_writer
from kimwerk.surveys.models import Answer, Invitation, Option, Question, Response, Survey
from kimwerk.surveys.selectors.results import results_of
from kimwerk.surveys.selectors.surveys import questions_of, returns_of
from kimwerk.surveys.services.answering import answer_by_link, enter_answers, find_survey
from kimwerk.surveys.services.drafting import (
    change_survey,
    keep_question,
    move_question,
    remove_question,
    write_next_version,
    write_survey,
)
from kimwerk.surveys.services.sending import close_survey, invite, open_survey, prolong, remind, send_links
from kimwerk.surveys.types import (
    Addressee,
    Given,
    QuestionFacts,
    QuestionKind,
    SurveyFacts,
    SurveysProblem,
    SurveysRefused,
    SurveyState,
)
from tests.cast import Cast

Act = Callable[[Actor], Actor]
COUNTY = "Rhein-Sieg-Kreis"
SITE = "https://kimwerk.example"
TODAY = timezone.localdate()
FACTS = SurveyFacts("Bedarfsabfrage der Kitas", "Wir planen Angebote.", TODAY + timedelta(days=14))
ASKED = (
    QuestionFacts(QuestionKind.SINGLE, "Wünschen Sie eine Schulung?", is_required=True, options=("Ja", "Nein")),
    QuestionFacts(QuestionKind.SEVERAL, "Welche Themen?", options=("Mehrsprachiges Aufwachsen", "Trauma")),
    QuestionFacts(QuestionKind.SCALE, "Wie dringend?", least=1, most=5, least_label="gar nicht", most_label="sehr"),
    QuestionFacts(QuestionKind.NUMBER, "Wie viele Gruppen?", least=0, most=20),
    QuestionFacts(QuestionKind.TEXT, "Was fehlt Ihnen?", is_need=True),
)


@pytest.fixture
def kim(cast: Cast, act_as: Act) -> Actor:
    return act_as(cast.actor("kim"))


def written(actor: Actor, cast: Cast, *, is_named: bool = True) -> Survey:
    facts = replace(FACTS, is_named=is_named)
    survey = write_survey(actor=actor, organisation_id=cast.organisations[COUNTY], facts=facts)
    for asked in ASKED:
        keep_question(actor=actor, survey=survey, facts=asked)
    return survey


def addressees(cast: Cast, count: int) -> list[Addressee]:
    towns = (cast.municipalities["Siegburg"], cast.municipalities["Hennef (Sieg)"])
    return [Addressee(f"Kita Muster {n}", f"kita-{n}@kimwerk.example", towns[n % 2]) for n in range(count)]


def tokens_of(letters: list[mail.EmailMessage]) -> list[str]:
    return [str(each.body).split()[-1].rstrip("/").split("/")[-1] for each in letters]


def sent(actor: Actor, cast: Cast, count: int, *, is_named: bool = True) -> tuple[Survey, list[str]]:
    """A survey that was sent, and the secrets of its links."""
    survey = written(actor, cast, is_named=is_named)
    invite(actor=actor, survey=survey, addressees=addressees(cast, count))
    opened = open_survey(actor=actor, survey=survey, today=TODAY)
    before = len(mail.outbox)
    done = send_links(actor=actor, survey_id=survey.pk, write=letter_writer(SITE))
    assert (done.count, done.failed) == (count, ())
    return opened, tokens_of(mail.outbox[before:])


def answers(survey: Survey, *, choice: int = 0, words: str = "") -> list[Given]:
    single, several, scale, number, text = questions_of(survey)
    options = [option.pk for option in single.options.all()]
    return [
        Given(single.pk, options=(options[choice],)),
        Given(several.pk, options=tuple(option.pk for option in several.options.all())),
        Given(scale.pk, number=4),
        Given(number.pk, number=3),
        Given(text.pk, text=words),
    ]


def test_what_was_sent_is_never_changed_and_the_next_version_follows_it(kim: Actor, cast: Cast) -> None:
    draft = written(kim, cast)
    first, second = questions_of(draft)[:2]
    move_question(actor=kim, question=second)
    assert [each.pk for each in questions_of(draft)][:2] == [second.pk, first.pk]
    with pytest.raises(SurveysRefused) as refused:
        keep_question(actor=kim, survey=draft, facts=QuestionFacts(QuestionKind.SINGLE, "Ja?", options=("Ja", "Ja")))
    assert refused.value.problem is SurveysProblem.FEW_OPTIONS
    for least, most in ((5, 1), (0, 50), (None, 5)):
        with pytest.raises(SurveysRefused):
            scale = QuestionFacts(QuestionKind.SCALE, "Wie sehr?", least=least, most=most)
            keep_question(actor=kim, survey=draft, facts=scale)
    survey, _tokens = sent(kim, cast, 1)
    asked = questions_of(survey)[0]
    for errand in (
        lambda: keep_question(actor=kim, survey=survey, facts=ASKED[0], question=asked),
        lambda: remove_question(actor=kim, question=asked),
        lambda: move_question(actor=kim, question=questions_of(survey)[1]),
        lambda: change_survey(actor=kim, survey=survey, facts=FACTS),
        lambda: open_survey(actor=kim, survey=survey, today=TODAY),
    ):
        with pytest.raises(SurveysRefused) as refused:
            errand()
        assert refused.value.problem is SurveysProblem.SENT
    for change in (
        lambda: Question.objects.filter(survey=survey).update(text="Anders?"),
        lambda: Question.objects.filter(pk=asked.pk).update(survey=draft, position=9),
        lambda: Option.objects.filter(question=asked).delete(),
        lambda: Option.objects.create(question=asked, position=3, text="Vielleicht"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    after = write_next_version(actor=kim, survey=survey)
    assert (after.version, after.state, after.follows_id) == (2, SurveyState.DRAFT, survey.pk)
    assert [each.text for each in questions_of(after)] == [each.text for each in ASKED]
    with pytest.raises(SurveysRefused):
        write_next_version(actor=kim, survey=survey)


def test_a_survey_is_sent_with_questions_and_a_deadline_only(kim: Actor, cast: Cast) -> None:
    home = cast.organisations[COUNTY]
    empty = write_survey(actor=kim, organisation_id=home, facts=FACTS)
    late = written(kim, cast)
    change_survey(actor=kim, survey=late, facts=replace(FACTS, closes_on=TODAY - timedelta(days=1)))
    for survey, problem in ((empty, SurveysProblem.NO_QUESTION), (late, SurveysProblem.NO_DEADLINE)):
        with pytest.raises(SurveysRefused) as refused:
            open_survey(actor=kim, survey=survey, today=TODAY)
        assert refused.value.problem is problem
    with pytest.raises(SurveysRefused):
        invite(actor=kim, survey=empty, addressees=[])


def test_a_link_answers_once_and_shows_nothing_else(kim: Actor, cast: Cast) -> None:
    survey, (token, _other) = sent(kim, cast, 2)
    foreign, given = written(kim, cast), answers(survey)
    other = answers(survey, choice=1)
    set_actor(None)
    assert find_survey("falsch").state is LinkState.GONE
    assert find_survey(token).state is LinkState.OPEN
    assert list(Survey.objects.values_list("pk", flat=True)) == [survey.pk]
    assert Question.objects.filter(survey=foreign).count() == 0
    assert Invitation.objects.count() == 1, "who else is asked stays hidden"
    assert answer_by_link(token=token, given=given).state is LinkState.OPEN
    assert answer_by_link(token=token, given=other).state is LinkState.USED
    assert (Response.objects.count(), Answer.objects.count()) == (0, 0), "not even one's own answer is read by a link"
    with pytest.raises(Exception, match="row-level security"), transaction.atomic():
        Response.objects.create(survey=survey, organisation_id=survey.organisation_id, answered_on=TODAY)
    set_actor(kim.account_id)
    response = Response.objects.get()
    assert response.invitation is not None
    assert response.municipality_id == cast.municipalities["Siegburg"]
    assert Answer.objects.filter(response=response).count() == 5, "no words were given, and two topics"
    for change in (lambda: Answer.objects.update(text="x"), lambda: Response.objects.all().delete()):
        change()
    assert Answer.objects.filter(response=response, text="").count() == 5


def test_answers_on_paper_are_entered_once_and_the_mailed_link_answers_no_more(
    kim: Actor, cast: Cast, act_as: Act, sign_in: Callable[[str], Client]
) -> None:
    survey, tokens = sent(kim, cast, 3)
    asked = Invitation.objects.get(name="Kita Muster 1")
    office, url = sign_in("kim"), reverse("surveys:enter_answers", args=[asked.pk])
    assert url in office.get(reverse("surveys:addressees", args=[survey.pk])).content.decode()
    single, several, scale, number, text = questions_of(survey)
    paper = {
        f"q{single.pk}": str(single.options.all()[0].pk), f"q{several.pk}": str(several.options.all()[1].pk),
        f"q{scale.pk}": "4", f"q{number.pk}": "3", f"q{text.pk}": "Ein Raum",
    }  # fmt: skip
    assert office.post(url, {**paper, f"q{single.pk}": ""}).status_code == 200, "what must be answered is asked for"
    assert office.post(url, paper).status_code == 302
    act_as(cast.actor("kim"))
    response = Response.objects.get()
    assert response.invitation_id == asked.pk
    assert Answer.objects.filter(response=response).count() == 5
    assert office.get(url).status_code == 404, "nobody answers twice"
    late = office.post(url, {**paper, f"q{text.pk}": "Eine Küche"}).content.decode()
    assert "hat inzwischen geantwortet" in late
    assert "Eine Küche" in late, "what was typed stays"
    act_as(cast.actor("kim"))
    with pytest.raises(SurveysRefused) as refused:
        enter_answers(actor=kim, invitation=asked, given=answers(survey))
    assert refused.value.problem is SurveysProblem.ANSWERED
    assert sign_in("frieda").get(url).status_code == 404
    set_actor(None)
    states = sorted(find_survey(token).state for token in tokens)
    assert states == sorted([LinkState.OPEN, LinkState.OPEN, LinkState.GONE])
    closed_for = act_as(cast.actor("kim"))
    close_survey(actor=closed_for, survey=survey, today=TODAY)
    with pytest.raises(SurveysRefused) as refused:
        enter_answers(actor=kim, invitation=Invitation.objects.silent()[0], given=answers(survey))
    assert refused.value.problem is SurveysProblem.NOT_OPEN


def test_an_anonymous_answer_hangs_on_nobody(kim: Actor, cast: Cast) -> None:
    survey, (token, *_others) = sent(kim, cast, 3, is_named=False)
    given = answers(survey)
    set_actor(None)
    answer_by_link(token=token, given=given)
    set_actor(kim.account_id)
    response = Response.objects.get()
    assert (response.invitation_id, response.municipality_id) == (None, None)
    assert returns_of([survey])[survey.pk].answered == 1


def test_a_reminder_replaces_the_link_of_those_who_are_silent(kim: Actor, cast: Cast) -> None:
    survey, (first, second) = sent(kim, cast, 2)
    given = answers(survey)
    set_actor(None)
    answer_by_link(token=first, given=given)
    set_actor(kim.account_id)
    assert remind(actor=kim, survey=survey, today=TODAY) == 1
    before = len(mail.outbox)
    assert send_links(actor=kim, survey_id=survey.pk, write=letter_writer(SITE)).count == 1
    (letter,) = mail.outbox[before:]
    assert letter.subject == "Erinnerung: Bedarfsabfrage der Kitas"
    assert send_links(actor=kim, survey_id=survey.pk, write=letter_writer(SITE)).count == 0, "each mail goes out once"
    states = [find_survey(token).state for token in (first, second, *tokens_of([letter]))]
    assert states == [LinkState.USED, LinkState.GONE, LinkState.OPEN]
    close_survey(actor=kim, survey=survey, today=TODAY)
    assert find_survey(tokens_of([letter])[0]).state is LinkState.OVER
    with pytest.raises(SurveysRefused):
        remind(actor=kim, survey=survey, today=TODAY)
    prolong(actor=kim, survey=survey, closes_on=TODAY, today=TODAY)
    assert find_survey(tokens_of([letter])[0]).state is LinkState.OPEN


def test_mails_that_could_not_be_sent_wait_for_the_next_turn(
    kim: Actor, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = written(kim, cast)
    invite(actor=kim, survey=survey, addressees=addressees(cast, 3))
    open_survey(actor=kim, survey=survey, today=TODAY)
    with monkeypatch.context() as patched:
        patched.setattr("kimwerk.surveys.services.sending.send_letters", lambda letters: (letters[0].address,))
        first = send_links(actor=kim, survey_id=survey.pk, write=letter_writer(SITE))
    assert (first.count, first.failed) == (2, ("kita-0@kimwerk.example",))
    assert send_links(actor=kim, survey_id=survey.pk, write=letter_writer(SITE)).count == 1


def test_results_withhold_small_counts_and_figures_say_the_same(
    kim: Actor, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    survey, tokens = sent(kim, cast, 9)
    yes, no = answers(survey), answers(survey, choice=1)
    set_actor(None)
    for number, token in enumerate(tokens[:8]):
        answer_by_link(token=token, given=no if number == 7 else yes)
    set_actor(kim.account_id)
    with django_assert_num_queries(5):
        single, several, scale, number, text = results_of(survey)
    assert [line.count for line in single.lines] == [None, None], "seven and one would tell the one by the sum"
    assert [line.count for line in several.lines] == [8, 8]
    assert [line.count for line in scale.lines] == [0, 0, 0, 8, 0]
    assert scale.numbers
    assert scale.numbers.mean == 4
    assert number.numbers
    assert number.numbers.total == 24
    assert text.answered == 0
    asked, given = FIGURES
    window = Period(TODAY - timedelta(days=1), TODAY + timedelta(days=1))
    only = {"survey": (str(survey.pk),)}
    returned = asked.compute(kim, FigureQuery(window, by=("survey_return",), only=only))
    assert returned.cells == {("answered",): 8, ("silent",): 1}
    wanted = only | {"survey_question": (str(single.question.pk),)}
    counted = given.compute(kim, FigureQuery(window, by=("survey_answer",), only=wanted))
    assert counted.cells == {("withheld",): 8}
    by_place = given.compute(kim, FigureQuery(window, by=("survey_municipality",), only=only))
    assert by_place.total == 8 + 16 + 8
    assert {member.label for member in by_place.axes[0].members} == {"Siegburg", "Hennef (Sieg)"}


def test_no_mean_stands_beside_counts_that_are_withheld(kim: Actor, cast: Cast) -> None:
    survey, tokens = sent(kim, cast, 6)
    given = [answers(survey)] * 5
    scale = given[0][2].question_id
    other = [each if each.question_id != scale else Given(scale, number=1) for each in given[0]]
    set_actor(None)
    for token, each in zip(tokens, [*given, other], strict=True):
        answer_by_link(token=token, given=each)
    set_actor(kim.account_id)
    result = next(each for each in results_of(survey) if each.question.pk == scale)
    assert result.is_short
    assert result.numbers is None


def test_an_answer_becomes_a_need_once(kim: Actor, cast: Cast) -> None:
    survey, (token, other) = sent(kim, cast, 2)
    short, long = (
        answers(survey, words="Dolmetschen beim Elternabend"),
        answers(survey, words="Es fehlt " + "viel " * 60),
    )
    set_actor(None)
    answer_by_link(token=token, given=short)
    answer_by_link(token=other, given=long)
    set_actor(kim.account_id)
    keys = [str(answer.pk) for answer in Answer.objects.exclude(text="")]
    taken = take_answers(actor=kim, survey=survey, answer_ids=keys)
    assert take_answers(actor=kim, survey=survey, answer_ids=keys) == []
    need = Need.objects.get(title="Dolmetschen beim Elternabend")
    assert (need.origin, need.occasion, need.named_on) == ("survey", survey.title, TODAY)
    assert need.municipality_id == cast.municipalities["Siegburg"]
    longest = max(taken, key=lambda each: len(each.text))
    assert longest.title.endswith("…")
    assert longest.text.startswith("Es fehlt viel")


def test_strangers_read_no_survey_and_readers_change_none(kim: Actor, cast: Cast, act_as: Act) -> None:
    survey, (token, _other) = sent(kim, cast, 2)
    given = answers(survey)
    set_actor(None)
    answer_by_link(token=token, given=given)
    name_link("")
    lena = act_as(cast.actor("lena"))
    assert Answer.objects.visible_to(lena).count() == 5
    with pytest.raises(PermissionDenied):
        close_survey(actor=lena, survey=survey, today=TODAY)
    assert send_links(actor=lena, survey_id=survey.pk, write=letter_writer(SITE)).count == 0
    for stranger in ("klara", "tomasz", "stefan", "arno"):
        act_as(cast.actor(stranger))
        counts = [m.objects.count() for m in (Survey, Question, Option, Invitation, Response, Answer)]
        assert counts == [0] * 6, stranger


def test_my_day_tells_which_survey_ends_and_which_is_over(kim: Actor, cast: Cast) -> None:
    survey, _tokens = sent(kim, cast, 2)
    assert due_items(kim) == ()
    prolong(actor=kim, survey=survey, closes_on=TODAY + timedelta(days=3), today=TODAY)
    (item,) = due_items(kim)
    assert (item.title, item.detail) == ("Erinnern: Bedarfsabfrage der Kitas", "Ohne Antwort: 2.")


def test_the_office_writes_and_sends_and_kindergartens_answer_on_the_page(
    kim: Actor,
    cast: Cast,
    sign_in: Callable[[str], Client],
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    office = sign_in("kim")
    until = (TODAY + timedelta(days=10)).isoformat()
    office.post(reverse("surveys:write"), {"title": "Abfrage", "closes_on": until, "is_named": "no"})
    survey = Survey.objects.get()
    question = reverse("surveys:add_question", args=[survey.pk])
    bad = office.post(question, {"text": "Was?", "kind": "single", "options": "Ja"}).content.decode()
    assert "mindestens zwei Antworten" in bad
    office.post(question, {"text": "Schulung?", "kind": "single", "options": "Ja\nNein", "is_required": "on"})
    office.post(question, {"text": "Was fehlt?", "kind": "text", "is_need": "on"})
    people = "\n".join(f"Kita {n}; kita{n}@kimwerk.example" for n in range(4))
    office.post(reverse("surveys:invite", args=[survey.pk]), {"others": people})
    assert "Schulung?" in office.get(reverse("surveys:preview", args=[survey.pk])).content.decode()
    office.post(reverse("surveys:send", args=[survey.pk]))
    assert len(mail.outbox) == 4
    link = str(mail.outbox[0].body).split()[-1].removeprefix("http://testserver")
    page = client.get(link).content.decode()
    assert "Ihre Antworten stehen ohne Namen" in page
    assert "Bitte nennen Sie keine Personen" in page
    assert "Schulung?" in page
    choice, words = questions_of(survey)
    kept = client.post(link, {f"q{words.pk}": "Frau Muster fehlt"})
    assert (kept.status_code, "Frau Muster fehlt" in kept.content.decode()) == (422, True)
    assert "nennen Sie niemanden" in kept.content.decode()
    yes = Option.objects.get(question=choice, text="Ja").pk
    thanks = client.post(link, {f"q{choice.pk}": str(yes), f"q{words.pk}": "=Dolmetschen"}).content.decode()
    assert "Ihre Antworten sind angekommen" in thanks
    again = client.post(link, {f"q{choice.pk}": str(yes)})
    assert (again.status_code, "schon beantwortet" in again.content.decode()) == (410, True)
    with django_assert_max_num_queries(16):
        shown = office.get(reverse("surveys:survey", args=[survey.pk])).content.decode()
    assert "1 von 4" in shown
    results = office.get(reverse("surveys:results", args=[survey.pk])).content.decode()
    assert "weniger als 3 haben geantwortet" in results
    assert "=Dolmetschen" in office.get(reverse("surveys:words", args=[words.pk])).content.decode()
    file = office.get(reverse("surveys:export_answers", args=[survey.pk])).content.decode("utf-8-sig")
    assert file.splitlines() == ["Schulung?;Was fehlt?", "Ja;'=Dolmetschen"]
    told = office.get(reverse("surveys:export", args=[survey.pk])).content.decode("utf-8-sig")
    assert told.splitlines()[1] == "Schulung?;Ja;zurückgehalten;–"
    reader = sign_in("frieda")
    assert reader.get(reverse("surveys:words", args=[words.pk])).status_code == 404
    assert reader.get(reverse("surveys:results", args=[survey.pk])).status_code == 200
    listed = office.get(reverse("surveys:addressees", args=[survey.pk]), {"answered": "no"}).content.decode()
    assert "kita3@kimwerk.example" in listed
    assert "kita0@kimwerk.example" not in listed
    office.post(
        reverse("needs:from_survey", args=[survey.pk]), {"results": str(Answer.objects.exclude(text="").get().pk)}
    )
    assert Need.objects.get().title == "=Dolmetschen"
    office.post(reverse("surveys:close", args=[survey.pk]))
    office.post(reverse("surveys:next_version", args=[survey.pk]))
    assert Survey.objects.filter(follows=survey).exists()
    assert "Abfrage" in office.get(reverse("surveys:surveys"), {"state": "closed"}).content.decode()
