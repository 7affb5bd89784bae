"""A case manager meets somebody: registered by keyboard, found by the original script, kept without doubles."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignInAs, Theme, Visitor
from tests.journeys.server import DemoServer

MOST_TABS = 60


def go_to(page: Page, field: str) -> None:
    """Press Tab until the field has the focus, as somebody without a mouse would."""
    for _ in range(MOST_TABS):
        if page.evaluate("document.activeElement.id") == field:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{field} cannot be reached by keyboard")


def type_into(page: Page, **fields: str) -> None:
    for name, text in fields.items():
        go_to(page, f"id_{name}")
        page.keyboard.type(text)


def register(page: Page, family: str, **fields: str) -> None:
    """Open a file with nothing but the keyboard."""
    page.goto("/faelle/personen/")
    page.keyboard.press("n")
    page.wait_for_url("**/faelle/personen/neu/")
    type_into(page, family_name=family, **fields)
    page.locator("main button[type=submit]").focus()
    page.keyboard.press("Enter")


def files_of(server: DemoServer, family: str) -> list[tuple[object, ...]]:
    return server.ask(
        """
        select p.given_names, p.birth_date::text, p.birth_year, p.interpreter_language,
               (select string_agg(n.key, ',') from persons_nationality n where n.person_id = p.id)
        from persons_person p where p.family_name = %s order by p.id
        """,
        family,
    )


def test_a_person_is_registered_by_keyboard_and_found_by_the_cyrillic_spelling(
    sign_in_as: SignInAs, server: DemoServer, guest: Visitor
) -> None:
    page = sign_in_as("frieda")
    register(
        page,
        "Beispielenko",
        given_names="Oksana",
        original_family="Бейспієленко",
        original_given="Оксана",
        birth="7.3.90",
        nationalities="Ukraine",
        mother_tongues="Ukrainisch",
        interpreter_language="Ukrainisch",
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("Oksana Beispielenko")
    expect(page.locator(".ui-head")).to_contain_text("Оксана Бейспієленко")
    guest.check(page)
    assert files_of(server, "Beispielenko") == [("Oksana", "1990-03-07", None, "ukr", "166")]

    page.goto("/faelle/personen/")
    go_to(page, "id_q")
    page.keyboard.type("бейсп окс")
    row = page.get_by_role("row").filter(has_text="Beispielenko, Oksana")
    expect(row).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="1 Person gefunden")).to_be_visible()
    expect(page.locator("#id_q")).to_be_focused()
    expect(page).to_have_url(re.compile("q="))
    guest.check(page)
    row.get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Oksana Beispielenko")


def test_a_second_file_is_not_opened_by_accident(sign_in_as: SignInAs, server: DemoServer, guest: Visitor) -> None:
    page = sign_in_as("frieda")
    register(page, "Doppelowa", given_names="Olga", birth="1985")
    expect(page.get_by_role("heading", level=1)).to_have_text("Olga Doppelowa")
    register(page, "Doppelova", given_names="Olga", birth="24.12.1985")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gibt es schon eine Akte?")
    expect(page.get_by_role("listitem").filter(has_text="Doppelowa, Olga")).to_contain_text(
        "anders geschrieben, gleich gehört"
    )
    guest.check(page)
    page.get_by_role("button", name="Zurück zum Formular").click()
    expect(page.locator("#id_given_names")).to_have_value("Olga")
    assert files_of(server, "Doppelova") == []
    page.get_by_role("button", name="Akte anlegen").click()
    page.get_by_role("button", name="Es ist jemand anderes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Olga Doppelova")
    assert files_of(server, "Doppelova") == [("Olga", "1985-12-24", None, "", None)]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_mistake_keeps_everything_and_says_what_to_do(sign_in_as: SignInAs, guest: Visitor, theme: Theme) -> None:
    page = sign_in_as("frieda", width=390, theme=theme)
    register(page, "محمد", given_names="Mohammed", birth="31.02.1990")
    summary = page.get_by_role("alert").filter(has_text="Noch nicht gespeichert")
    expect(summary).to_contain_text("Den 31.02.1990 gibt es nicht")
    expect(page.locator("#id_given_names")).to_have_value("Mohammed")
    guest.complaints.clear()  # of the answer 422, which is meant
    guest.check(page)
    page.locator("#id_birth").fill("1990")
    page.get_by_role("button", name="Akte anlegen").click()
    expect(page.get_by_role("alert")).to_contain_text("die Originalschrift hat ein eigenes Feld")
    guest.complaints.clear()
    guest.check(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_full_file_reads_well_on_a_phone(sign_in_as: SignInAs, guest: Visitor, theme: Theme) -> None:
    page = sign_in_as("frieda", width=390, theme=theme)
    name = {"light": ("Vollbeispiel", "المثال", "رنا"), "dark": ("Ganzmuster", "الكامل", "سامي")}[theme]
    register(page, name[0], given_names=name[0], original_family=name[1], original_given=name[2])
    page.get_by_role("link", name="Aufenthaltstitel eintragen").click()
    page.locator("input#id_title").fill("§ 24")
    page.keyboard.press("Enter")
    page.locator("#id_valid_from").fill("2022-06-01")
    page.get_by_role("button", name="Titel eintragen").click()
    expect(page.locator("#titles")).to_be_visible()
    page.get_by_role("link", name="Dokument eintragen").click()
    guest.check(page)
    page.locator("#id_number").fill("FX 1234")
    page.locator("#id_valid_until").fill("2020-01-01")
    page.get_by_role("button", name="Dokument eintragen").click()
    expect(page.get_by_text("abgelaufen")).to_be_visible()
    page.get_by_role("link", name="Jemanden eintragen").click()
    guest.check(page)
    page.locator("#id_relation").select_option("child")
    page.locator("#id_given_names").fill("Sami")
    page.get_by_role("button", name="Eintragen").click()
    expect(page.get_by_text("Im Haushalt eingetragen.")).to_be_visible()
    guest.check(page)
    page.get_by_role("link", name="Person löschen").click()
    guest.check(page)
    page.get_by_label("Die Person verlangt es").check()
    page.get_by_label("Familienname der Person").fill(name[0])
    page.get_by_role("button", name="Endgültig löschen").click()
    expect(page.locator("#notices")).to_contain_text("Die Person ist gelöscht.")
    expect(page.get_by_text(name[0])).to_have_count(0)
