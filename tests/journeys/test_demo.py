"""The demo as somebody meets it: sign-in links, and every page of the navigation of every role."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SIDES, SignInAs, Visitor
from tests.journeys.server import DemoServer

CAST = (
    "frieda", "mehmet", "karin", "kim", "anton", "lena", "fiona", "arno", "tina", "stefan", "doris", "sam", "tomasz",
)  # fmt: skip


def test_a_sign_in_link_works_once(server: DemoServer, guest: Visitor) -> None:
    link = server.link_for("frieda")
    page = guest.open(link)
    sign_in(page)
    [(account,)] = server.ask("select id from accounts_account where email = 'frieda@kimwerk.example'")
    expect(page.locator("body")).to_have_attribute("data-account", str(account))
    page.context.clear_cookies()
    answer = page.goto(link)
    assert answer is not None
    assert answer.status == 410
    expect(page.locator("main form")).to_have_count(0)
    page.goto("/")
    assert urlsplit(page.url).path == "/anmeldung/"


def test_a_link_that_is_only_looked_at_is_not_used_up(server: DemoServer, guest: Visitor) -> None:
    page = guest.open(server.link_for("karin"))
    page.reload()
    sign_in(page)
    page.wait_for_url(f"{server.address}/")


def sign_in(page: Page) -> None:
    page.locator("main form button[type=submit]").click()


BUILDING_BLOCKS = """
[...new Set([...document.querySelectorAll('main *')].map(each => each.tagName + '.' + each.getAttribute('class')))]
.sort().join(' ')
"""


@pytest.fixture(scope="session")
def judged() -> set[tuple[str, str]]:
    """Paths that were judged already, with what stood on them: another role may find more there, or less."""
    return set()


@pytest.mark.parametrize("character", CAST)
def test_every_page_of_the_navigation_is_sound(
    character: str, sign_in_as: SignInAs, guest: Visitor, judged: set[tuple[str, str]]
) -> None:
    page = sign_in_as(character)
    visited: set[str] = set()
    while waiting := sorted({"/", *navigation_of(page)} - visited):
        path = waiting[0]
        visited.add(path)
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok
        shown = (path, page.evaluate(BUILDING_BLOCKS))
        if shown not in judged:
            look_from_both_sides(page, guest)
            judged.add(shown)
    assert guest.complaints == []


def navigation_of(page: Page) -> set[str]:
    """The paths of the main navigation as it stands on this page."""
    links: list[str] = page.eval_on_selector_all(".ui-nav a", "links => links.map(link => link.href)")
    return {urlsplit(link).path for link in links}


def look_from_both_sides(page: Page, guest: Visitor) -> None:
    """On a phone in the dark, on a desk in the light; ends as the page began."""
    for width, theme in SIDES:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        guest.check(page)
