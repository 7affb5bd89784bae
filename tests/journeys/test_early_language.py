"""The kindergarten language programme: an enquiry that is called off, and what was done, as numbers."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.conftest import SignInAs, Visitor


def test_an_enquiry_is_noted_and_called_off_because_the_team_is_overloaded(
    sign_in_as: SignInAs, guest: Visitor
) -> None:
    page = sign_in_as("frieda")
    page.goto("/sprachprogramm/")
    guest.check(page)
    page.get_by_role("link", name="Kita Mustermaus Hennef (Sieg)").click()
    guest.check(page)
    expect(page.locator("main")).to_contain_text("Bedarfsabfrage bei allen Kitas")
    page.get_by_role("link", name="Anfrage vermerken").click()
    guest.check(page)
    page.get_by_label("Fragt an").select_option(label="Beratung von Familien")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("link", name="Beratung von Familien").click()
    guest.check(page)
    page.get_by_label("von der Kita abgesagt").check()
    page.get_by_label("Warum nichts daraus wird").select_option(label="Überlastung des Teams")
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator("main")).to_contain_text("von der Kita abgesagt: Überlastung des Teams")
    page.goto("/sprachprogramm/taetigkeiten/neu/")
    expect(page.locator("main")).to_contain_text("Tragen Sie nie Daten eines Kindes ein")
    guest.check(page)
    for path in ("/sprachprogramm/anfragen/", "/sprachprogramm/taetigkeiten/", "/sprachprogramm/angebote/"):
        page.goto(path)
        guest.check(page)
    page.goto("/auswertung/kennzahlen/kindergarten_enquiries/?by=enquiry_reason&from=2022-01-01&until=2022-04-21")
    guest.check(page)
