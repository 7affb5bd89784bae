"""Signing in for real: an invitation, a password, an app, a passkey, another browser signed out."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import SignInAs, Visitor
from tests.journeys.server import DemoServer
from tests.one_time_codes import PERIOD, code_now

PASSWORD = "Die Sieg fliesst in den Rhein"
LONG_ENOUGH = 10
"""Seconds that a code must still hold, so that it does not run out between reading and sending it."""

numbers = itertools.count(1)


@pytest.fixture
def at_localhost(browser: Browser, server: DemoServer) -> Iterator[Visitor]:
    """Somebody who reaches the server by name: passkeys belong to names, not to numbers."""
    somebody = Visitor(browser, server.address.replace("127.0.0.1", "localhost"))
    yield somebody
    somebody.leave()


def press(page: Page, label: str) -> None:
    """Press the one button or link of this name in the page's main part."""
    page.locator("main").get_by_role("button", name=label, exact=True).or_(
        page.locator("main").get_by_role("link", name=label, exact=True)
    ).click()


def invite_somebody(sign_in_as: SignInAs, guest: Visitor) -> tuple[str, str]:
    """Lena invites a person who is new; their address, and the path of the link in the mail."""
    address = f"jana{next(numbers)}@beispiel.example"
    page = sign_in_as("lena")
    page.goto("/konto/konten/")
    guest.check(page)
    press(page, "Jemanden einladen")
    guest.check(page)
    page.get_by_label("E-Mail-Adresse").fill(address)
    page.get_by_label("Vorname").fill("Jana")
    page.get_by_label("Nachname").fill("Reisebeispiel")
    page.get_by_label("Rolle").select_option(label="Case-Management")
    press(page, "Einladung senden")
    guest.check(page)
    link = page.locator("main a[href*='/konto/einladung/']").get_attribute("href") or ""
    return address, urlsplit(link).path


def choose_password(page: Page, visitor: Visitor) -> None:
    """Use the invitation that is open in the page."""
    visitor.check(page)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_label("Passwort, noch einmal").fill(PASSWORD)
    press(page, "Speichern und weiter")
    page.wait_for_url(lambda url: urlsplit(url).path == "/")


def send_password(page: Page, address: str, password: str = PASSWORD) -> None:
    """Fill in the sign-in page."""
    page.goto("/anmeldung/")
    page.get_by_label("E-Mail-Adresse").fill(address)
    page.get_by_label("Passwort").fill(password)
    press(page, "Anmelden")


def sign_out(page: Page) -> None:
    """Through the menu of the account."""
    page.get_by_text("Jana Reisebeispiel").first.click()
    page.get_by_role("button", name="Abmelden").click()
    page.wait_for_url("**/anmeldung/")


def fresh_code(secret: str) -> str:
    """A code that holds long enough to be sent."""
    left = PERIOD - time.time() % PERIOD
    if left < LONG_ENOUGH:
        time.sleep(left + 0.5)
    return code_now(secret)


def test_an_invited_person_signs_in_with_password_and_app(sign_in_as: SignInAs, guest: Visitor) -> None:
    address, link = invite_somebody(sign_in_as, guest)
    page = guest.open(link)
    choose_password(page, guest)

    page.goto("/anmeldung/2fa/")
    guest.check(page)
    press(page, "App einrichten")
    guest.check(page)
    page.get_by_text("Abfotografieren geht nicht?").click()
    secret = page.locator(".acc-secret code").inner_text()
    page.get_by_label("Code aus der App").fill(fresh_code(secret))
    press(page, "Code bestätigen")
    page.wait_for_url("**/notfallcodes/")
    expect(page.locator(".acc-codes li")).to_have_count(10)
    guest.check(page)

    sign_out(page)
    send_password(page, address, "Ein falsches Passwort 9")
    expect(page.locator("main")).to_contain_text("passen nicht zusammen")
    guest.check(page)
    send_password(page, address)
    expect(page.locator("h1")).to_have_text("Zweiter Schritt")
    guest.check(page)
    page.get_by_label("Code", exact=True).fill(fresh_code(secret))
    press(page, "Weiter")
    page.wait_for_url(lambda url: urlsplit(url).path == "/")


def test_a_passkey_is_enough_to_sign_in(sign_in_as: SignInAs, guest: Visitor, at_localhost: Visitor) -> None:
    _, link = invite_somebody(sign_in_as, guest)
    page = at_localhost.open(link)
    has_passkeys(page)
    choose_password(page, at_localhost)

    page.goto("/anmeldung/2fa/")
    press(page, "Passkey einrichten")
    at_localhost.check(page)
    page.get_by_label("Name").fill("Mein Rechner")
    press(page, "Passkey einrichten")
    page.wait_for_url("**/notfallcodes/")
    page.goto("/anmeldung/passkeys/")
    expect(page.locator("main")).to_contain_text("Mein Rechner")
    expect(page.locator("main")).to_contain_text("genügt allein")
    at_localhost.check(page)

    sign_out(page)
    at_localhost.check(page)
    press(page, "Mit einem Passkey anmelden")
    page.wait_for_url(lambda url: urlsplit(url).path == "/")
    expect(page.get_by_text("Jana Reisebeispiel").first).to_be_visible()


def has_passkeys(page: Page) -> None:
    """Give the browser a device that makes and uses passkeys, and whose owner always agrees."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_one_signs_oneself_out_in_another_browser(sign_in_as: SignInAs, guest: Visitor) -> None:
    address, link = invite_somebody(sign_in_as, guest)
    here = guest.open(link)
    choose_password(here, guest)
    there = guest.open("/anmeldung/")
    send_password(there, address)
    there.wait_for_url(lambda url: urlsplit(url).path == "/")

    here.goto("/konto/")
    guest.check(here)
    here.locator("main form[action*='/abmelden/'] button").click()
    expect(here.locator("#notices")).to_contain_text("abgemeldet")
    expect(here.locator("main form[action*='/abmelden/']")).to_have_count(0)
    there.reload()
    there.wait_for_url("**/anmeldung/**")


def test_a_closed_account_is_signed_out_at_once(sign_in_as: SignInAs, guest: Visitor) -> None:
    address, link = invite_somebody(sign_in_as, guest)
    jana = guest.open(link)
    choose_password(jana, guest)
    lena = sign_in_as("lena")
    lena.goto("/konto/konten/?q=" + address)
    lena.locator("#list tbody a").click()
    guest.check(lena)
    press(lena, "Konto schließen")
    guest.check(lena)
    lena.get_by_label("Nicht mehr beschäftigt").check()
    press(lena, "Konto schließen")
    expect(lena.locator("main")).to_contain_text("geschlossen")
    jana.reload()
    jana.wait_for_url("**/anmeldung/**")


@pytest.mark.parametrize("path", ["/anmeldung/", "/anmeldung/hilfe/", "/konto/einladung/keine/", "/konto/ohne-rolle/"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_doors_are_sound_before_anybody_is_signed_in(path: str, width: int, guest: Visitor) -> None:
    for theme in ("dark", "light"):
        page = guest.open(path, width=width, theme="dark" if theme == "dark" else "light")
        guest.complaints.clear()  # the browser notes an answer that is no 200; the page behind it is judged
        guest.check(page)
