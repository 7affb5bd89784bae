"""The journeys' browser and servers: real pages in Chromium, with an eye on accessibility, errors and policy.

Two sites can be visited. `server` is the real one: gunicorn and worker over the synthetic county;
`sign_in_as("frieda")` opens it as somebody of the cast and `guest` as nobody. `visit` opens a page of
a small site inside the tests' process, where a journey may bring pages of its own, and `check_page`
judges the page that is open there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, Protocol

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from scripts import build_assets, build_catalogues
from scripts.test import BROWSER
from tests.cast import Cast
from tests.journeys.server import DemoServer, demo_server

# The browser's driver runs an event loop in the tests' thread; Django would take every query for an async one.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIOLATIONS = "async (options) => (await axe.run({ ...options, resultTypes: ['violations'] })).violations"
"""All rules are judged; what a page does well, which is nearly everything, is neither described nor sent."""

PHONES = (390, 320)
WATCH_POLICY = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
});
"""

Theme = Literal["light", "dark"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder is a journey; those of a process share browser and server."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


def list_to_type_into(page: Page, name: str) -> Locator:
    """The field of a list with a search; not the plain list that stands there until the script has run."""
    return page.get_by_role("combobox", name=name).and_(page.locator("input"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, started once."""
    program = next(BROWSER.found(), None)
    assert program, f"apt-get install {BROWSER.package}"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        yield chromium
        chromium.close()


expect.set_options(timeout=15_000)
"""What is expected is there within a second; on a busy machine a page that counts a whole report takes longer."""

SIDES: tuple[tuple[int, Theme], ...] = ((390, "dark"), (1280, "light"))
"""From which sides a page is looked at: both widths and both themes, without every pair of them."""

ON_ITS_WAY = ".htmx-request, .htmx-swapping"
"""What still changes. The browser's own "networkidle" waits half a second for each page to be sure of it."""


@dataclass
class Visitor:
    """Somebody who opens pages. What the browser complains about meanwhile is noted."""

    browser: Browser
    site: str
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(
        self, path: str, *, width: int = 1280, theme: Theme = "light", session_key: str = "", scripts: bool = True
    ) -> Page:
        """Open a page in a browser of its own, as a visitor or with the session of an account."""
        context = self.browser.new_context(
            base_url=self.site,
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            locale="de-DE",
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        self.contexts.append(context)
        if session_key:
            context.add_cookies([{"name": "sessionid", "value": session_key, "url": self.site}])
        page = context.new_page()
        page.add_init_script(WATCH_POLICY)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(path)
        return page

    def check(self, page: Page) -> None:
        """Judge the open page: WCAG 2.2 AA, no complaint of the browser, nothing to scroll sideways on a phone."""
        page.wait_for_load_state()
        expect(page.locator(ON_ITS_WAY)).to_have_count(0)
        if not page.evaluate("'axe' in window"):
            page.evaluate(Axe().axe_script)
        found = page.evaluate(VIOLATIONS, {"runOnly": {"type": "tag", "values": WCAG}})
        assert [f"{fault['id']}: {node['target']}" for fault in found for node in fault["nodes"]] == []
        size = page.viewport_size
        for width in PHONES:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        if size:
            page.set_viewport_size(size)
        assert self.complaints == []

    def leave(self) -> None:
        """Close all windows."""
        for context in self.contexts:
            context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)


class Visit(Protocol):
    """Open a page: `visit("/bausteine/", width=390, theme="dark", session_key="...")`."""

    def __call__(
        self, path: str, *, width: int = 1280, theme: Theme = "light", session_key: str = "", scripts: bool = True
    ) -> Page: ...


@pytest.fixture(scope="session")
def running_site(django_db_setup: Cast, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The application behind a real web server, over the tests' database."""
    build_assets.main()
    build_catalogues.main()
    with django_db_blocker.unblock():
        server = LiveServerThread("127.0.0.1", StaticFilesHandler)
        server.daemon = True
        server.start()
        server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@pytest.fixture
def site(running_site: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of the running site; while a journey runs, its server may use the database."""
    with django_db_blocker.unblock():
        yield running_site


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Visitor]:
    """Somebody with a browser before the small site, whose windows close after the test."""
    somebody = Visitor(browser, site)
    yield somebody
    somebody.leave()


@pytest.fixture
def visit(visitor: Visitor) -> Visit:
    """Opens pages of the small site."""
    return visitor.open


@pytest.fixture
def check_page(visitor: Visitor) -> Callable[[Page], None]:
    """Judges an open page of the small site."""
    return visitor.check


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    """The real server with the synthetic county; what a journey writes stays until the end of the session."""
    build_assets.main()
    build_catalogues.main()
    with demo_server(tmp_path_factory.mktemp("journeys")) as running:
        yield running


@pytest.fixture
def guest(browser: Browser, server: DemoServer) -> Iterator[Visitor]:
    """Somebody with a browser before the real server, whose windows close after the test."""
    somebody = Visitor(browser, server.address)
    yield somebody
    somebody.leave()


class SignInAs(Protocol):
    """Sign in to the real server by a one-time link: `sign_in_as("frieda", width=390)`."""

    def __call__(self, character: str, *, width: int = 1280, theme: Theme = "light") -> Page: ...


@pytest.fixture
def sign_in_as(server: DemoServer, guest: Visitor) -> SignInAs:
    """Opens the start page of the real server as somebody of the cast."""

    def sign_in(character: str, *, width: int = 1280, theme: Theme = "light") -> Page:
        page = guest.open(server.link_for(character), width=width, theme=theme)
        page.locator("main form button[type=submit]").click()
        page.wait_for_url(f"{server.address}/")
        return page

    return sign_in
