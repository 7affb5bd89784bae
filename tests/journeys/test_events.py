"""A kick-off event from planning to a gap: checklist, an answer by link, what a table named, needs, matrix, gap."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignInAs, Visitor

TODAY = date.today().isoformat()


def plan(page: Page, guest: Visitor) -> None:
    """Plan a kick-off event of today in a municipality where none was held."""
    page.goto("/veranstaltungen/auftakt/")
    guest.check(page)
    page.get_by_role("link", name="In Alfter planen").click()
    page.locator("#id_title").fill("Auftaktveranstaltung Alfter")
    page.locator("#id_day").fill(TODAY)
    page.locator("#id_begins").fill("00:01")
    page.locator("#id_ends").fill("02:01")
    guest.check(page)
    page.get_by_role("button", name="Planen").click()
    expect(page.locator("main")).to_contain_text("Die Veranstaltung ist geplant.")
    expect(page.locator("main")).to_contain_text("Einladungen senden")


def name_at_a_table(page: Page, guest: Visitor) -> None:
    """Set up a table and write down what was named at it."""
    page.get_by_role("link", name="Tisch einrichten").click()
    page.locator("#id_title").fill("Sprache")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("link", name="Ergebnis eintragen: Sprache").click()
    guest.check(page)
    page.locator("#id_title").fill("Sprachkurse in Alfter am Abend")
    page.get_by_role("button", name="Eintragen").click()
    expect(page.locator("main")).to_contain_text("Sprachkurse in Alfter am Abend")


def test_a_kick_off_event_goes_from_its_plan_to_needs_and_a_gap(sign_in_as: SignInAs, guest: Visitor) -> None:
    page = sign_in_as("kim")
    plan(page, guest)
    page.get_by_role("button", name="Erledigt Einladungen senden").click()
    expect(page.locator("main")).to_contain_text("von Kim Konzept")
    page.get_by_role("link", name="Teilnehmende anmelden").click()
    guest.check(page)
    page.locator("#id_guests").fill("Sandra Sozialbeispiel; Sozialamt\nErik Ehrenbeispiel; Verein Beispielhilfe")
    page.get_by_role("button", name="Auf die Liste setzen").click()
    page.get_by_role("link", name="Anwesenheit vermerken").click()
    guest.check(page)
    page.get_by_label("Sandra Sozialbeispiel").check()
    page.get_by_role("button", name="Speichern").click()
    name_at_a_table(page, guest)
    page.get_by_role("link", name="Als durchgeführt vermerken").click()
    page.locator("#id_participants_partner").fill("17")
    page.get_by_role("button", name="Vermerken und ins Tagebuch eintragen").click()
    expect(page.locator("main")).to_contain_text("Die Veranstaltung steht in Ihrem Tagebuch.")
    guest.check(page)

    page.get_by_role("link", name="1 Ergebnis als Bedarf übernehmen").click()
    guest.check(page)
    page.get_by_role("button", name="Übernehmen").click()
    page.get_by_role("link", name="Sprachkurse in Alfter am Abend").click()
    expect(page.locator("main")).to_contain_text("Sprachkurse am Abend für Berufstätige")
    page.get_by_role("link", name="Systemlücke daraus anlegen").click()
    page.locator("#id_title").fill("Sprachkurse außerhalb der Bürozeiten")
    page.get_by_role("button", name="Anlegen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sprachkurse außerhalb der Bürozeiten")
    page.goto("/steuerung/bedarfe/matrix/")
    expect(page.get_by_role("row", name="Alfter")).to_contain_text("1")
    guest.check(page)
    page.goto("/veranstaltungen/")
    guest.check(page)
