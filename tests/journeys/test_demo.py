"""The demo as somebody meets it: sign-in links, and every page of the navigation of every role."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import NARROW, WIDE, Complaints, barriers, overflows
from tests.journeys.server import DemoServer

SignIn = Callable[[str], Page]
CAST = (
    "frieda", "mehmet", "karin", "kim", "anton", "lena", "fiona", "arno", "tina", "stefan", "doris", "sam", "tomasz",
)  # fmt: skip


def test_a_sign_in_link_works_once(server: DemoServer, page: Page) -> None:
    link = server.link_for("frieda")
    page.goto(link)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"{server.address}/")
    [(account,)] = server.ask("select id from accounts_account where email = 'frieda@kimwerk.example'")
    expect(page.locator("body")).to_have_attribute("data-account", str(account))
    page.context.clear_cookies()
    page.goto(link)
    with page.expect_navigation() as answer:
        page.locator("main form button[type=submit]").click()
    assert answer.value is not None
    assert answer.value.status == 410
    expect(page.locator("main form")).to_have_count(0)
    page.goto("/")
    assert urlsplit(page.url).path == "/anmeldung/"


def test_a_link_that_is_only_looked_at_is_not_used_up(server: DemoServer, page: Page) -> None:
    link = server.link_for("karin")
    page.goto(link)
    page.reload()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"{server.address}/")


@pytest.fixture(scope="session")
def seen() -> set[str]:
    """Paths that were looked at in every size and theme already; other roles only open them."""
    return set()


@pytest.mark.parametrize("character", CAST)
def test_every_page_of_the_navigation_is_sound(character: str, sign_in_as: SignIn, seen: set[str]) -> None:
    page = sign_in_as(character)
    page.emulate_media(reduced_motion="reduce")
    complaints = Complaints()
    complaints.listen_to(page)
    visited: set[str] = set()
    while waiting := sorted({"/", *_navigation(page)} - visited):
        path = waiting[0]
        visited.add(path)
        page.goto(path)
        assert complaints.heard == [], f"{character} at {path}"
        _look_at(page, path, thoroughly=path not in seen)
        seen.add(path)


def _navigation(page: Page) -> set[str]:
    """The paths of the main navigation as it stands on this page."""
    links: list[str] = page.eval_on_selector_all(".ui-nav a", "links => links.map(link => link.href)")
    return {urlsplit(link).path for link in links}


def _look_at(page: Page, path: str, *, thoroughly: bool) -> None:
    assert barriers(page) == [], path
    if not thoroughly:
        return
    for size in (NARROW, WIDE):
        for theme in ("light", "dark"):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=theme)
            assert barriers(page) == [], f"{path} {size['width']} {theme}"
            assert not overflows(page), f"{path} {size['width']}"
    page.emulate_media(color_scheme="light")
