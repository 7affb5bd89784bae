"""The office prepares, holds and closes a meeting: agenda, invitation, minutes that two write, resolution, task."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import SignInAs, Visitor


def open_next(page: Page) -> str:
    page.goto("/steuerung/sitzungen/")
    page.get_by_role("link", name="Nächste Sitzung").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nächste Sitzung")
    return page.url


def third_of(page: Page) -> Locator:
    return page.locator("section", has_text="3. Dolmetscherpool")


def write(page: Page, text: str) -> None:
    third_of(page).get_by_role("textbox").click()
    page.keyboard.type(text)


def both_write(page: Page, other: Page, minutes: str, guest: Visitor) -> None:
    """Two write about the same item at once; whoever comes second puts both texts together."""
    page.goto(minutes)
    guest.check(page)
    other.goto(minutes)
    write(page, "Der Pool wird gewünscht.")
    expect(third_of(page)).to_contain_text("Gespeichert um")
    expect(third_of(page).get_by_role("textbox")).to_be_focused()
    page.keyboard.type(" Er soll im Herbst beginnen.")
    write(other, "Frau Beispiel berichtet.")
    expect(third_of(other)).to_contain_text("Ihr Text ist aufgehoben")
    guest.check(other)
    other.get_by_role("link", name="Beide Texte zusammenführen").click()
    expect(other.locator("main")).to_contain_text("Der Pool wird gewünscht. Er soll im Herbst beginnen.")
    expect(other.locator("#id_text")).to_have_value("Frau Beispiel berichtet.")
    guest.check(other)
    other.locator("#id_text").fill("Frau Beispiel berichtet. Der Pool soll im Herbst beginnen.")
    other.get_by_role("button", name="Diesen Text speichern").click()
    expect(third_of(other)).to_contain_text("von Anton Assistenz")

    page.goto(minutes)
    expect(third_of(page).get_by_role("textbox")).to_have_value(
        "Frau Beispiel berichtet. Der Pool soll im Herbst beginnen."
    )


def test_the_office_prepares_holds_and_closes_a_meeting(sign_in_as: SignInAs, guest: Visitor) -> None:
    page = sign_in_as("kim")
    meeting = open_next(page)
    guest.check(page)

    page.goto(f"{meeting}tagesordnung/")
    guest.check(page)
    page.get_by_role("button", name="Ausgewähltes aufnehmen").click()
    expect(page.locator("main")).to_contain_text("Punkte stehen auf der Tagesordnung.")
    page.get_by_role("button", name="Nach oben Dolmetscherpool für die Beratung").click()
    expect(page.locator(".steering-agenda")).to_contain_text("3. Dolmetscherpool für die Beratung")

    page.goto(f"{meeting}einladung/")
    guest.check(page)
    expect(page.locator("main")).to_contain_text("3. Dolmetscherpool für die Beratung")

    page.goto(f"{meeting}anwesenheit/")
    guest.check(page)
    for choice in page.locator("select").all():
        choice.select_option("present")
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator("main")).to_contain_text("Die Anwesenheit ist vermerkt.")

    both_write(page, sign_in_as("anton"), f"{meeting}niederschrift/", guest)
    third_of(page).get_by_role("link", name="Beschluss eintragen").click()
    guest.check(page)
    page.locator("#id_text").fill("Der Kreis richtet einen Dolmetscherpool ein.")
    for name, votes in (("votes_for", "9"), ("votes_against", "0"), ("abstentions", "1")):
        page.locator(f"#id_{name}").fill(votes)
    page.get_by_role("button", name="Eintragen").click()
    expect(page.locator("main")).to_contain_text("Beschluss 7: Dolmetscherpool für die Beratung")
    third_of(page).get_by_role("link", name="Aufgabe erteilen").click()
    page.locator("#id_title").fill("Angebote einholen")
    page.get_by_role("button", name="Erteilen").click()
    page.get_by_role("button", name="Niederschrift schließen").click()
    expect(page.locator("main")).to_contain_text("Die Niederschrift ist geschlossen.")
    guest.check(page)

    page = sign_in_as("stefan")
    open_next(page)
    expect(page.locator("main")).to_contain_text("Angebote einholen")
    page.goto("/steuerung/beschluesse/")
    guest.check(page)
    page.get_by_role("link", name="Dolmetscherpool für die Beratung").click()
    expect(page.locator("main")).to_contain_text("9 Ja, 0 Nein, 1 enthalten")
    guest.check(page)
