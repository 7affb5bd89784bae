"""Journeys: a real browser before the real server with the synthetic county."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.server import DemoServer, demo_server

HERE = Path(__file__).parent
CHROMIUM = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys share one server, so they run in one process, one after the other."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group("journeys"))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    """The server with the synthetic county; what a journey writes stays until the end of the session."""
    with demo_server(tmp_path_factory.mktemp("journeys")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, server: DemoServer) -> Iterator[BrowserContext]:
    """A fresh browser profile that speaks German."""
    context = browser.new_context(base_url=server.address, locale="de-DE", viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of a browser in which nobody is signed in."""
    return context.new_page()


@pytest.fixture
def sign_in_as(server: DemoServer, page: Page) -> Callable[[str], Page]:
    """Sign in as somebody of the cast by a one-time link: `page = sign_in_as("frieda")`."""

    def sign_in(character: str) -> Page:
        page.goto(server.link_for(character))
        page.locator("main form button[type=submit]").click()
        page.wait_for_url(f"{server.address}/")
        return page

    return sign_in
