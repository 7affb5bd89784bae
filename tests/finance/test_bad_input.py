"""What bad input gets: a sentence that names post, day and rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kimwerk.access.actors import Actor
from kimwerk.finance.services.plans import PlanPostFacts, keep_plan_post
from kimwerk.staffing.models import FundingLine
from kimwerk.staffing.reckoning import PostKind
from tests.cast import Cast
from tests.finance.test_bookings import workbook
from tests.finance.test_plans import a_plan, fiona

__all__ = ["fiona"]

SignIn = Callable[[str], Client]


def test_a_year_without_a_rule_and_a_share_too_small_are_named_with_days_and_rule(
    fiona: Actor, cast: Cast, sign_in: SignIn
) -> None:
    plan = a_plan(fiona, cast, years=4)
    small = Decimal("0.38")
    facts = PlanPostFacts("Stelle Bönen", "CM", PostKind.CASE_MANAGEMENT, small, small, date(2022, 1, 1))
    keep_plan_post(actor=fiona, plan=plan, facts=facts)
    client = sign_in("fiona")
    url = reverse("finance:funding", args=[plan.pk])
    without = client.get(url, {"year": 2024}).content.decode()
    assert "nichts, weil keine Regel eine solche Stelle in diesem Jahr fördert" in without
    assert "Ohne Regel: 01.01.2024 – 31.12.2024" in without
    too_small = client.get(url, {"year": 2025}).content.decode()
    assert "Stelle Bönen" in too_small
    assert "Der Mindestanteil ist 0,5: Richtlinie vom 12.12.2024" in too_small


def test_a_post_outside_its_funding_line_is_named_with_the_line_and_its_days(
    fiona: Actor, cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in("fiona")
    client.post(
        reverse("staffing:add_funding_line"),
        {"name": "Bescheid 2022", "first_day": "2022-01-01", "last_day": "2022-12-31"},
    )
    sent = {
        "name": "Stelle 4711", "kind": "case_management", "share": "1", "workplace": "county",
        "first_day": "2022-07-01", "last_day": "2023-03-31",
        "funding_line": str(FundingLine.objects.get(name="Bescheid 2022").pk),
    }  # fmt: skip
    body = client.post(reverse("staffing:add_post"), sent).content.decode()
    assert "Stelle 4711 liegt außerhalb des Zeitraums von Bescheid 2022 (01.01.2022 – 31.12.2022)" in body


def test_bookings_of_another_year_and_amounts_as_text_are_named_by_their_row(
    fiona: Actor, cast: Cast, sign_in: SignIn
) -> None:
    plan = a_plan(fiona, cast)
    content = workbook(
        [date(2022, 1, 31), 100.5, "P-1", "Personal", ""],
        [date(2023, 1, 31), 100.5, "P-2", "Personal", ""],
        [date(2022, 2, 28), "100,50", "P-3", "Personal", ""],
    )
    sent = {"year": "2022", "file": SimpleUploadedFile("buchungen.xlsx", content)}
    body = sign_in("fiona").post(reverse("finance:upload_bookings", args=[plan.pk]), sent, follow=True).content.decode()
    assert "Zeile 3: 31.01.2023 liegt nicht in 2022" in body
    assert "Zeile 4: Der Betrag „100,50“ ist als Text gespeichert" in body
    assert "1 Buchung übernehmen" in body
