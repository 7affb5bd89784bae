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


def test_a_table_wider_than_its_place_says_so_and_scrolls_by_keyboard(
    server: DemoServer, guest: Visitor, sign_in_as: SignInAs
) -> None:
    """A shadow lies on the edge beyond which it goes on, and the names of the rows stay where they are."""
    page = sign_in_as("lena")
    page.goto(
        f"{server.address}/auswertung/explorer/?figure=activities&from=2021-07-01&to=2022-12-31&by=kind&by2=month"
    )
    place = page.get_by_role("group", name="Maßnahmen, 01.07.2021 bis 31.12.2022")
    assert place.evaluate("place => place.scrollWidth > place.clientWidth")
    assert "linear-gradient" in place.evaluate("place => getComputedStyle(place).backgroundImage")
    name = place.get_by_role("rowheader", name="Juli 2022")
    before = name.evaluate("name => name.getBoundingClientRect().left")
    place.focus()
    for _stroke in range(60):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "place => place.scrollLeft + place.clientWidth >= place.scrollWidth - 1", arg=place.element_handle()
    )
    assert name.evaluate("name => name.getBoundingClientRect().left") == before
    guest.check(page)


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
