"""The explorer as the leadership uses it: asked, compared, kept, shared, and opened by a colleague."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import SIDES, SignInAs, Theme, Visitor
from tests.journeys.server import DemoServer

SPRING = "from=2022-01-01&to=2022-04-30"


def test_a_question_is_asked_kept_shared_and_opened_by_a_colleague(
    server: DemoServer, guest: Visitor, sign_in_as: SignInAs
) -> None:
    page = sign_in_as("lena")
    page.goto(f"{server.address}/auswertung/explorer/?{SPRING}")
    page.get_by_label("und nach").select_option("month")
    page.get_by_label("und außerdem nach").select_option("quarter")
    page.get_by_role("button", name="Anzeigen").click()
    expect(page.locator("#answer")).to_contain_text("Drei Merkmale werden nur als Tabelle gezeigt.")
    page.get_by_label("Vergleichen mit").select_option("before")
    page.get_by_role("button", name="Anzeigen").click()
    expect(page.locator("#answer thead")).to_contain_text("Unterschied")
    page.get_by_role("link", name="Auswertung merken").click()
    page.get_by_label("Name").fill("Arten im Frühjahr")
    page.get_by_role("button", name="Merken").click()
    expect(page.locator("#answer")).to_contain_text("Gemerkt als „Arten im Frühjahr“.")
    page.get_by_role("button", name="Mit Kolleginnen und Kollegen teilen").click()
    expect(page.get_by_role("button", name="Nicht mehr teilen")).to_be_visible()
    colleague = sign_in_as("kim")
    colleague.goto(f"{server.address}/auswertung/explorer/gemerkt/")
    colleague.get_by_role("link", name="Arten im Frühjahr").click()
    expect(colleague.locator("#answer")).to_contain_text("Gemerkt als")


@pytest.mark.parametrize(("width", "theme"), SIDES)
def test_the_explorer_is_accessible(
    server: DemoServer, guest: Visitor, sign_in_as: SignInAs, width: int, theme: Theme
) -> None:
    page = sign_in_as("lena", width=width, theme=theme)
    for path in (
        f"?figure=activities&{SPRING}&by=kind&by2=month",
        f"?figure=activities&{SPRING}&by=municipality&per=foreign_nationals",
        f"?figure=cases_opened&{SPRING}&by=municipality&by2=case_kind",
        "?figure=activities&from=2022-05-01&to=2022-04-21&against=other",
        "gemerkt/",
        f"merken/?figure=activities&{SPRING}",
        f"in-den-bericht/?figure=activities&{SPRING}",
        "daten/",
    ):
        page.goto(f"{server.address}/auswertung/explorer/{path}")
        guest.check(page)
