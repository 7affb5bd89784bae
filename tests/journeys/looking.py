"""What a journey looks out for on every page: script errors, blocked resources, barriers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from playwright.sync_api import ConsoleMessage, Error, Page, Response

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Complaints:
    """Everything the browser complained about since it was told to listen."""

    heard: list[str] = field(default_factory=list)

    def listen_to(self, page: Page) -> None:
        """Hear console errors (blocked by the content security policy included) and failed answers."""
        page.on("console", self._console)
        page.on("pageerror", self._script)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.heard.append(f"console {message.type}: {message.text}")

    def _script(self, error: Error) -> None:
        self.heard.append(f"script: {error}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.heard.append(f"{response.status} {response.url}")


def barriers(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA on the page as it stands, one line an element."""
    page.evaluate(_axe())
    found = page.evaluate(
        "rules => axe.run({resultTypes: ['violations'], runOnly: {type: 'tag', values: rules}})", RULES
    )
    return [f"{rule['id']}: {node['target']}" for rule in found["violations"] for node in rule["nodes"]]


def overflows(page: Page) -> bool:
    """Whether the page as a whole must be scrolled sideways."""
    wide: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wide


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
