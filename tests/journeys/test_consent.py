"""Consent from the text to the letter: approved, given in Ukrainian with a drawn signature, withdrawn, told."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignInAs, Theme, Visitor
from tests.journeys.server import DemoServer


def put_a_text_into_force(sign_in_as: SignInAs, guest: Visitor) -> None:
    """Karin begins a new version of the demo's text, Doris approves; once is enough for all journeys."""
    karin = sign_in_as("karin")
    karin.goto("/faelle/einwilligungen/texte/")
    guest.check(karin)
    if karin.get_by_text("Fassung 2").count():
        return
    karin.goto("/faelle/einwilligungen/texte/data_consent/neu/")
    guest.check(karin)
    karin.get_by_role("button", name="Neue Fassung beginnen").click()
    expect(karin.get_by_role("heading", level=1)).to_contain_text("Fassung 2")
    karin.get_by_role("link", name="Arabisch").click()
    expect(karin.locator("article[dir=rtl]")).to_be_visible()
    guest.check(karin)
    doris = sign_in_as("doris")
    doris.goto(karin.url)
    doris.get_by_role("link", name="In Kraft setzen").click()
    guest.check(doris)
    doris.get_by_role("button", name="In Kraft setzen").click()
    expect(doris.get_by_text("Die Fassung ist in Kraft.")).to_be_visible()


def open_file(page: Page, family: str) -> None:
    page.goto("/faelle/personen/neu/")
    page.locator("#id_family_name").fill(family)
    page.locator("#id_given_names").fill("Oleh")
    page.locator("input#id_interpreter_language").fill("Ukrainisch")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Akte anlegen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(family)


def ask(page: Page, family: str) -> None:
    page.goto("/faelle/einwilligungen/")
    page.get_by_role("link", name=f"{family}, Oleh").click()
    page.get_by_role("link", name="Nach Einwilligung fragen").click()


def allow_something(page: Page) -> None:
    recipient = page.locator("select[name=g0-recipient]")
    value = recipient.locator("option").nth(1).get_attribute("value")
    recipient.evaluate(
        "(list, value) => { list.value = value; list.dispatchEvent(new Event('change', { bubbles: true })); }", value
    )
    page.locator("select[name=g0-purpose]").select_option("referral")
    page.locator("input[name=g0-categories][value=identity]").check()
    page.locator("input[name=g0-special][value=health]").check()


def draw(page: Page) -> None:
    page.get_by_label("an diesem Bildschirm unterschrieben").check()
    canvas = page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 30)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + 20 + step * 20, box["y"] + 30 + (step % 2) * 25)
    page.mouse.up()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_consent_is_given_in_ukrainian_withdrawn_and_told(
    sign_in_as: SignInAs, server: DemoServer, guest: Visitor, theme: Theme
) -> None:
    family = {"light": "Einwillenko", "dark": "Zustymenko"}[theme]
    put_a_text_into_force(sign_in_as, guest)
    page = sign_in_as("frieda", theme=theme)
    open_file(page, family)
    ask(page, family)
    expect(page.locator("article[lang=uk]")).to_contain_text("Згода на передачу")
    guest.check(page)
    allow_something(page)
    page.locator("#id_place").fill("Siegburg")
    draw(page)
    guest.check(page)
    page.get_by_role("button", name="Die Person erlaubt es").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Einwilligung in die Weitergabe")
    guest.check(page)
    assert server.ask(
        "select t.language, d.evidence, g.categories from consent_declaration d"
        " join consent_consenttext t on t.id = d.consent_text_id join consent_grant g on g.declaration_id = d.id"
        " join persons_person p on p.id = d.person_id where p.family_name = %s",
        family,
    ) == [("uk", "drawn", ["health", "identity"])]

    page.get_by_role("link", name="Einwilligung widerrufen").click()
    expect(page.get_by_text("lässt sich nicht rückgängig machen", exact=False).first).to_be_visible()
    guest.check(page)
    page.get_by_role("button", name="Jetzt widerrufen").click()
    expect(page.get_by_text("Widerrufen. Es wird nichts mehr weitergegeben.", exact=False)).to_be_visible()
    guest.check(page)
    address = page.get_by_role("link", name="Brief an die Person").get_attribute("href")
    assert address
    letter = page.request.get(address)
    assert letter.body().startswith(b"%PDF-")


def test_a_mistake_keeps_what_was_ticked_on_a_phone(sign_in_as: SignInAs, guest: Visitor) -> None:
    put_a_text_into_force(sign_in_as, guest)
    page = sign_in_as("frieda", width=390)
    open_file(page, "Vergessenko")
    ask(page, "Vergessenko")
    allow_something(page)
    page.locator("#id_place").fill("Siegburg")
    page.get_by_role("button", name="Die Person erlaubt es").click()
    expect(page.get_by_role("alert").filter(has_text="Noch nicht gespeichert")).to_contain_text("Bitte ausfüllen")
    expect(page.locator("input[name=g0-special][value=health]")).to_be_checked()
    guest.complaints.clear()  # of the answer 422, which is meant
    guest.check(page)
    page.get_by_role("button", name="Die Person lehnt ab").click()
    expect(page.get_by_text("abgelehnt")).to_be_visible()
    guest.check(page)
