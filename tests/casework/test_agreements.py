"""The plan of goals: frozen, printed in two languages, signed once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from kimwerk.access.actors import Actor
from kimwerk.casework.models import Agreement, Case
from kimwerk.casework.pdf import languages, render_plan
from kimwerk.casework.services import CaseRefused
from kimwerk.casework.services.agreeing import make_agreement, paper_of, sign_agreement
from kimwerk.casework.services.planning import agree_goal, plan_step
from kimwerk.casework.services.reminding import end_of_chance
from kimwerk.casework.types import GoalFacts, StepFacts, StepOwner
from tests.casework.cases import running
from tests.cast import Cast

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]
DAY = date(2022, 3, 10)


@pytest.fixture
def case(cast: Cast, act_as: Act) -> Case:
    """A case with a goal and a step."""
    frieda = act_as(cast.actor("frieda"))
    case = running(cast, frieda)
    goal = agree_goal(actor=frieda, case=case, facts=GoalFacts("Я хочу працювати", "Ein Praktikum", DAY))
    plan_step(actor=frieda, goal=goal, facts=StepFacts("Lebenslauf schreiben", StepOwner.CLIENT, date(2022, 4, 1)))
    return case


def test_every_language_has_the_same_words() -> None:
    german = set(languages()["de"])
    assert {key: set(words) for key, words in languages().items()} == dict.fromkeys(languages(), german)


@pytest.mark.parametrize("language", ["en", "fr", "tr", "uk", "ru"])
def test_a_plan_is_printed_in_german_and_another_language(cast: Cast, case: Case, language: str) -> None:
    agreement = make_agreement(actor=cast.actor("frieda"), case=case, language=language, agreed_on=DAY)
    paper = paper_of(agreement)
    assert paper.startswith(b"%PDF-1.")
    assert b"pdfuaid:part" in paper, "it says that it is accessible"
    assert paper == paper_of(agreement), "equal contents give equal bytes"


def test_a_plan_that_cannot_be_set_says_so() -> None:
    with pytest.raises(RuntimeError):
        render_plan({"made_at": 0})


def test_a_plan_needs_a_goal_and_a_known_language(cast: Cast, act_as: Act, case: Case) -> None:
    frieda = act_as(cast.actor("frieda"))
    with pytest.raises(CaseRefused):
        make_agreement(actor=frieda, case=case, language="de", agreed_on=DAY)
    with pytest.raises(CaseRefused):
        make_agreement(actor=frieda, case=running(cast, frieda), language="uk", agreed_on=DAY)


def test_a_signed_plan_never_changes(cast: Cast, case: Case) -> None:
    frieda = cast.actor("frieda")
    agreement = make_agreement(actor=frieda, case=case, language="uk", agreed_on=DAY)
    with pytest.raises(CaseRefused):
        sign_agreement(actor=frieda, agreement=agreement, signed_on=date(2022, 3, 9), copy_handed_out=True)
    sign_agreement(actor=frieda, agreement=agreement, signed_on=DAY, copy_handed_out=True)
    with pytest.raises(PermissionDenied):
        sign_agreement(actor=frieda, agreement=agreement, signed_on=DAY, copy_handed_out=False)
    with pytest.raises(IntegrityError, match="signed once"), transaction.atomic():
        Agreement.objects.update(copy_handed_out=False)


def test_a_plan_is_made_signed_and_read_on_pages(cast: Cast, case: Case, sign_in: SignIn) -> None:
    frieda, base = sign_in("frieda"), f"/faelle/{case.pk}"
    answer = frieda.post(f"{base}/vereinbarung/", {"language": "uk", "agreed_on": "2022-03-10"})
    assert answer.status_code == 302
    sign = answer["Location"]
    assert "zielvereinbarung.pdf" in frieda.get(sign).content.decode()
    paper = frieda.get(f"{sign}zielvereinbarung.pdf")
    assert paper["Content-Type"] == "application/pdf"
    assert paper["Cache-Control"] == "no-store"
    assert sign_in("mehmet").get(f"{sign}zielvereinbarung.pdf").status_code == 404
    assert frieda.post(sign, {"signed_on": "2022-03-10", "copy_handed_out": "on"}).status_code == 302
    assert "von beiden unterschrieben am 10.03.2022" in " ".join(frieda.get(f"{base}/ziele/").content.decode().split())
    assert frieda.get(sign).status_code == 404


@pytest.mark.parametrize(
    ("granted", "end"),
    [
        (date(2023, 1, 1), date(2024, 6, 30)),
        (date(2022, 8, 31), date(2024, 2, 28)),
        (date(2023, 7, 15), date(2025, 1, 14)),
        (date(2022, 12, 31), date(2024, 6, 29)),
    ],
)
def test_eighteen_months_end_on_the_day_before(granted: date, end: date) -> None:
    assert end_of_chance(granted) == end
