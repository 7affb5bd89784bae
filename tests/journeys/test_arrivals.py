"""A family arrives: registered by keyboard, its double found, merged and brought back, checked and released."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignInAs, Visitor
from tests.journeys.server import DemoServer
from tests.journeys.test_persons import type_into


def open_list(page: Page) -> None:
    page.goto("/erfassung/")
    page.get_by_role("link", name="Alle Zeilen").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ukraine 2022")


def test_a_family_is_registered_by_keyboard_and_its_double_is_merged_and_brought_back(
    sign_in_as: SignInAs, server: DemoServer, guest: Visitor
) -> None:
    page = sign_in_as("frieda")
    open_list(page)
    guest.check(page)
    page.keyboard.press("n")
    page.wait_for_url("**/familie/")
    page.select_option("#id_municipality", label="Siegburg")
    type_into(page, street="Musterweg 1", town="Siegburg")
    type_into(page, **{"m1-family_name": "Vorbildenko", "m1-given_names": "Olena", "m1-birth_date": "07.03.1990"})
    page.get_by_role("button", name="Noch ein Mitglied").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_m2-given_names")).to_be_focused()
    page.keyboard.type("Bohdan")
    type_into(page, **{"m2-birth_date": "01.09.2012"})
    page.locator("#id_m2-needs_school").check()
    guest.check(page)
    page.get_by_role("button", name="Erfassen", exact=True).press("Enter")
    expect(page.locator("main")).to_contain_text("2 Personen sind erfasst.")

    page.goto(page.url.split("?")[0] + "familie/")
    page.select_option("#id_municipality", label="Siegburg")
    type_into(page, **{"m1-family_name": "Forbildenko", "m1-given_names": "Jelena", "m1-birth_date": "07.03.1990"})
    page.keyboard.press("Tab")
    expect(page.locator("#doubles-1")).to_contain_text("Vorbildenko, Olena")
    page.get_by_role("button", name="Erfassen", exact=True).press("Enter")
    page.get_by_role("button", name="Es sind andere Personen: erfassen").press("Enter")
    expect(page.locator("main")).to_contain_text("1 Person ist erfasst.")

    page = sign_in_as("karin")
    open_list(page)
    page.get_by_role("link", name="Vorbildenko, Olena").click()
    guest.check(page)
    page.locator("#doubles").get_by_role("link", name="Forbildenko, Jelena").click()
    guest.check(page)
    page.get_by_role("button", name="Rechte Zeile beiseitelegen").click()
    expect(page.locator("main")).to_contain_text("Als doppelt beiseitegelegt.")
    counted = "select count(*) from arrivals_registration where merged_into_id is null and family_name ~ 'orbildenko'"
    assert server.ask(counted) == [(2,)]
    page.get_by_role("link", name="Eine doppelte Zeile wurde beiseitegelegt").click()
    page.get_by_role("link", name="Zurückholen").click()
    page.get_by_role("button", name="Zeile zurückholen").click()
    expect(page.locator("main")).to_contain_text("Die Zeile ist zurück.")
    assert server.ask(counted) == [(3,)]
    page.get_by_role("button", name="Als geprüft vermerken").click()
    expect(page.locator(".ui-head")).to_contain_text("geprüft")
    page.goto("/erfassung/")
    guest.check(page)
    page.get_by_role("link", name="Nach Wochen").click()
    expect(page.locator("main")).to_contain_text("KW 09/2022")
    guest.check(page)
