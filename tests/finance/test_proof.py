"""The proof of use: what is in it, what is found twice, and its two files."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.finance.calculation.execution import execution_of
from kimwerk.finance.calculation.lines import Assumptions, Basis, Line, Side
from kimwerk.finance.calculation.posts import Held
from kimwerk.finance.calculation.proof import DoubleKind, Voucher, double_funding
from kimwerk.finance.calculation.rules import RuleBook
from kimwerk.finance.calculation.table import table_of
from kimwerk.finance.models import HandedInProof, ProofReport
from kimwerk.finance.paper.freezing import changes, frozen, hash_of, thawed
from kimwerk.finance.paper.tables import Paper, PaperCell, PaperTable
from kimwerk.finance.services.bookings import apply_upload, read_upload
from kimwerk.finance.services.plans import PlanPostFacts, keep_plan_post
from kimwerk.kernel.fte import Fte
from kimwerk.kernel.money import Money
from kimwerk.kernel.periods import Period
from kimwerk.staffing.reckoning import PostKind
from tests.cast import Cast
from tests.finance.test_bookings import bring_in
from tests.finance.test_plans import a_plan, fiona
from tests.reporting.verapdf import broken_rules

__all__ = ["fiona"]

SignIn = Callable[[str], Client]
PERSONNEL = Line("p", "Personal", Side.EXPENDITURE, Basis.LUMP_SUM, {2022: Decimal(100)}, is_personnel=True)
LAND = Line("l", "Land", Side.INCOME, Basis.LUMP_SUM, {2022: Decimal(80)}, is_personnel=True)


def held(title: str, **more: tuple[Period, ...]) -> Held:
    year = (Period.year(2022),)
    return Held(title, title, "CM", PostKind.CASE_MANAGEMENT, Fte(1), year, **more)  # type: ignore[arg-type]  # only days


def test_vouchers_posts_and_amounts_that_are_there_twice_are_found() -> None:
    posts = (held("A"), held("B", funded_elsewhere=(Period.quarter(2022, 1),)))
    table = table_of(2022, [PERSONNEL, LAND], Assumptions(posts, RuleBook(())))
    done = execution_of(table, {("p", 1): Money(50), ("l", 1): Money(60)})
    spent = [
        Voucher(1, "p", Side.EXPENDITURE, "R-1", Money(50)), Voucher(2, "x", Side.EXPENDITURE, "R-1", Money(50)),
        Voucher(1, "p", Side.EXPENDITURE, "R-2", Money(5)), Voucher(1, "q", Side.EXPENDITURE, "R-2", Money(5)),
        Voucher(1, "p", Side.EXPENDITURE, "R-3", Money(5)), Voucher(2, "x", Side.EXPENDITURE, "R-3", Money(6)),
        Voucher(2, "x", Side.EXPENDITURE, "R-4", Money(5)), Voucher(3, "x", Side.EXPENDITURE, "R-4", Money(5)),
    ]  # fmt: skip
    found = double_funding(done, 1, spent, posts, (), {"A": [Period.month(2022, 2)]})
    assert [(each.kind, each.subject, each.amount, each.months) for each in found] == [
        (DoubleKind.VOUCHER_IN_TWO_PLANS, "R-1", Money(50), None),
        (DoubleKind.VOUCHER_ON_TWO_LINES, "R-2", Money(5), None),
        (DoubleKind.PASSED_ON_TOO, "A", None, Fraction(1)),
        (DoubleKind.ABOVE_COST, "", Money(10), None),
        (DoubleKind.TAKEN_OFF, "B", None, Fraction(3)),
    ]


def test_the_proof_is_a_workbook_and_an_accessible_paper(
    fiona: Actor, cast: Cast, sign_in: SignIn, tmp_path: Path
) -> None:
    plan = a_plan(fiona, cast)
    bring_in(fiona, plan)
    client = sign_in("fiona")
    text = {"text": "Die Mittel wurden für drei Stellen verwendet.\n\nNichts blieb übrig.", "due_on": "2023-03-31"}
    page = client.post(reverse("finance:proof_report", args=[plan.pk, 2022]), text, follow=True).content.decode()
    assert "Fällig am 31.03.2023" in page
    assert "10.000,00\N{NO-BREAK SPACE}€ über dem, was das Personal gekostet hat" in page
    assert ProofReport.objects.get().year == 2022
    file = client.get(reverse("finance:proof_file", args=[plan.pk, 2022, "xlsx"]))
    book = openpyxl.load_workbook(io.BytesIO(file.content))
    assert book.sheetnames == [
        "Zahlenmäßiger Nachweis", "Stellen mit ihren Monaten", "Belegliste", "Prüfung auf Doppelförderung",
        "Sachbericht",
    ]  # fmt: skip
    numbers = {row[0]: row[1:4] for row in book["Zahlenmäßiger Nachweis"].iter_rows(values_only=True)}
    assert numbers["Personal"] == (180_000, 30_000, -150_000)
    assert numbers["Eigenanteil"] == (51_000, -9_899.90, -60_899.90)
    assert [row[2] for row in book["Belegliste"].iter_rows(values_only=True)][-1] == "L-1"
    months = {row[0]: row[4] for row in book["Stellen mit ihren Monaten"].iter_rows(values_only=True)}
    assert months["Stelle 1"] == "12"
    paper = client.get(reverse("finance:proof_file", args=[plan.pk, 2022, "pdf"])).content
    path = tmp_path / "nachweis.pdf"
    path.write_bytes(paper)
    assert broken_rules(path, "PDFUA-1", "PDFA-3A") == {"PDFUA-1": [], "PDFA-3A": []}
    assert client.get(reverse("finance:proof_file", args=[plan.pk, 2021, "pdf"])).status_code == 404
    assert client.get(reverse("finance:proof_file", args=[plan.pk, 2022, "doc"])).status_code == 404


CELLS = st.one_of(
    st.integers(-(10**9), 10**9),
    st.dates(),
    st.text(max_size=5),
    st.decimals(-(10**9), 10**9, places=2, allow_nan=False),
)


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=3), text=st.text(max_size=5))
def test_a_kept_paper_is_the_same_paper(rows: list[tuple[PaperCell, ...]], text: str) -> None:
    tables = (PaperTable("Belege", ("A", "B"), tuple(rows), frozenset({1}), named_by=(0, 1)),)
    paper = Paper("Nachweis", "Kreis", datetime(2023, 3, 31, 12, tzinfo=UTC), ("2022",), tables, "Bericht", text)
    kept = json.loads(json.dumps(frozen(paper)))
    assert thawed(kept) == paper
    assert hash_of(kept) == hash_of(frozen(paper))
    assert changes(thawed(kept), paper) == ()


def test_a_proof_stays_as_it_was_handed_in_and_the_page_says_what_has_changed_since(
    fiona: Actor, cast: Cast, sign_in: SignIn
) -> None:
    plan = a_plan(fiona, cast)
    bring_in(fiona, plan)
    client = sign_in("fiona")
    sent = client.post(reverse("finance:hand_in", args=[plan.pk, 2022]), {"on": "2023-03-31"}, follow=True)
    assert "Seitdem hat sich nichts geändert." in sent.content.decode()
    kept = HandedInProof.objects.get()
    url = reverse("finance:handed_in_file", args=[kept.pk, "xlsx"])
    before = sheets_of(client.get(url).content)
    post = plan.posts.get(title="Stelle 1")
    facts = PlanPostFacts("Stelle 1", post.group, PostKind.CASE_MANAGEMENT, Decimal(1), Decimal(1), date(2022, 7, 1))
    keep_plan_post(actor=fiona, plan=plan, facts=facts, post=post)
    later = b"Datum;Betrag;Beleg;Zeile\n30.06.2022;12,34;P-99;Personal\n"
    apply_upload(
        actor=fiona, upload=read_upload(actor=fiona, plan=plan, year=2022, file_name="spaeter.csv", content=later)
    )
    page = client.get(reverse("finance:proof", args=[plan.pk]), {"year": 2022}).content.decode()
    assert "Eingereicht am 31.03.2023" in page
    assert "Belegliste: Personal · P-99 ist neu." in page
    assert "Stellen mit ihren Monaten, Stelle 1: Monate ist jetzt 6, nicht mehr 12." in page
    assert "Personal: Gebucht ist jetzt 30.012,34, nicht mehr 30.000,00." in page
    assert sheets_of(client.get(url).content) == before
    with pytest.raises(DatabaseError), transaction.atomic():
        HandedInProof.objects.update(year=2023)
    set_actor(cast.actor("lena").account_id)
    assert not HandedInProof.objects.exists()


def sheets_of(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_the_proof_is_made_by_who_keeps_the_money(fiona: Actor, cast: Cast, sign_in: SignIn) -> None:
    plan = a_plan(fiona, cast)
    for role in ("lena", "karin"):
        assert sign_in(role).get(reverse("finance:proof", args=[plan.pk])).status_code in {403, 404}
