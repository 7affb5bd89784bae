"""The gallery, seen with every pair of eyes: each component, light and dark, on desk and phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Theme, Visit

Check = Callable[[Page], None]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["/bausteine/", "/tastatur/"])
def test_every_component_is_accessible(visit: Visit, check_page: Check, path: str, width: int, theme: Theme) -> None:
    page = visit(path, width=width, theme=theme)
    for details in page.locator("main details:not([data-menu])").all():
        details.evaluate("each => each.open = true")
    check_page(page)


def test_what_somebody_cannot_perceive_is_found(visit: Visit, check_page: Check) -> None:
    page = visit("/tastatur/")
    page.evaluate("document.querySelector('main').append(new Image())")
    with pytest.raises(AssertionError, match="image-alt"):
        check_page(page)


def test_a_page_is_whole_without_scripts(visit: Visit) -> None:
    page = visit("/bausteine/", width=390, scripts=False)
    expect(page.get_by_role("heading", level=1, name="Bausteine")).to_be_visible()
    expect(page.locator("#multi_select").get_by_role("checkbox").first).to_be_visible()
    expect(page.locator("#field select#id_gallery-municipality")).to_be_visible()
    expect(page.locator("[data-theme-switch]").first).to_be_hidden()


def test_the_theme_is_chosen_once_and_stays(visit: Visit, check_page: Check) -> None:
    page = visit("/tastatur/", theme="light")
    page.locator(".ui-bar").get_by_label("Dunkel").check()
    page.goto("/bausteine/")
    expect(page.locator("html")).to_have_attribute("data-kern-theme", "dark")
    check_page(page)
    page.locator(".ui-bar").get_by_label("Wie das Gerät").check()
    page.reload()
    expect(page.locator("html")).not_to_have_attribute("data-kern-theme", "dark")


def test_the_first_tab_leads_to_the_content(visit: Visit) -> None:
    page = visit("/bausteine/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_keys_are_listed_and_can_be_switched_off(visit: Visit) -> None:
    page = visit("/tastatur/")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Tastatur")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.locator("main").get_by_label("Diese Tasten in diesem Browser verwenden").uncheck()
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()


def test_a_table_prints_on_paper_without_the_frame(visit: Visit) -> None:
    page = visit("/bausteine/")
    page.emulate_media(media="print")
    expect(page.locator(".ui-bar")).to_be_hidden()
    expect(page.locator("#table table")).to_be_visible()


def test_on_a_phone_a_row_becomes_a_card(visit: Visit) -> None:
    page = visit("/bausteine/", width=390)
    row = page.locator("#table tbody tr").first
    name, number = row.locator("th"), row.locator("td").nth(2)
    above, below = name.bounding_box(), number.bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]
    assert number.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Einträge"'
