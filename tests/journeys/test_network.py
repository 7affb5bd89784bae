"""The network is kept: a contact, an offer brought together with a need, and a paper out of a case."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignInAs, Visitor


def test_a_contact_and_an_offer_that_serves_a_need(sign_in_as: SignInAs, guest: Visitor) -> None:
    mehmet = sign_in_as("mehmet")
    mehmet.goto("/netzwerk/?q=Wortbeispiel")
    guest.check(mehmet)
    mehmet.get_by_role("link", name="Sprachschule Wortbeispiel").click()
    mehmet.get_by_role("link", name="Kontakt eintragen").click()
    guest.check(mehmet)
    mehmet.locator("#id_title").fill("Freie Plätze im Sommer")
    mehmet.get_by_role("button", name="Eintragen").click()
    expect(mehmet.locator("main")).to_contain_text("Freie Plätze im Sommer")
    guest.check(mehmet)
    offer(mehmet, guest)
    mehmet.goto("/netzwerk/oeffentlichkeit/")
    expect(mehmet.locator("main")).to_contain_text("Wer im Case Management arbeitet")
    guest.check(mehmet)


def offer(page: Page, guest: Visitor) -> None:
    """Somebody offers to go along to authorities, which was needed in this town."""
    page.goto("/netzwerk/angebote/")
    guest.check(page)
    page.get_by_role("link", name="Begleitung zu Ämtern").click()
    guest.check(page)
    page.get_by_role("link", name="Mit Bedarfen zusammenführen").click()
    page.get_by_label("Jemand, der zu Terminen bei Ämtern mitgeht").check()
    guest.check(page)
    page.get_by_role("button", name="Zusammenführen").click()
    page.get_by_role("link", name="Jemand, der zu Terminen bei Ämtern mitgeht").click()
    page.locator("#id_outcome").select_option(label="begonnen")
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator("main")).to_contain_text("begonnen")


def test_a_template_is_filled_with_what_a_case_says(sign_in_as: SignInAs, guest: Visitor, tmp_path: Path) -> None:
    frieda = sign_in_as("frieda")
    frieda.goto("/faelle/")
    frieda.locator("tbody a").first.click()
    expect(frieda.locator("main")).to_contain_text("Abgrenzung: wo das Case Management beginnt")
    frieda.get_by_text("Mehr", exact=True).click()
    frieda.get_by_role("link", name="Vorlage ausfüllen").click()
    guest.check(frieda)
    frieda.get_by_role("link", name="Erfassungsbogen Erstgespräch").click()
    guest.check(frieda)
    expect(frieda.locator("main")).to_contain_text("Hier nicht bekannt: Anliegen.")
    frieda.locator("#id_paper").select_option("odt")
    frieda.get_by_role("button", name="Papier erstellen").click()
    expect(frieda.locator("main")).to_contain_text("Noch leer: Anliegen.")
    frieda.get_by_label("Für Leeres Linien zum Ausfüllen lassen").check()
    with frieda.expect_download() as downloading:
        frieda.get_by_role("button", name="Papier erstellen").click()
    assert downloading.value.suggested_filename == "erfassungsbogen-erstgesprach.odt"
