"""The plan of goals: frozen, printed in two languages, signed once."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from kimwerk.access.actors import Actor
from kimwerk.casework.models import Agreement, Case
from kimwerk.casework.plan_words import languages
from kimwerk.casework.referral_types import ReferralChannel
from kimwerk.casework.selectors.agreements import FrozenPlan
from kimwerk.casework.selectors.referrals import sent_referral
from kimwerk.casework.services import CaseRefused
from kimwerk.casework.services.agreeing import make_agreement, sign_agreement
from kimwerk.casework.services.planning import agree_goal, plan_step
from kimwerk.casework.services.referrals import send_referral
from kimwerk.casework.services.reminding import end_of_chance
from kimwerk.casework.types import GoalFacts, Signatures, StepFacts, StepOwner
from kimwerk.casework.web.plan_paper import paper_of, set_plan
from kimwerk.casework.web.referrals.slip import set_slip, slip_of
from kimwerk.persons.selectors import person_card
from tests.casework.cases import running
from tests.casework.referring import referral_facts
from tests.cast import Cast
from tests.reporting.verapdf import broken_rules_of

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]
DAY = date(2022, 3, 10)
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


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
    assert {key for key, words in languages().items() if words["dir"] == "rtl"} == {"ar", "fa"}


ARABIC = {"NotoSansArabic-Regular", "NotoSansArabic-Bold"}


def fonts_of(paper: pikepdf.Pdf) -> set[str]:
    """The fonts of a paper, without the mark of a subset."""
    found = (each.get("/BaseFont") for each in paper.objects if isinstance(each, pikepdf.Dictionary))
    return {str(name).rpartition("+")[2].removesuffix("-Identity-H") for name in found if name is not None}


@pytest.mark.java
def test_plan_and_slip_are_accessible_papers_in_every_direction(
    cast: Cast, case: Case, act_as: Act, tmp_path: Path
) -> None:
    """PDF/UA-1 and PDF/A-3a: plans in three scripts, one signed on the screen, and slips."""
    frieda = cast.actor("frieda")
    papers: dict[str, bytes] = {}
    for language in ("uk", "ar", "fa"):
        agreement = make_agreement(actor=frieda, case=case, language=language, agreed_on=DAY)
        papers[language] = paper_of(agreement)
        assert papers[language] == paper_of(agreement), "equal contents give equal bytes"
    drawn = Signatures(PICTURE, PICTURE)
    sign_agreement(actor=frieda, agreement=agreement, signed_on=DAY, copy_handed_out=True, drawn=drawn)
    papers["signed"] = paper_of(Agreement.objects.get(pk=agreement.pk))
    referral = send_referral(
        actor=frieda, case=case, facts=referral_facts(cast, channel=ReferralChannel.SLIP, categories=(), concern="")
    )
    found = sent_referral(frieda, referral.pk)
    card = person_card(frieda, case.person_id) if case.person_id else None
    assert found
    assert card
    for language in ("ukr", "ara"):
        papers[f"slip-{language}"] = set_slip(slip_of(found, replace(card, interpreter_key=language)))
    files = [tmp_path / f"{name}.pdf" for name in papers]
    for file, paper in zip(files, papers.values(), strict=True):
        file.write_bytes(paper)
    verdicts = broken_rules_of(files, "PDFUA-1", "PDFA-3A")
    assert verdicts == {file.name: {"PDFUA-1": [], "PDFA-3A": []} for file in files}
    for name in ("ar", "fa", "slip-ara"):
        with pikepdf.open(tmp_path / f"{name}.pdf") as paper:
            assert fonts_of(paper) & ARABIC, name


def test_a_plan_that_cannot_be_set_says_so() -> None:
    with pytest.raises(RuntimeError):
        set_plan(FrozenPlan({"made_at": 0}))


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


def test_both_sign_on_the_screen_or_nobody_does(cast: Cast, case: Case, sign_in: SignIn) -> None:
    agreement = make_agreement(actor=cast.actor("frieda"), case=case, language="ar", agreed_on=DAY)
    unsigned = paper_of(agreement)
    frieda, url = sign_in("frieda"), f"/faelle/{case.pk}/vereinbarung/{agreement.pk}/"
    assert "data-signature" in frieda.get(url).content.decode()
    picture = "data:image/png;base64," + base64.b64encode(PICTURE).decode()
    form = {"signed_on": "2022-03-10", "how": "screen", "drawn_person": picture}
    for missing in ("", "data:image/png;base64,bm8=", "!"):
        refused = frieda.post(url, form | {"drawn_counsellor": missing})
        assert refused.status_code == 422
        assert "Unterschreiben Sie beide in den Feldern" in refused.content.decode()
    assert frieda.post(url, form | {"drawn_counsellor": picture}).status_code == 302
    agreement.refresh_from_db()
    assert agreement.is_signed_on_screen
    assert PICTURE not in bytes(agreement.signature_person)
    assert paper_of(agreement) != unsigned
    other = make_agreement(actor=cast.actor("frieda"), case=case, language="uk", agreed_on=DAY)
    with pytest.raises(IntegrityError, match="signed_by_both"), transaction.atomic():
        Agreement.objects.filter(pk=other.pk).update(signed_on=DAY, signature_person=b"x")


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
    assert frieda.post(sign, {"signed_on": "2022-03-10", "how": "paper", "copy_handed_out": "on"}).status_code == 302
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
