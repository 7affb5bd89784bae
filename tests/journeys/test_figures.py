"""Figures as somebody asks them: by keyboard, on a phone, in the dark; the answer follows and the focus stays."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import SIDES, SignInAs, Theme, Visitor
from tests.journeys.server import DemoServer

SPRING = "from=2022-01-01&to=2022-04-21"


def test_the_answer_follows_the_question_and_the_focus_stays(
    server: DemoServer, guest: Visitor, sign_in_as: SignInAs
) -> None:
    page = sign_in_as("karin")
    page.goto(f"{server.address}/auswertung/")
    page.get_by_role("link", name="Maßnahmen nach Art", exact=True).click()
    page.goto(f"{page.url}?{SPRING}")
    expect(page.locator("#answer")).to_contain_text("01.01.2022 bis 21.04.2022")
    breakdown = page.get_by_label("und nach")
    breakdown.focus()
    with page.expect_response(lambda response: "by2=month" in response.url):
        breakdown.select_option("month")
    expect(page.locator("#answer")).to_contain_text("April 2022 (01.04.–21.04.)")
    expect(breakdown).to_be_focused()
    expect(page).to_have_url(re.compile("by2=month"))
    assert page.url.count("from=") == 1  # the address says the question once, however often one asked
    page.go_back()
    expect(page.locator("#answer")).not_to_contain_text("April 2022 (01.04.–21.04.)")


def test_a_number_leads_to_as_many_rows(server: DemoServer, guest: Visitor, sign_in_as: SignInAs) -> None:
    page = sign_in_as("karin")
    page.goto(f"{server.address}/auswertung/kennzahlen/activities_by_kind/?{SPRING}")
    cell = page.locator("#answer").get_by_role("row", name="Workshop").get_by_role("link")
    number = cell.inner_text()
    cell.click()
    expect(page.locator("main")).to_contain_text(number)
    expect(page.locator("main tbody tr")).to_have_count(int(number))


@pytest.mark.parametrize(("width", "theme"), SIDES)
def test_figures_are_accessible(
    server: DemoServer, guest: Visitor, sign_in_as: SignInAs, width: int, theme: Theme
) -> None:
    page = sign_in_as("karin", width=width, theme=theme)
    for path in (
        "",
        f"kennzahlen/activities_by_month_and_kind/?{SPRING}",
        f"kennzahlen/activities/?{SPRING}&by=municipality&by2=topic",
        "kennzahlen/activities_per_fte_and_week/?from=2022-05-01&to=2022-04-21&fte=x",
    ):
        page.goto(f"{server.address}/auswertung/{path}")
        guest.check(page)
