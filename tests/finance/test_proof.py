"""The proof of use: what is in it, what is found twice, and its two files."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
from django.test import Client
from django.urls import reverse

from kimwerk.access.actors import Actor
from kimwerk.finance.calculation.execution import execution_of
from kimwerk.finance.calculation.lines import Assumptions, Basis, Line, Side
from kimwerk.finance.calculation.posts import Held
from kimwerk.finance.calculation.proof import DoubleKind, Voucher, double_funding
from kimwerk.finance.calculation.rules import RuleBook
from kimwerk.finance.calculation.table import table_of
from kimwerk.finance.models import ProofReport
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
    text = {
        "text": "Die Mittel wurden für drei Stellen verwendet.\n\nNichts blieb übrig.",
        "handed_in_on": "2023-03-31",
    }
    page = client.post(reverse("finance:proof_report", args=[plan.pk, 2022]), text, follow=True).content.decode()
    assert "Eingereicht am 31.03.2023" in page
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


def test_the_proof_is_made_by_who_keeps_the_money(fiona: Actor, cast: Cast, sign_in: SignIn) -> None:
    plan = a_plan(fiona, cast)
    for role in ("lena", "karin"):
        assert sign_in(role).get(reverse("finance:proof", args=[plan.pk])).status_code in {403, 404}
